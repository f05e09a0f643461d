import { runbook, type RuleCase } from "./rule-case.ts";

const compose = `services:
  db:
    image: postgres:15
    container_name: ip2a-db
    environment:
      POSTGRES_USER: ip2a_user
      POSTGRES_DB: ip2a_db
  api:
    image: ip2a/api
`;
const mysql = `services:
  store:
    image: mysql:8
    environment: [MYSQL_USER=shop, MYSQL_DATABASE=shop]
`;
const shared = `x-database: &database
  environment: &environment
    POSTGRES_USER: ip2a_user
services:
  db:
    <<: *database
    image: postgres:15
    container_name: ip2a-db
`;

/** Cases of the rules for what Compose files make. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "compose/unknown-container": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("docker exec ip2a-bd pg_dump -U postgres"),
    },
    message: "No Compose file makes a container `ip2a-bd`.",
    hint: "Did you mean `ip2a-db`?",
    at: "runbooks/a.md:4:13-4:20",
    related: ["docker-compose.yml:4:21-4:28"],
    nearMiss: { "runbooks/a.md": runbook("docker exec -it ip2a-db pg_dump -U ip2a-bd") },
  },
  "compose/unknown-container (made by the document)": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("docker run -d postgres:15\ndocker logs -f scratch"),
    },
    message: "No Compose file makes a container `scratch`.",
    hint: "There is: `ip2a-db`.",
    at: "runbooks/a.md:5:16-5:23",
    related: ["docker-compose.yml:4:21-4:28"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "docker run -d --name scratch postgres:15\ndocker logs -f scratch\ndocker top ip2a-db aux\ndocker inspect postgres\ndocker logs 4f5a2b1c9d8e\ndocker logs app-api-1",
      ),
    },
  },
  "compose/unknown-container (of another machine)": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("ssh web docker logs ip2a-bd"),
    },
    message: "No Compose file makes a container `ip2a-bd`.",
    hint: "Did you mean `ip2a-db`?",
    at: "runbooks/a.md:4:21-4:28",
    related: ["docker-compose.yml:4:21-4:28"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "ssh web docker logs proxy\ndocker --context web logs proxy\ndocker -H ssh://web exec proxy ls\ndocker stop proxy || true\nssh web\ndocker logs proxy",
      ),
    },
  },
  "compose/unknown-service (of another machine)": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("docker compose restart web || exit 1"),
    },
    message: "`docker-compose.yml` has no service `web`.",
    hint: "There is: `db`, `api`.",
    at: "runbooks/a.md:4:24-4:27",
    related: ["docker-compose.yml:2:3-2:5", "docker-compose.yml:8:3-8:6"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "ssh web 'cd /srv/web && docker compose restart web'\ndocker compose -p other exec web ls\ndocker --context=web compose ps web\ndocker compose stop web || true",
      ),
    },
  },
  "compose/unknown-service": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("docker compose logs -f --tail 50 api web"),
    },
    message: "`docker-compose.yml` has no service `web`.",
    hint: "There is: `db`, `api`.",
    at: "runbooks/a.md:4:38-4:41",
    related: ["docker-compose.yml:2:3-2:5", "docker-compose.yml:8:3-8:6"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "docker-compose up -d --build api\ndocker compose exec -T api web\ndocker compose up --scale web=2 api",
      ),
    },
  },
  "compose/unknown-service (by its container)": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("docker-compose restart ip2a-db"),
    },
    message: "`docker-compose.yml` has no service `ip2a-db`.",
    hint: "Did you mean `db`?",
    at: "runbooks/a.md:4:24-4:31",
    related: ["docker-compose.yml:2:3-2:5"],
    nearMiss: { "runbooks/a.md": runbook("docker restart ip2a-db") },
  },
  "compose/unknown-service (in the file of -f)": {
    files: {
      "docker-compose.yml": compose,
      "deploy/compose.prod.yml": "services:\n  worker: { image: x }\n",
      "runbooks/a.md": runbook("docker compose -f deploy/compose.prod.yml up -d api"),
    },
    message: "`deploy/compose.prod.yml` has no service `api`.",
    hint: "There is: `worker`.",
    at: "runbooks/a.md:4:49-4:52",
    related: ["deploy/compose.prod.yml:2:3-2:9"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "docker compose -f docker-compose.yml -f deploy/compose.prod.yml up -d api\ndocker compose up -d worker",
      ),
    },
  },
  "compose/unknown-service (somewhere else)": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("cd /opt/ip2a\ndocker compose up -d apii"),
    },
    message: "`docker-compose.yml` has no service `apii`.",
    hint: "Did you mean `api`?",
    at: "runbooks/a.md:5:22-5:26",
    related: ["docker-compose.yml:8:3-8:6"],
    nearMiss: { "runbooks/a.md": runbook("cd /opt/other\ndocker compose up -d web") },
  },
  "compose/unknown-user": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("docker exec ip2a-db pg_dump -U postgres ip2a_db > backup.sql"),
    },
    message: "The database of the service `db` has no user `postgres`.",
    hint: "The Compose file makes `ip2a_user`.",
    at: "runbooks/a.md:4:32-4:40",
    related: ["docker-compose.yml:6:22-6:31"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "docker exec ip2a-db pg_dump -U ip2a_user\ndocker exec -u postgres ip2a-db ls\ndocker exec api psql -h rds.example -U postgres\npsql -U postgres",
      ),
    },
  },
  "compose/unknown-user (through Compose, a shell and an anchor)": {
    files: {
      "docker-compose.yml": shared,
      "runbooks/a.md": runbook(
        "docker compose exec -T db sh -c \"psql --username=postgres -c 'select 1'\"",
      ),
    },
    message: "The database of the service `db` has no user `postgres`.",
    hint: "The Compose file makes `ip2a_user`.",
    at: "runbooks/a.md:4:50-4:58",
    related: ["docker-compose.yml:3:20-3:29"],
    nearMiss: {
      "docker-compose.yml": `${shared}    env_file: .env\n    environment:\n      POSTGRES_USER: \${DB_USER}\n`,
    },
  },
  "compose/unknown-user (of the image)": {
    files: {
      "docker-compose.yml": "services:\n  db:\n    image: postgres:15\n",
      "runbooks/a.md": runbook("docker compose exec db psql -U admin"),
    },
    message: "The database of the service `db` has no user `admin`.",
    hint: "The Compose file makes `postgres`.",
    at: "runbooks/a.md:4:32-4:37",
    related: ["docker-compose.yml:3:12-3:23"],
    nearMiss: {
      "docker-compose.yml": "services:\n  db:\n    image: postgres:15\n    env_file: .env\n",
    },
  },
  "compose/unknown-user (MySQL)": {
    files: {
      "docker-compose.yml": mysql,
      "runbooks/a.md": runbook("docker compose exec store mysqldump -u admin -psecret shop"),
    },
    message: "The database of the service `store` has no user `admin`.",
    hint: "The Compose file makes `shop`.",
    at: "runbooks/a.md:4:40-4:45",
    related: ["docker-compose.yml:4:19-4:34"],
    nearMiss: {
      "runbooks/a.md": runbook("docker compose exec store mysqldump -uroot -psecret shop"),
    },
  },
  "compose/unknown-database": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": runbook("docker exec ip2a-db psql -U ip2a_user ip2adb"),
    },
    severity: "warning",
    message: "The Compose file does not make a database `ip2adb` in the service `db`.",
    hint: "Did you mean `ip2a_db`?",
    at: "runbooks/a.md:4:39-4:45",
    related: ["docker-compose.yml:7:20-7:27"],
    nearMiss: {
      "runbooks/a.md": runbook(
        "docker exec ip2a-db createdb -U ip2a_user ip2adb\ndocker exec ip2a-db psql -U ip2a_user ip2adb\ndocker exec ip2a-db psql -U ip2a_user -d postgres",
      ),
    },
  },
  "compose/unknown-database (init scripts)": {
    files: {
      "docker-compose.yml": mysql,
      "runbooks/a.md": runbook("docker compose exec store mysql -u shop -D shop_test -psecret"),
    },
    severity: "warning",
    message: "The Compose file does not make a database `shop_test` in the service `store`.",
    hint: "It makes `shop`.",
    at: "runbooks/a.md:4:44-4:53",
    related: ["docker-compose.yml:4:36-4:55"],
    nearMiss: {
      "docker-compose.yml": `${mysql}    volumes: ["./init:/docker-entrypoint-initdb.d:ro"]\n`,
    },
  },
};

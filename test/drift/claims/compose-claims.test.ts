import { describe, expect, test } from "vitest";
import { readComposeCall } from "../../../src/drift/claims/compose-call.ts";
import { containerClaims } from "../../../src/drift/claims/container-claims.ts";
import { containerDatabaseClaims } from "../../../src/drift/claims/container-database-claims.ts";
import { containerUserClaims } from "../../../src/drift/claims/container-user-claims.ts";
import { readShell } from "../../shell/read-fixture.ts";
import { readClaims } from "../read-document.ts";

const block = (script: string): string => `# T\n\n\`\`\`bash\n${script}\n\`\`\`\n`;

describe("services that a call of Compose names", () => {
  test.each([
    ["docker compose up -d", "up []"],
    ["docker compose up -d --build api web", "up [] api web"],
    ["docker-compose logs -f --tail 5 api", "logs [] api"],
    [
      "docker --context prod compose -f a.yml --file=b.yml -fc.yml restart -t 5 api",
      "restart [a.yml b.yml c.yml] api",
    ],
    ["docker compose -p shop --profile all run --rm -e A=1 api sh web", "run [] api"],
    ["docker compose exec -T -u root db psql web", "exec [] db"],
    ["docker compose port api 5000", "port [] api"],
    ["docker compose up --scale web=2 --wait-timeout 5 api", "up [] api"],
    ["docker compose kill -s TERM api", "kill [] api"],
    ["docker compose down -v", "none"],
    ["docker compose config api", "none"],
    ["docker logs api", "none"],
    ["docker compose", "none"],
  ])("%s", (script, expected) => {
    const [command] = readShell(script).commands;
    const call = command === undefined ? undefined : readComposeCall(command);
    const files = call?.files.map(({ text }) => text).join(" ");
    const services = call?.services.map(({ text }) => ` ${text}`).join("");
    expect(call === undefined ? "none" : `${call.verb} [${files}]${services}`).toBe(expected);
  });
});

describe("containers that a command names", () => {
  test.each([
    ["docker exec -it ip2a-db psql", ["ip2a-db"]],
    ["docker container exec -e A=1 ip2a-db true", ["ip2a-db"]],
    ["docker logs -f -t --tail 5 a", ["a"]],
    ["docker stop -t 5 a b", ["a", "b"]],
    ["docker rm -fv a", ["a"]],
    ["docker top a aux", ["a"]],
    ["docker port a 5432/tcp", ["a"]],
    ["docker cp ab:/x ./y", ["ab"]],
    ["docker cp ./x/y:z ab:/x", ["ab"]],
    ["docker cp c:/x ./y", []],
    ["docker rename a b", ["a"]],
    ["docker commit a image:1", ["a"]],
    ["docker logs 4f5a2b1c9d8e", []],
    ['docker logs "$NAME"', []],
    ["docker logs <name>", []],
    ["docker stop $(docker ps -aq)", []],
    ["docker ps -a --filter name=a", []],
    ["docker run --name a postgres", []],
  ])("%s", (script, expected) => {
    expect(readClaims(containerClaims, block(script)).map(({ at }) => at)).toEqual(expected);
  });

  test("made by the document, or by a file that it shows", () => {
    const text = `${block("docker run --name=a x\ndocker logs a\ndocker logs b\ndocker logs c")}\n\`\`\`yaml\nservices:\n  x: { container_name: b }\n\`\`\`\n`;
    const made = readClaims(containerClaims, text).map(({ value }) => value.isMadeHere);
    expect(made).toEqual([true, true, false]);
  });
});

describe("users and databases in containers", () => {
  const read = (script: string): string => {
    const text = block(script);
    const users = readClaims(containerUserClaims, text).map(({ value, at }) => {
      expect(at).toBe(value.name);
      return `${value.engine} ${value.place.kind} ${value.place.name}: user ${at}`;
    });
    const databases = readClaims(containerDatabaseClaims, text).map(({ at }) => `database ${at}`);
    return [...users, ...databases].join(", ");
  };

  test.each([
    ["docker exec c psql -U u d", "postgres container c: user u, database d"],
    ["docker exec c psql -Uu -dd", "postgres container c: user u, database d"],
    [
      "docker exec c psql --username=u --dbname=d -c 'x'",
      "postgres container c: user u, database d",
    ],
    [
      "docker exec c psql -h localhost -U u d | gzip > d.gz",
      "postgres container c: user u, database d",
    ],
    ["docker exec -i c pg_restore -U u -d d < d.dump", "postgres container c: user u, database d"],
    ["docker exec c pg_dump -Fc -t members -U u d", "postgres container c: user u, database d"],
    [
      'docker compose exec -T db bash -lc "pg_dump -U u d"',
      "postgres service db: user u, database d",
    ],
    ["sudo docker exec c dropdb -U u d", "postgres container c: user u, database d"],
    ["docker exec c mysql -uroot -psecret d", "mysql container c: user root, database d"],
    ["docker exec c mysqldump -u u -p'x' --databases a b", "mysql container c: user u"],
    ["docker exec c mongosh -u u -p p --eval 'x'", "mongo container c: user u"],
    ["docker exec c psql -h rds.example -U u d", ""],
    ["docker exec c psql postgresql://u@localhost/d", ""],
    ['docker exec c psql -U "$U" "$D"', ""],
    ['docker exec "$C" psql -U u d', ""],
    ["docker exec c true; psql -U u d", ""],
    ["kubectl exec c -- psql -U u d", ""],
    ["docker exec c createdb -U u d", "postgres container c: user u"],
    ["docker exec c dropdb --if-exists -U u d", "postgres container c: user u"],
    ["docker exec c pg_isready", ""],
  ])("%s", (script, expected) => {
    expect(read(script)).toBe(expected);
  });
});

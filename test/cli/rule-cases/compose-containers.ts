import { runbook, type RuleCase } from "./rule-case.ts";

const compose = "services:\n  db:\n    image: postgres:15\n    container_name: ip2a-db\n";

/** Cases of the rules for container names. */
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
};

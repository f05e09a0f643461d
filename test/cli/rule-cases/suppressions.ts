import { bash, type RuleCase } from "./rule-case.ts";

const compose = "services:\n  db:\n    container_name: ip2a-db\n";
const suppressed = (comment: string): string =>
  `# Runbook\n\n<!-- ${comment} -->\n\n${bash("docker logs other")}`;
const good = suppressed("opswright-ignore compose/unknown-container: it is made elsewhere");

/** Cases of the rules for suppressions and for files of facts. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "suppression/no-reason": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": suppressed("opswright-ignore compose/unknown-container"),
    },
    message: "The suppression has no reason, so it suppresses nothing.",
    hint: "Write `opswright-ignore CODE: REASON`.",
    at: "runbooks/a.md:3:1-3:52",
    nearMiss: { "runbooks/a.md": good },
  },
  "suppression/unknown-code": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": suppressed("opswright-ignore compose/unknown-contianer: elsewhere"),
    },
    message: "No finding has the code `compose/unknown-contianer`.",
    hint: "Did you mean `compose/unknown-container`?",
    at: "runbooks/a.md:3:1-3:63",
    nearMiss: { "runbooks/a.md": good },
  },
  "suppression/unused": {
    files: {
      "docker-compose.yml": compose,
      "runbooks/a.md": good.replace("docker logs other", "docker logs ip2a-db"),
    },
    severity: "warning",
    message: "Nothing here is found by `compose/unknown-container`, so nothing is suppressed.",
    hint: "Remove the comment, or put it right above what it is for.",
    at: "runbooks/a.md:3:1-3:74",
    nearMiss: { "runbooks/a.md": good },
  },
  "repository/unreadable-file": {
    files: {
      "docker-compose.yml": "services:\n  db: [\n",
      "runbooks/a.md": `# Runbook\n\n${bash("docker logs other")}`,
    },
    severity: "warning",
    message: "The file cannot be read: …",
    hint: "Correct it; until then, what runbooks say about it is not judged.",
    at: "docker-compose.yml:…",
    nearMiss: { "docker-compose.yml": "services:\n  other: { container_name: other }\n" },
  },
};

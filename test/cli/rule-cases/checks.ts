import { bash, mdx, runbook, type RuleCase } from "./rule-case.ts";

const hint =
  "Add an `output` fence, or let an exit code decide: `curl --fail`, `… | grep --quiet …`, `test`.";
const deciding = [
  'curl --fail --silent "http://localhost:8080/health"',
  "curl -fsS http://localhost:8080/health",
  "git diff --quiet",
  "kubectl get deployment api",
  "docker ps | grep --quiet ip2a-db",
  '[[ -z "$(git status --short)" ]]',
  '[ "$(git branch --show-current)" = develop ] || { git status; false; }',
  "git status || exit 1",
  "if git status; then false; fi",
  "cat VERSION",
  "ssh web uptime",
  "systemctl is-active app",
];

/** Cases of the rules for checks. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "checks/cannot-fail": {
    files: {
      "runbooks/a.mdx": mdx(
        bash("# what is there\ncurl --silent http://localhost:8080/health | head -1", "check"),
      ),
    },
    severity: "warning",
    message:
      "The check passes whatever `curl --silent http://localhost:8080/health` finds, and no output is expected of it.",
    hint,
    at: "runbooks/a.mdx:7:1-7:43",
    nearMiss: {
      "runbooks/a.mdx": mdx(deciding.map((command) => bash(command, "check")).join("\n")),
      "runbooks/b.mdx": mdx(`${bash("git status --short", "check")}\n\`\`\`output\n\`\`\`\n`),
      "runbooks/c.mdx": mdx(bash("git status")),
    },
  },
  "checks/cannot-fail (or true)": {
    files: { "runbooks/a.mdx": mdx(bash("grep --quiet ready state || true", "check")) },
    severity: "warning",
    message:
      "The check passes whatever `grep --quiet ready state` finds, and no output is expected of it.",
    hint,
    at: "runbooks/a.mdx:6:1-6:25",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash("grep --quiet ready state || true\ngrep --quiet done state", "check"),
      ),
    },
  },
  "checks/cannot-fail (any exit code)": {
    files: {
      "runbooks/a.md": runbook("test -f state").replace("```bash", "```bash check exit=any"),
    },
    severity: "warning",
    message: "The check passes with any exit code, and no output is expected of it.",
    hint,
    at: "runbooks/a.md:4:1-4:14",
    nearMiss: {
      "runbooks/a.md": runbook("test -f state").replace("```bash", "```bash check exit=0,1"),
    },
  },
};

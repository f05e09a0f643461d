import { bash, mdx, runbook, type RuleCase } from "./rule-case.ts";

const hint =
  "Add an `output` fence, or let an exit code decide: `curl --fail`, `… | grep --quiet …`, `test`.";
const weakHint =
  "Name a line that is there when it went well, or leave the `output` fence away and let the exit code decide.";
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
  "checks/weak-expectation": {
    files: { "runbooks/a.mdx": mdx(`${bash("./health")}\n\`\`\`output\n...\n\`\`\`\n`) },
    severity: "warning",
    message:
      "This expected output also accepts no output at all, `bash: line 1: foo: command not found`, and any text.",
    hint: weakHint,
    at: "runbooks/a.mdx:10:1-10:4",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        ["ready\n...", "", "[1]", String.raw`\d+ (re)`, "* files (glob)", "[TIME]", "x [..]"]
          .map((text) => `${bash("./health")}\n\`\`\`output\n${text}\n\`\`\`\n`)
          .join("\n"),
      ),
      "runbooks/b.mdx": mdx(
        `${bash("./health")}\n\`\`\`output match=json\n{"status": "ok"}\n\`\`\`\n`,
      ),
      "runbooks/c.mdx": mdx("```console\n$ ./health\nready\n...\n```\n"),
    },
  },
  "checks/weak-expectation (JSON)": {
    files: {
      "runbooks/a.mdx": mdx(`${bash("./health")}\n\`\`\`output match=json\n{}\n\`\`\`\n`),
    },
    severity: "warning",
    message: 'This expected output also accepts `{"error": "internal", "status": "down"}`.',
    hint: weakHint,
    at: "runbooks/a.mdx:10:1-10:3",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        `${bash("./health")}\n\`\`\`output match=json\n{"version": "(string)"}\n\`\`\`\n`,
      ),
    },
  },
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

import { bash, mdx, type RuleCase } from "./rule-case.ts";

const declared = "tools:\n  curl: {}\n  railway: {}\n";

/** A stand-in that prints a help text, whatever it is asked. */
const help = (text: string): string => `#!/bin/sh\ncat <<'EOF'\n${text}\nEOF\n`;

const curl = help(
  "Usage: curl [options...] <url>\n -f, --fail             Stop on errors\n -o, --output <file>    Write to a file\n -s, --silent           Say nothing\n     --[no-]progress    Show how far it is\n     --max-time <seconds>  How long at most",
);
const railway = help(
  "Usage: railway <COMMAND>\n\nCommands:\n  logs       Show logs\n  up         Deploy\n  variables  List variables\n\nOptions:\n  -s, --service <ID>  Choose one\n  -h, --help  Print help\n  -V, --version  Print it",
);
const args = ["check", "--observe", "help"];

/** Cases of the rules for the programs that commands call. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "tools/undeclared": {
    files: { "runbooks/a.mdx": mdx(bash("sudo crul localhost | grep ok"), declared) },
    severity: "warning",
    message: "The front matter's `tools` does not name `crul`.",
    hint: "Did you mean `curl`?",
    at: "runbooks/a.mdx:9:6-9:10",
    related: ["runbooks/a.mdx:3:1-3:6"],
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash(
          "ask() { curl localhost; }\nask | sed s/a/b/ | sort -u; [ -f x ] && ./crul; railway up\nsource venv/bin/activate; sudo systemctl status nginx",
        ) +
          bash("crul localhost", "norun") +
          bash('ask; ssh "$APP_HOST" crul localhost'),
        `${declared}  ssh: {}\ninputs:\n  APP_HOST: { type: string, description: x }\n`,
      ),
      "runbooks/without-tools.mdx": mdx(bash("crul localhost")),
      "runbooks/anybodys.md": bash("crul localhost"),
    },
  },
  "tools/undeclared (without one of nearly that name)": {
    files: { "runbooks/a.mdx": mdx(bash("curl localhost | jq .; jq . <x"), declared) },
    severity: "warning",
    message: "The front matter's `tools` does not name `jq`.",
    hint: "Add `jq` to `tools`.",
    at: "runbooks/a.mdx:9:18-9:20",
    related: ["runbooks/a.mdx:3:1-3:6"],
    nearMiss: { "runbooks/a.mdx": mdx(bash("source lib.sh\njq . <x"), declared) },
  },
  "tools/unused": {
    files: { "runbooks/a.mdx": mdx(bash("railway up; curl-x 1"), declared) },
    severity: "info",
    message: "Nothing in the runbook uses `curl`.",
    hint: "Remove `curl` from `tools`, or correct its name.",
    at: "runbooks/a.mdx:4:3-4:7",
    nearMiss: { "runbooks/a.mdx": mdx(`${bash("railway up")}\nThen ask with curl.\n`, declared) },
  },
  "tools/unknown-option": {
    files: {
      "../tools/curl": curl,
      "runbooks/a.mdx": mdx(bash('curl -s \\\n  --fial="$X" --max-time 5 x'), declared),
    },
    args,
    message: "`curl` has no option `--fial`.",
    hint: "Did you mean `--fail`?",
    at: "runbooks/a.mdx:10:3-10:9",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash(
          'curl -sf --no-progress --output --fial --max-time=5 -- --fial\nrailway logs --fial\ndocker exec api curl --fial\nother --fial; curl "--$X" -o--fial; ssh host curl --fial',
        ),
        declared,
      ),
    },
  },
  "tools/unknown-option (of one letter)": {
    files: {
      "../tools/curl": curl,
      "runbooks/a.mdx": mdx("Ask with `curl -x localhost`.\n", declared),
    },
    args,
    message: "`curl` has no option `-x`.",
    hint: "See what its help lists, in the version that is installed here: `curl --help`.",
    at: "runbooks/a.mdx:8:16-8:18",
    nearMiss: { "runbooks/a.mdx": mdx("Ask with `curl -fs localhost`, `curl -5 x`.\n", declared) },
  },
  "tools/unknown-subcommand": {
    files: {
      "../tools/railway": railway,
      "runbooks/a.mdx": mdx(bash("railway --service api lgos --help"), declared),
    },
    args,
    message: "`railway` has no sub-command `lgos`.",
    hint: "Did you mean `logs`?",
    at: "runbooks/a.mdx:9:23-9:27",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash('railway -s lgos logs; railway connect postgres; railway "$LGOS"'),
        declared,
      ),
    },
  },
};

import { readFileSync } from "node:fs";
import path from "node:path";
import { mdx, runbook, type RuleCase } from "./rule-case.ts";

const ip2adb = readFileSync(
  path.resolve(import.meta.dirname, "../../../runbooks/_worlds/unioncore/app/ip2adb"),
  "utf8",
);
const deploy = `#!/usr/bin/env bash
set -euo pipefail
for arg in "$@"; do
  case "$arg" in
    --dry-run | -n) DRY=1 ;;
    --region=*) REGION=\${arg#*=} ;;
    *) echo "unknown: $arg" >&2; exit 2 ;;
  esac
done
`;
const service = `#!/bin/sh
case "$1" in
  start | stop) echo "$1" ;;
  restart) echo again ;;
  *) echo "usage: service start" >&2; exit 2 ;;
esac
`;

/** Cases of the rules for options and sub-commands of the repository's own scripts. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "scripts/unknown-option": {
    files: { ip2adb, "runbooks/a.md": runbook("./ip2adb all --quik") },
    message: "`ip2adb all` knows no option `--quik`.",
    hint: "Did you mean `--quick`?",
    at: "runbooks/a.md:4:14-4:20",
    related: ["ip2adb:36:29-36:38"],
    nearMiss: {
      "runbooks/a.md": runbook("DATABASE_URL=x ./ip2adb all --quick\n./ip2adb seed --months 3"),
    },
  },
  "scripts/unknown-option (of another sub-command)": {
    files: {
      "app/ip2adb": ip2adb,
      "runbooks/a.md": runbook("cd app\npython3 ip2adb backup --quick"),
    },
    message: "`app/ip2adb backup` knows no option `--quick`.",
    hint: "It belongs to the sub-command `all`.",
    at: "runbooks/a.md:5:23-5:30",
    related: ["app/ip2adb:36:29-36:38"],
    nearMiss: { "runbooks/a.md": runbook("cd app\npython3 ip2adb backup --out=x") },
  },
  "scripts/unknown-option (shell)": {
    files: {
      "scripts/deploy.sh": deploy,
      "runbooks/a.mdx": mdx('```bash\nbash scripts/deploy.sh --region="$R" --dryrun\n```\n'),
    },
    message: "`scripts/deploy.sh` knows no option `--dryrun`.",
    hint: "Did you mean `--dry-run`?",
    at: "runbooks/a.mdx:6:38-6:46",
    related: ["scripts/deploy.sh:5:5-5:14"],
    nearMiss: { "scripts/deploy.sh": `${deploy}exec kubectl apply "$@"\n` },
  },
  "scripts/unknown-option (none at all)": {
    files: {
      "scripts/backup.sh": "#!/bin/sh\npg_dump app > app.sql\n",
      "runbooks/a.md": "# Runbook\n\nOr `./scripts/backup.sh --full` at night.\n",
    },
    message: "`scripts/backup.sh` knows no option `--full`.",
    hint: "It takes no options.",
    at: "runbooks/a.md:3:25-3:31",
    related: ["scripts/backup.sh"],
    nearMiss: { "scripts/backup.sh": '#!/bin/sh\n[ "$1" = --full ] || exit 1\n' },
  },
  "scripts/unknown-subcommand": {
    files: { ip2adb, "runbooks/a.md": runbook("./ip2adb al --quick") },
    message: "`ip2adb` knows no sub-command `al`.",
    hint: "Did you mean `all`?",
    at: "runbooks/a.md:4:10-4:12",
    related: ["ip2adb:35:38-35:43"],
    nearMiss: { "runbooks/a.md": runbook("./ip2adb all --quick") },
  },
  "scripts/unknown-subcommand (shell)": {
    files: { "bin/service": service, "runbooks/a.md": runbook("bin/service restrat") },
    message: "`bin/service` knows no sub-command `restrat`.",
    hint: "Did you mean `restart`?",
    at: "runbooks/a.md:4:13-4:20",
    related: ["bin/service:4:3-4:10"],
    nearMiss: {
      "bin/service": service.replace('echo "usage: service start" >&2; exit 2', 'run "$1"'),
    },
  },
};

import { bash, mdx, runbook, type RuleCase } from "./rule-case.ts";

/** A stand-in that has one comment on its first script. */
const shellcheck = (code: number): string => {
  const place = { line: 3, column: 4, endLine: 3, endColumn: 6, level: "warning" };
  const comment = { file: "0.bash", ...place, code, message: "Quote this" };
  return `#!/bin/sh\necho '${JSON.stringify({ comments: [comment] })}'\nexit 1\n`;
};

/** Cases of the rules for what a shell command should not look like. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "shell/pipe-to-shell": {
    files: {
      "runbooks/a.md": runbook(
        "curl -fsSL https://get.example.org | tee log | sudo -E bash -s -- -y",
      ),
    },
    severity: "warning",
    message: "What `curl` downloads is run by `bash`, unread.",
    hint: "Download to a file, compare its checksum, then run the file.",
    at: "runbooks/a.md:4:1-4:69",
    nearMiss: {
      "runbooks/a.md": runbook(
        "curl -fsSL https://get.example.org | bash -c 'wc -l'\ncurl -O https://x.example/i.sh; bash i.sh\nsource <(kubectl completion bash)\ncurl https://x.example | jq .\necho ls | bash",
      ),
    },
  },
  "shell/pipe-to-shell (substitution)": {
    files: { "runbooks/a.mdx": mdx(bash('sh -c "$(wget -qO- https://get.example.org)"')) },
    severity: "warning",
    message: "What `wget` downloads is run by `sh`, unread.",
    hint: "Download to a file, compare its checksum, then run the file.",
    at: "runbooks/a.mdx:6:1-6:45",
    nearMiss: {
      "runbooks/a.mdx": mdx(bash('sh -c "echo $(wget -qO- https://get.example.org)"')),
    },
  },
  "shell/bare-sleep": {
    files: { "runbooks/a.mdx": mdx(bash("docker compose up -d\nsleep 1m\ncurl localhost:5000")) },
    severity: "warning",
    message: "The step waits 60 seconds, whether it is too long or too short.",
    hint: "Ask for what is waited for: `until COMMAND; do sleep 2; done`, or `retry=5` on a check.",
    at: "runbooks/a.mdx:7:1-7:9",
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash(
          'until curl localhost; do sleep 10; done\nfor n in 1 2 3\ndo\n  curl localhost && break\n  sleep 30\ndone\nsleep 2; sleep 60 & sleep "$PAUSE"\nsleep 10; kill -9 "$!"',
        ) + bash("sleep 60"),
      ),
    },
  },
  "shell/bare-sleep (in anybody's Markdown)": {
    files: { "runbooks/a.md": runbook("for n in 1 2; do echo done; done; sleep 30 && ls") },
    severity: "info",
    message: "The step waits 30 seconds, whether it is too long or too short.",
    hint: "Ask for what is waited for: `until COMMAND; do sleep 2; done`, or `retry=5` on a check.",
    at: "runbooks/a.md:4:35-4:43",
    nearMiss: { "runbooks/a.md": runbook("for n in 1 2; do echo done; sleep 30 && ls; done") },
  },
  "shell/needless-tty": {
    files: { "runbooks/a.mdx": mdx(bash("docker exec -it ip2a-db pg_dump -U ip2a_user ip2a_db")) },
    severity: "warning",
    message: "`pg_dump` needs no terminal, so `-it` is in its way.",
    hint: "Leave it away; keep `-i` where the command reads its standard input.",
    at: "runbooks/a.mdx:6:13-6:16",
    fixed: mdx(bash("docker exec ip2a-db pg_dump -U ip2a_user ip2a_db")),
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash(
          "docker exec -it ip2a-db psql -U ip2a_user\nkubectl exec -it pod -- bash\ndocker exec -it cache redis-cli\ndocker exec -it api python manage.py shell\ndocker exec -it api flask shell\nkubectl exec -ti pod -- top\ndocker exec -i ip2a-db pg_restore -l\ndocker exec -it api $COMMAND",
        ) + bash("docker exec -it ip2a-db pg_dump", "interactive"),
      ),
    },
  },
  "shell/needless-tty (that is fed)": {
    files: {
      "runbooks/a.md": runbook(
        "gunzip -c a.gz | kubectl -n db exec -i --tty pod -c db -- psql -U me -f - me",
      ),
    },
    severity: "info",
    message: "`psql` needs no terminal, so `--tty` is in its way.",
    hint: "Leave it away; keep `-i` where the command reads its standard input.",
    at: "runbooks/a.md:4:40-4:45",
    fixed: runbook("gunzip -c a.gz | kubectl -n db exec -i pod -c db -- psql -U me -f - me"),
    nearMiss: {
      "runbooks/a.md": runbook("kubectl -n db exec -i --tty pod -c db -- psql -U me"),
    },
  },
  "shell/space-after-backslash": {
    files: {
      "runbooks/a.md": `# Runbook\n\n1. Ask:\n\n   > \`\`\`bash\n   > curl --fail \\ \t\n   >   https://x.example/health\n   > \`\`\`\n`,
    },
    message: "Blanks stand behind the backslash, so the command ends here.",
    hint: "Remove the blanks, so that the backslash is the last character of its line.",
    at: "runbooks/a.md:6:19-6:21",
    fixed: `# Runbook\n\n1. Ask:\n\n   > \`\`\`bash\n   > curl --fail \\\n   >   https://x.example/health\n   > \`\`\`\n`,
    nearMiss: {
      "runbooks/a.md": runbook(
        "curl --fail \\\n  https://x.example\n# a comment \\ \ncat <<'EOF'\na \\ \nb\nEOF\necho 'a \\ \nb' \\\\ \nls a\\ ",
      ),
    },
  },
  "shell/prompt-in-script": {
    files: { "runbooks/a.mdx": mdx(bash("cd /srv/app\n$ git pull --ff-only")) },
    message: "The prompt `$` in front of `git` is a command of its own here.",
    hint: "Remove it, or put a prompt in front of the block's first command too.",
    at: "runbooks/a.mdx:7:1-7:2",
    fixed: mdx(bash("cd /srv/app\ngit pull --ff-only")),
    nearMiss: {
      "runbooks/a.mdx": mdx(
        bash("# In the folder:\n$ cd /srv/app\n$ git pull --ff-only") +
          bash("cat <<EOF\n$ git pull\nEOF\necho '\n$ ls'\nmake X=1 \\\n$ "),
      ),
    },
  },
  "shell/shellcheck": {
    files: {
      "../tools/shellcheck": shellcheck(2046),
      "runbooks/a.mdx": mdx(`1. Do:\n\n   \`\`\`bash\n   date\n   \t🚀 $(date)\n   \`\`\`\n`),
    },
    severity: "warning",
    message: "`SC2046`: Quote this.",
    hint: "Correct it; or say why it is meant, above the block: `opswright-ignore shell/shellcheck: REASON`.",
    at: "runbooks/a.mdx:9:8-9:10",
    nearMiss: { "../tools/shellcheck": shellcheck(2034) },
  },
};

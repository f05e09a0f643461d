import { bash, mdx, runbook, type RuleCase } from "./rule-case.ts";

/** A stand-in that has one comment on its first script. */
const shellcheck = (code: number): string => {
  const place = { line: 3, column: 4, endLine: 3, endColumn: 6, level: "warning" };
  const comment = { file: "0.bash", ...place, code, message: "Quote this" };
  return `#!/bin/sh\necho '${JSON.stringify({ comments: [comment] })}'\nexit 1\n`;
};

const place = { line: 2, column: 10, endLine: 2, endColumn: 17 };
const unquoted = { file: "0.bash", ...place, level: "warning", code: 2046, message: "Quote this" };

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
        "curl -fsSL https://get.example.org | bash -c 'wc -l'\ncurl -O https://x.example/i.sh; bash i.sh\nsource <(kubectl completion bash)\ncurl https://x.example | jq .\necho ls | bash\ncurl https://x.example/i.sh | bash -n",
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
          'until curl localhost; do sleep 10; done\nfor n in 1 2 3\ndo\n  curl localhost && break\n  sleep 30\ndone\nsleep 2; sleep 60 & sleep "$PAUSE"\nsleep 10; kill -9 "$!"\n(sleep 60; date) &\nsleep 60 && date 2>&1 &',
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
          "docker exec -it ip2a-db psql -U ip2a_user\nkubectl exec -it pod -- bash\ndocker exec -it cache redis-cli\ndocker exec -it api python manage.py shell\ndocker exec -it api flask shell\nkubectl exec -ti pod -- top\ndocker exec -i ip2a-db pg_restore -l\ndocker exec -it api $COMMAND\n" +
            // Each of these asks for a password, for a word, or reads what is typed.
            "docker exec -it db mysqldump -u root -p app\ndocker exec -it db psql -W -c 'select 1'\ndocker exec -it db mysql -uroot -p -e 'select 1'\ndocker exec -it db mongodump --username admin --out /tmp/x\ndocker exec -it api curl -u admin http://localhost\ndocker exec -it api find . -ok rm {} \\;\nkubectl exec -it pod -- cat\ndocker exec -it api php artisan migrate",
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
  "shell/shellcheck (splitting that is not meant)": {
    files: {
      "../tools/shellcheck": `#!/bin/sh\necho '${JSON.stringify({ comments: [unquoted] })}'\nexit 1\n`,
      "runbooks/a.mdx": mdx(bash("tar -f a-$(date).tar .")),
    },
    severity: "warning",
    message: "`SC2046`: Quote this.",
    hint: "Correct it; or say why it is meant, above the block: `opswright-ignore shell/shellcheck: REASON`.",
    at: "runbooks/a.mdx:6:10-6:17",
    // Quotes would make one name of several.
    nearMiss: { "runbooks/a.mdx": mdx(bash("docker r $(date)")) },
  },
  "shell/shellcheck (what is not literal)": {
    files: {
      "../tools/shellcheck": shellcheck(2086),
      "runbooks/a.mdx": mdx(bash("date\nls $X")),
    },
    severity: "warning",
    message: "`SC2086`: Quote this.",
    hint: "Correct it; or say why it is meant, above the block: `opswright-ignore shell/shellcheck: REASON`.",
    at: "runbooks/a.mdx:7:4-7:6",
    nearMiss: {
      "../tools/shellcheck": shellcheck(1083),
      "runbooks/a.mdx": mdx(bash("date\nls {{.Id}}")),
    },
  },
};

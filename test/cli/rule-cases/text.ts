import { bash, mdx, runbook, type RuleCase } from "./rule-case.ts";

/** Cases of the rules for characters that are not what they look like. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "text/smart-quotes": {
    files: { "runbooks/a.md": runbook("git commit –m “Correct the port” —amend && git push") },
    message: "`–` is a letter to the shell, like any other.",
    hint: "Write `-` instead.",
    at: "runbooks/a.md:4:12-4:13",
    fixed: runbook('git commit -m "Correct the port" --amend && git push'),
    nearMiss: {
      "runbooks/a.md":
        runbook(
          "git commit -m 'A “good” port – now' # “so” –m\necho Back – it’s done\ncat <<EOF\n“quoted” –x\nEOF\nrm: cannot remove ‘x’",
        ) + "Write “this” – `echo “x”` is prose.\n",
    },
  },
  "text/smart-quotes (in a line of prose)": {
    files: { "runbooks/a.mdx": mdx("Run `git push –force`, or not.\n") },
    message: "`–` is a letter to the shell, like any other.",
    hint: "Write `--` instead.",
    at: "runbooks/a.mdx:5:15-5:16",
    fixed: mdx("Run `git push --force`, or not.\n"),
    nearMiss: { "runbooks/a.mdx": mdx("Run `git push` – force it, or wait `5–10` minutes.\n") },
  },
  "text/smart-quotes (before a number)": {
    files: { "runbooks/a.md": runbook("kill –9 4711") },
    message: "`–` is a letter to the shell, like any other.",
    hint: "Write `-` instead.",
    at: "runbooks/a.md:4:6-4:7",
    fixed: runbook("kill -9 4711"),
    nearMiss: { "runbooks/a.md": runbook("sort 1–5 –5°C") },
  },
  "text/smart-quotes (two meanings)": {
    files: { "runbooks/a.md": runbook("tar –xzf backup.tar.gz") },
    message: "`–` is a letter to the shell, like any other.",
    hint: "Write `-` or `--` instead.",
    at: "runbooks/a.md:4:5-4:6",
    nearMiss: { "runbooks/a.md": runbook("tar -xzf 2026–backup.tar.gz") },
  },
  "text/invisible-characters": {
    files: { "runbooks/a.md": runbook("ls\n\u200B# rm -rf build") },
    message: "The code holds a zero-width space (`U+200B`), which nobody sees.",
    hint: "Remove it.",
    at: "runbooks/a.md:5:1-5:2",
    fixed: runbook("ls\n# rm -rf build"),
    nearMiss: {
      "runbooks/a.md":
        runbook("echo 'déjà vu\u00A0!' # a\u00A0comment\necho 👩\u200D🚀") +
        "A no-break\u00A0space and a soft\u00ADhyphen in prose.\n\n```text\na\u200Bb\n```\n",
    },
  },
  "text/invisible-characters (no-break space)": {
    files: { "runbooks/a.mdx": mdx(bash("git\u00A0push origin")) },
    message: "The code holds a no-break space (`U+00A0`), which nobody sees.",
    hint: "Write a plain space instead.",
    at: "runbooks/a.mdx:6:4-6:5",
    fixed: mdx(bash("git push origin")),
    nearMiss: { "runbooks/a.mdx": mdx('```yaml\ntitle: "a\u00A0b"\n```\n\n`a\u00A0b`\n') },
  },
  "text/invisible-characters (direction of writing)": {
    files: { "runbooks/a.mdx": mdx("Set `level=\u202Euser\u202C` first.\n") },
    severity: "warning",
    message: "The code holds a direction control (`U+202E`), which nobody sees.",
    hint: "Remove it.",
    at: "runbooks/a.mdx:5:12-5:13",
    fixed: mdx("Set `level=user` first.\n"),
    nearMiss: { "runbooks/a.mdx": mdx("Set \u202Elevel\u202C, then `level=user`.\n") },
  },
};

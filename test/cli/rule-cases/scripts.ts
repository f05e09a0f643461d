import { symlink } from "node:fs/promises";
import path from "node:path";
import { bash, mdx, type RuleCase } from "./rule-case.ts";

const script = (...lines: readonly string[]): string => `#!/bin/sh\n${lines.join("\n")}\n`;
const region = (name: string, ...lines: readonly string[]): readonly string[] => [
  `# opswright:begin ${name}`,
  ...lines,
  `# opswright:end ${name}`,
];
const tied = (place: string, code = "pg_dump"): string => mdx(bash(code, `script=${place}`));
const dump = script(...region("dump", "pg_dump"));

/** Cases of the rules for blocks that are tied to scripts. */
export const cases: Readonly<Record<string, RuleCase>> = {
  "scripts/out-of-sync": {
    files: {
      "scripts/backup.sh": dump,
      "runbooks/a.mdx": tied("scripts/backup.sh#dump", "pg_dumb"),
    },
    message: "The block is not what `scripts/backup.sh#dump` is.",
    hint: "Write the one from the other: `opswright sync --from scripts`, or `--from docs` where the block is right.",
    at: "runbooks/a.mdx:6:1-6:8",
    related: ["scripts/backup.sh:3:1-3:8"],
    // Indentation, line endings and the last one do not count.
    nearMiss: {
      "scripts/backup.sh":
        "f() {\r\n\t# opswright:begin dump\r\n\tpg_dumb\r\n\t# opswright:end dump\r\n}",
    },
  },
  "scripts/out-of-sync (one of two blocks, in a list)": {
    files: {
      "scripts/backup.sh": script("a", "b"),
      "runbooks/a.mdx": mdx(
        "```bash script=scripts/backup.sh\na\nb\n```\n\n- Item\n\n  ```sh script=scripts/backup.sh\n  a\n  ```\n",
      ),
    },
    message: "The block is not what `scripts/backup.sh` is.",
    hint: "Write the one from the other: `opswright sync --from scripts`, or `--from docs` where the block is right.",
    at: "runbooks/a.mdx:13:1-13:4",
    related: ["scripts/backup.sh:3:1-3:2"],
    nearMiss: {
      "runbooks/a.mdx": mdx(
        "> ```bash script=scripts/backup.sh\n> a\n> b\n> ```\n\n- Item\n\n  ```sh script=scripts/backup.sh\n  a\n  b\n  ```\n",
      ),
    },
  },
  "scripts/out-of-sync (no language that runs)": {
    files: {
      "config/app.yml": "a: 1\n",
      "runbooks/a.mdx": mdx(`${bash("true")}\n\`\`\`yaml script=config/app.yml\na: 2\n\`\`\`\n`),
    },
    message: "The block is not what `config/app.yml` is.",
    hint: "Write the one from the other: `opswright sync --from scripts`, or `--from docs` where the block is right.",
    at: "runbooks/a.mdx:10:1-10:5",
    related: ["config/app.yml:1:1-1:5"],
    nearMiss: { "config/app.yml": "a: 2" },
  },
  "scripts/missing-region": {
    files: { "scripts/backup.sh": dump, "runbooks/a.mdx": tied("scripts/backup.sh#dmup") },
    message: "The script `scripts/backup.sh` has no region `dmup`.",
    hint: "Did you mean `dump`?",
    at: "runbooks/a.mdx:5:9-5:38",
    nearMiss: { "runbooks/a.mdx": tied("./scripts//backup.sh#dump") },
  },
  "scripts/missing-region (no such file)": {
    files: { "ops/backup.sh": dump, "runbooks/a.mdx": tied("scripts/backup.sh#dump") },
    message: "There is no script `scripts/backup.sh`.",
    hint: "Did you mean `ops/backup.sh`?",
    at: "runbooks/a.mdx:5:9-5:38",
    nearMiss: { "runbooks/a.mdx": tied("ops/backup.sh#dump") },
  },
  "scripts/missing-region (a link that leads out)": {
    files: { "runbooks/a.mdx": tied("scripts/out.sh"), "scripts/in.sh": "pg_dump\n" },
    prepare: ({ directory }) => symlink("/etc/hostname", path.join(directory, "scripts/out.sh")),
    message:
      "The script `scripts/out.sh` cannot be read: it is a link that leads out of the repository.",
    hint: "Name a text file inside the repository.",
    at: "runbooks/a.mdx:5:9-5:30",
    nearMiss: { "runbooks/a.mdx": tied("scripts/in.sh") },
  },
  "scripts/missing-region (no text)": {
    files: {
      "runbooks/a.mdx": tied("scripts/tool"),
      "scripts/tool": Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe),
    },
    message: "The script `scripts/tool` cannot be read: it is no UTF-8 text.",
    hint: "Name a text file inside the repository.",
    at: "runbooks/a.mdx:5:9-5:28",
    nearMiss: { "scripts/tool": "pg_dump" },
  },
  "scripts/missing-region (markers that make none)": {
    files: {
      "scripts/backup.sh": script("# opswright:begin dump", "pg_dump"),
      "runbooks/a.mdx": tied("scripts/backup.sh#dump"),
    },
    message: "The markers of the region `dump` in `scripts/backup.sh` make no region.",
    hint: "Each `opswright:begin dump` needs its own `opswright:end dump` below it.",
    at: "runbooks/a.mdx:5:9-5:38",
    nearMiss: { "scripts/backup.sh": dump },
  },
  "scripts/bad-region": {
    files: {
      "scripts/backup.sh": script(
        "# opswright:begin a",
        ...region("dump", "pg_dump"),
        "# opswright:begin b",
        "# opswright:end a",
        "# opswright:end b",
      ),
      "runbooks/a.mdx": tied("scripts/backup.sh#dump"),
    },
    message: "The region `a` ends in the middle of another one.",
    hint: "End the region that began last first.",
    at: "scripts/backup.sh:7:1-7:18",
    related: ["scripts/backup.sh:6:1-6:20"],
    nearMiss: {
      "scripts/backup.sh": script(
        "# opswright:begin a",
        ...region("dump", "pg_dump"),
        ...region("b", "ls"),
        "# opswright:end a",
        'echo "opswright:begin c"',
      ),
    },
  },
  "scripts/orphan": {
    files: {
      "scripts/ops/backup.sh": dump,
      "scripts/ops/restore.sh": script("pg_restore"),
      "scripts/ops/notes.txt": "what is no script is no orphan\n",
      "scripts/ops/_all.sh": script("true"),
      "scripts/build": script("make"),
      "runbooks/a.mdx": tied("scripts/ops/backup.sh#dump"),
    },
    severity: "info",
    message: "No runbook names the script `scripts/ops/restore.sh`.",
    hint: "Tie a block to it with `script=scripts/ops/restore.sh`, or remove it.",
    at: "scripts/ops/restore.sh:1:1-1:10",
    nearMiss: {
      "runbooks/b.md": "# B\n\n```sh norun\ncd scripts/ops\n./restore.sh\n```\n",
    },
  },
  "scripts/orphan (a region)": {
    files: {
      "scripts/backup.sh": script(...region("dump", "pg_dump"), ...region("size", "ls")),
      "runbooks/a.mdx": tied("scripts/backup.sh#dump"),
    },
    severity: "info",
    message: "No runbook is tied to the region `size` of `scripts/backup.sh`.",
    hint: "Tie a block to it with `script=scripts/backup.sh#size`, or remove its markers.",
    at: "scripts/backup.sh:5:1-5:23",
    nearMiss: { "runbooks/b.mdx": tied("scripts/backup.sh#size", "ls") },
  },
};

import { chmod, lstat, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, type FixtureProject } from "./run-opswright.ts";

const document = `---
title: Backup
---

## Dump

\`\`\`bash id=dump script=scripts/backup.sh#dump
pg_dump --file=new
\`\`\`
`;
const script = `#!/usr/bin/env bash
set -e
# opswright:begin dump
pg_dump --file=old
# opswright:end dump
`;
const files = { "runbooks/backup.mdx": document, "scripts/backup.sh": script };
const readIn = (project: FixtureProject, file: string): Promise<string> =>
  readFile(path.join(project.directory, file), "utf8");

describe.concurrent("opswright sync", () => {
  test("without a direction lists what differs, writes nothing and ends with 2", async () => {
    await using project = await createProject(files);
    expect(await project.run(["sync"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr:
        "Not in sync: 1 block.\n" +
        "  runbooks/backup.mdx:7 and scripts/backup.sh#dump\n" +
        "Say which side is right: `opswright sync --from scripts` writes the documents,\n" +
        "`opswright sync --from docs` the scripts. Nothing was written.\n",
    });
    expect(await readIn(project, "scripts/backup.sh")).toBe(script);
    const { stdout } = await project.run(["sync", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      differing: [
        { path: "runbooks/backup.mdx", line: 7, script: "scripts/backup.sh", region: "dump" },
      ],
    });
  });

  test("writes the script from the document, keeps its permissions, and has nothing to do then", async () => {
    await using project = await createProject(files);
    const file = path.join(project.directory, "scripts/backup.sh");
    await chmod(file, 0o751);
    expect(await project.run(["sync", "--from", "docs"])).toEqual({
      exitCode: 0,
      stdout: "Wrote 1 file: scripts/backup.sh.\n",
      stderr: "",
    });
    expect(await readFile(file, "utf8")).toBe(script.replace("old", "new"));
    expect(await readIn(project, "runbooks/backup.mdx")).toBe(document);
    expect((await stat(file)).mode & 0o777).toBe(0o751);
    expect(await project.run(["sync", "--from", "scripts"])).toEqual({
      exitCode: 0,
      stdout: "In sync: 1 block. Nothing to do.\n",
      stderr: "",
    });
  });

  test("writes the document from the script, its byte order mark and line endings kept", async () => {
    const windows = `\uFEFF${document.replaceAll("\n", "\r\n")}`;
    await using project = await createProject({ ...files, "runbooks/backup.mdx": windows });
    const call = await project.run(["sync", "--from", "scripts", "--json"]);
    expect(call.exitCode).toBe(0);
    expect(JSON.parse(call.stdout)).toEqual({
      schemaVersion: 1,
      files: ["runbooks/backup.mdx"],
      problems: [],
    });
    expect(await readIn(project, "runbooks/backup.mdx")).toBe(windows.replace("new", "old"));
  });

  test("--dry-run prints the difference for patch, and writes nothing", async () => {
    await using project = await createProject(files);
    expect(await project.run(["sync", "--from", "scripts", "--dry-run"])).toEqual({
      exitCode: 0,
      stdout: [
        "--- a/runbooks/backup.mdx",
        "+++ b/runbooks/backup.mdx",
        "@@ -5,5 +5,5 @@",
        " ## Dump",
        " ",
        " ```bash id=dump script=scripts/backup.sh#dump",
        "-pg_dump --file=new",
        "+pg_dump --file=old",
        " ```",
        "",
      ].join("\n"),
      stderr: "Would write 1 file.\n",
    });
    expect(await readIn(project, "runbooks/backup.mdx")).toBe(document);
  });

  test("says what is missing, and makes it with --create", async () => {
    const more = `${document}\n\`\`\`bash script=scripts/backup.sh#size\nwc -c old\n\`\`\`\n\n\`\`\`bash script=scripts/new/restore.sh\npg_restore\n\`\`\`\n`;
    await using project = await createProject({ ...files, "runbooks/backup.mdx": more });
    const refused = await project.run(["sync", "--from", "docs"], {
      environment: { COLUMNS: "400" },
    });
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toBe(
      "error: runbooks/backup.mdx:11: script=scripts/backup.sh#size: there is no region scripts/backup.sh#size; mark it with `opswright:begin size` and `opswright:end size`, or let --create append it.\n" +
        "error: runbooks/backup.mdx:15: script=scripts/new/restore.sh: there is no scripts/new/restore.sh; --create makes it.\n",
    );
    const created = await project.run(["sync", "--from", "docs", "--create"]);
    expect(created).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await readIn(project, "scripts/backup.sh")).toBe(
      `${script.replace("old", "new")}\n# opswright:begin size\nwc -c old\n# opswright:end size\n`,
    );
    expect(await readIn(project, "scripts/new/restore.sh")).toBe(
      "#!/usr/bin/env bash\npg_restore\n",
    );
    const { mode } = await stat(path.join(project.directory, "scripts/new/restore.sh"));
    expect(mode & 0o777).toBe(0o755);
    expect((await project.run(["check", "--json"])).stdout).not.toContain('"code": "scripts/');
  });

  test("--dry-run shows every region of a new script", async () => {
    const more =
      document.replace("id=dump ", "") +
      "\n```bash script=scripts/backup.sh#size\nwc -c old\n```\n";
    await using project = await createProject({ "runbooks/backup.mdx": more });
    const { stdout } = await project.run(["sync", "--from", "docs", "--create", "--dry-run"]);
    await project.run(["sync", "--from", "docs", "--create"]);
    const made = await readIn(project, "scripts/backup.sh");
    expect(made).toContain("# opswright:begin size\nwc -c old\n# opswright:end size\n");
    const added = stdout.split("\n").slice(3, -1);
    expect(added.map((line) => `${line.slice(1)}\n`).join("")).toBe(made);
  });

  test("says that blocks contradict each other", async () => {
    const outer = "\n```bash script=scripts/backup.sh#all\npg_dump --file=other\n```\n";
    await using project = await createProject({
      "runbooks/backup.mdx": document + outer,
      "scripts/backup.sh": script.replace(
        /(# opswright:begin[^]*end dump\n)/u,
        "# opswright:begin all\n$1# opswright:end all\n",
      ),
    });
    const { exitCode, stderr } = await project.run(["sync", "--from", "docs"], {
      environment: { COLUMNS: "300" },
    });
    expect(exitCode).toBe(3);
    expect(stderr).toContain("another block is tied to some of the same lines and is different.");
  });

  test("writes nothing through links that lead out", async () => {
    await using outside = await createProject({ "victim.sh": script });
    await using project = await createProject({ ...files, "scripts/other.sh": "" });
    const victim = path.join(outside.directory, "victim.sh");
    await symlink(victim, path.join(project.directory, "scripts/link.sh"));
    await symlink(outside.directory, path.join(project.directory, "scripts/out"));
    const text = (place: string): string => document.replace("scripts/backup.sh#dump", place);
    for (const place of [
      "scripts/link.sh#dump",
      "scripts/out/victim.sh#dump",
      "scripts/out/new.sh",
    ]) {
      await writeFile(path.join(project.directory, "runbooks/backup.mdx"), text(place));
      const { exitCode } = await project.run(["sync", "--from", "docs", "--create"]);
      expect(exitCode, place).not.toBe(0);
    }
    expect(await readFile(victim, "utf8")).toBe(script);
    await expect(lstat(path.join(outside.directory, "new.sh"))).rejects.toThrow("ENOENT");
  });

  test("neither shows nor writes what belongs to git", async () => {
    const tied = (place: string): string =>
      document.replace("scripts/backup.sh#dump", place).replace("id=dump ", "");
    const git = "[http]\n\textraheader = AUTHORIZATION: basic c2VjcmV0\n";
    await using project = await createProject({
      "runbooks/config.mdx": tied(".git/config"),
      "runbooks/hook.mdx": tied(".git/hooks/post-checkout"),
      "runbooks/linked.mdx": tied("scripts/git/config"),
      "runbooks/new.mdx": tied("scripts/git/hooks/pre-commit"),
      "scripts/backup.sh": script,
      ".git/config": git,
      ".git/HEAD": "ref: refs/heads/main\n",
    });
    await symlink("../.git", path.join(project.directory, "scripts/git"));
    for (const args of [["check"], ["sync", "--from", "docs", "--create"]]) {
      const { exitCode, stdout, stderr } = await project.run(args);
      expect(exitCode, args.join(" ")).not.toBe(0);
      expect(stdout + stderr).toContain("it belongs to git");
      expect(stdout + stderr).not.toContain("c2VjcmV0");
    }
    expect(await readIn(project, ".git/config")).toBe(git);
    for (const hook of ["post-checkout", "pre-commit"]) {
      const file = path.join(project.directory, ".git/hooks", hook);
      await expect(lstat(file), hook).rejects.toThrow("ENOENT");
    }
  });

  test.each([
    [["sync", "--from", "both"], "Allowed choices are docs, scripts."],
    [["sync", "--from", "scripts", "--create"], "--create goes with --from docs"],
  ])("%s is a usage error", async (args, words) => {
    await using project = await createProject(files);
    const call = await project.run(args);
    expect(call.exitCode).toBe(2);
    expect(call.stderr).toContain(words);
  });

  test("a project without ties has nothing to do", async () => {
    await using project = await createProject({ "runbooks/a.md": "# A\n\n```sh\nls\n```\n" });
    expect(await project.run(["sync", "--from", "docs"])).toEqual({
      exitCode: 0,
      stdout: "No block of 1 runbook is tied to a script.\n",
      stderr: "",
    });
  });
});

describe.concurrent("a step that is not what its script is", () => {
  test.each([["plan"], ["run"]])("is refused before anything runs by %s", async (command) => {
    const text = document.replace("pg_dump --file=new", "echo ran > ran.txt");
    await using project = await createProject({
      ...files,
      "runbooks/backup.mdx": `${text}\n\`\`\`bash id=before\ntouch ran.txt\n\`\`\`\n`,
    });
    const call = await project.run([command, "backup"]);
    expect(call.exitCode).toBe(3);
    expect(call.stderr).toContain("error[scripts/out-of-sync]: The block is not what");
    expect(call.stderr).toContain("    --- runbooks/backup.mdx\n    +++ scripts/backup.sh#dump\n");
    expect(call.stderr).toContain("    -echo ran > ran.txt\n    +pg_dump --file=old\n");
    await expect(lstat(path.join(project.directory, "ran.txt"))).rejects.toThrow("ENOENT");
    // A step that is tied to nothing runs all the same.
    expect((await project.run([command, "backup#before"])).exitCode).toBe(0);
  });

  test("runs when it is the same, as the script does", async () => {
    await using project = await createProject({
      "runbooks/a.mdx":
        '---\ntitle: A\n---\n\n```bash script=a.sh#say\necho "hello $((1 + 1))"\n```\n',
      "a.sh":
        'main() {\n  # opswright:begin say\n  echo "hello $((1 + 1))"\n  # opswright:end say\n}\n',
    });
    const call = await project.run(["run", "a", "--yes"]);
    expect(call).toMatchObject({ exitCode: 0, stderr: "" });
    expect(call.stdout).toContain("hello 2");
  });

  test("is refused where the script is not there, and in a transcript", async () => {
    await using project = await createProject({
      "runbooks/a.mdx": "---\ntitle: A\n---\n\n```bash script=gone.sh\nls\n```\n",
      "runbooks/b.md": "# B\n\n```console script=gone.sh\n$ ls\nx\n```\n",
    });
    const gone = await project.run(["run", "a"]);
    expect(gone.exitCode).toBe(3);
    expect(gone.stderr).toContain("error[scripts/missing-region]: There is no script `gone.sh`.");
    expect((await project.run(["plan", "b"])).stderr).toContain(
      "error[attribute-conflict]: `script`",
    );
  });
});

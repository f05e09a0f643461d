import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { describe, expect, onTestFinished, test } from "vitest";
import { groupProblems } from "../../src/testing/group-problems.ts";
import type { Problem } from "../../src/model/problem.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** Our own runbooks and their scripts in a folder of their own, with a test as a team would have it. */
async function copyOwnProject(): Promise<string> {
  const copy = await realpath(await mkdtemp(path.join(tmpdir(), "opswright-test-")));
  onTestFinished(() => rm(copy, { recursive: true, force: true }));
  for (const name of ["runbooks", "scripts", "opswright.config.json", "package.json"]) {
    await cp(path.join(root, name), path.join(copy, name), { recursive: true });
  }
  await symlink(path.join(root, "node_modules"), path.join(copy, "node_modules"));
  const entry = JSON.stringify(path.join(root, "src/vitest.ts"));
  await writeFile(
    path.join(copy, "own.test.ts"),
    `import { defineRunbookTests } from ${entry};\nawait defineRunbookTests();\n`,
  );
  await writeFile(
    path.join(copy, "vitest.config.mjs"),
    "export default { test: { experimental: { viteModuleRunner: false } } };\n",
  );
  return copy;
}

async function runVitest(
  directory: string,
): Promise<{ exitCode: number | undefined; output: string }> {
  const program = path.join(root, "node_modules/vitest/vitest.mjs");
  const { exitCode, all } = await execa(process.execPath, [program, "run", "--no-color"], {
    cwd: directory,
    env: { NO_COLOR: "1", CI: "true" },
    all: true,
    reject: false,
  });
  return { exitCode, output: all };
}

async function change(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, "utf8");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

describe("our own runbooks in a project of their own", { timeout: 120_000 }, () => {
  test("pass, and fail with a difference that names both files once a word is changed", async () => {
    const copy = await copyOwnProject();
    const before = await runVitest(copy);
    expect(before.output).toMatch(/^ *Tests {2}\d+ passed \(\d+\)$/mu);
    expect(before.exitCode).toBe(0);

    await change(path.join(copy, "scripts/unioncore/backup.sh"), "umask 077", "umask 022");
    await change(path.join(copy, "runbooks/release.mdx"), "npm test\n", "npm tset\n");
    const { exitCode, output } = await runVitest(copy);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^ *Tests {2}2 failed \| \d+ passed \(\d+\)$/mu);
    const text = output.split("\n").map((line) => line.trim());
    for (const lines of [
      ["--- runbooks/backup-restore.mdx", "+++ scripts/unioncore/backup.sh#dump"],
      ["--- runbooks/release.mdx", "+++ scripts/release/prepare.sh#tests"],
    ]) {
      expect(text.slice(text.indexOf(lines[0] ?? "")).slice(0, 2)).toEqual(lines);
    }
    expect(text).toContain(
      `-(umask 077 && pg_dump --format=custom --file="$BACKUP_FILE.partial" --dbname="$DATABASE_URL")`,
    );
    expect(text).toContain("-npm tset");
    expect(text).toContain("+npm test");
  });
});

test("problems are grouped by their runbooks, and what belongs to none comes last", () => {
  const problem = (code: string, file: string): Problem =>
    ({ code, path: file, severity: "error", words: {} }) as never;
  const problems = [
    problem("unknown-key", "a.mdx"),
    problem("shell/bare-sleep", "a.mdx"),
    problem("compose/unknown-container", "a.mdx"),
    problem("scripts/out-of-sync", "b.mdx"),
    problem("suppression/no-reason", "b.mdx"),
    problem("scripts/bad-region", "s.sh"),
  ];
  const documents = [
    { id: "a", path: "a.mdx" },
    { id: "b", path: "b.mdx" },
  ];
  const groups = groupProblems(documents, problems).map(({ name, tests }) => [
    name,
    ...tests.map((one) => one.problems.map(({ code }) => code)),
  ]);
  expect(groups).toEqual([
    ["runbook a", ["unknown-key", "shell/bare-sleep"], ["compose/unknown-container"], []],
    ["runbook b", ["suppression/no-reason"], [], ["scripts/out-of-sync"]],
    ["the repository around the runbooks", ["scripts/bad-region"]],
  ]);
});

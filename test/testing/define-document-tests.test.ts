import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Runs Vitest in a project of its own, whose test file calls `defineDocumentTests` so. */
async function runVitest(
  options: object,
  documents: Readonly<Record<string, string>>,
): Promise<{ exitCode: number | undefined; output: string; temporary: string }> {
  const base = await realpath(await mkdtemp(path.join(tmpdir(), "opswright-test-")));
  onTestFinished(() => rm(base, { recursive: true, force: true }));
  const directory = path.join(base, "project");
  const temporary = path.join(base, "tmp");
  await mkdir(temporary);
  for (const [name, text] of Object.entries(documents)) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), text);
  }
  await symlink(path.join(root, "node_modules"), path.join(directory, "node_modules"));
  const entry = JSON.stringify(path.join(root, "src/vitest.ts"));
  await writeFile(
    path.join(directory, "own.test.ts"),
    `import { defineDocumentTests } from ${entry};\nawait defineDocumentTests(${JSON.stringify(options)});\n`,
  );
  await writeFile(
    path.join(directory, "vitest.config.mjs"),
    "export default { test: { experimental: { viteModuleRunner: false } } };\n",
  );
  const program = path.join(root, "node_modules/vitest/vitest.mjs");
  const { exitCode, all } = await execa(
    process.execPath,
    [program, "run", "--no-color", "--reporter=verbose"],
    {
      cwd: directory,
      env: { NO_COLOR: "1", CI: "true", TMPDIR: temporary },
      all: true,
      reject: false,
    },
  );
  return { exitCode, output: all, temporary };
}

test("each document is a suite and each of its steps a test, which fails with place and difference", async () => {
  const { exitCode, output, temporary } = await runVitest(
    { root: ".", paths: ["docs"], inputs: { WHO: "world" } },
    {
      "runbooks/a.md": "# A\n",
      "docs/good.md":
        '# Good\n\n```bash\nname=$WHO\n```\n\n```bash\necho "hello $name"\n```\n\n```output\nhello world\n```\n',
      "docs/bad.md": "# Bad\n\n## Say it\n\n```bash\necho one\n```\n\n```output\ntwo\n```\n",
      "docs/prose.md": "# Prose\n",
    },
  );
  expect(output).toContain("✓ own.test.ts > docs/good.md > can be run");
  expect(output).toContain("✓ own.test.ts > docs/good.md > Good (line 7)");
  expect(output).toContain("× own.test.ts > docs/bad.md > Say it (line 5)");
  expect(output).toContain("docs/bad.md:5  Say it\n    $ echo one\n");
  expect(output).toContain("-two\n    +one\n");
  expect(output).toMatch(/^ *Tests {2}1 failed \| 4 passed \(5\)$/mu);
  expect(output).not.toContain("prose");
  expect(exitCode).toBe(1);
  const left = await readdir(temporary);
  expect(left.filter((name) => name.startsWith("opswright-test-"))).toEqual([]);
});

test("a document that is refused fails once, and is not run", async () => {
  const { exitCode, output } = await runVitest(
    { root: ".", paths: ["docs"] },
    {
      "runbooks/a.md": "# A\n",
      "docs/wild.md": "# Wild\n\n```bash\nrm -rf /srv/nothing-of-that-name\n```\n",
    },
  );
  expect(output).toContain("docs/wild.md:3  rm -r deletes directories with all they hold");
  expect(output).toContain("--allow destructive");
  expect(output).toMatch(/^ *Tests {2}1 failed \| 1 skipped \(2\)$/mu);
  expect(exitCode).toBe(1);
});

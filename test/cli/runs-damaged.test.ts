import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { bash, mdx } from "./rule-cases/rule-case.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

/** A project with a run that is whole and three whose journals are damaged, each in its own way. */
async function createRuns(): Promise<FixtureProject & { readonly names: readonly string[] }> {
  const project = await createProject({ "runbooks/a.mdx": mdx(bash("true")) });
  const runs = path.join(project.directory, ".opswright/runs");
  for (let count = 0; count < 4; count += 1) await project.run(["run", "a"]);
  const names = readdirSync(runs);
  const [, changed = "", headless = "", unreadable = ""] = names;
  const edit = (run: string, change: (lines: string[]) => void): void => {
    const file = path.join(runs, run, "events.ndjson");
    const lines = readFileSync(file, "utf8").split("\n");
    change(lines);
    writeFileSync(file, lines.join("\n"));
  };
  edit(changed, (lines) => (lines[2] = "{"));
  edit(headless, (lines) => (lines[0] = '{"seq":1,"type":"run-started"}'));
  rmSync(path.join(runs, unreadable, "events.ndjson"));
  mkdirSync(path.join(runs, unreadable, "events.ndjson"));
  return { ...project, names };
}

test("a damaged journal is told with its file, and the other runs are listed", async () => {
  await using project = await createRuns();
  const [whole = "", changed = "", headless = "", unreadable = ""] = project.names;
  const { exitCode, stdout, stderr } = await project.run(["runs"], { isRaw: true });
  expect(exitCode).toBe(6);
  expect(stdout).toContain(whole);
  expect(stdout).toContain("\n1 run. ");
  const file = (run: string): string =>
    path.join(project.directory, ".opswright/runs", run, "events.ndjson");
  expect(stderr).toContain(`error: The journal ${file(changed)} is damaged at line 3.\n`);
  expect(stderr).toContain(
    `error: The journal ${file(headless)} does not tell of a run from its beginning.\n`,
  );
  expect(stderr).toContain(`error: The journal ${file(unreadable)} cannot be read (EISDIR).\n`);
  expect(stderr).toContain(`  \`opswright runs verify ${changed}\` says how.\n`);

  const json = await project.run(["runs", "--json"], { isRaw: true });
  expect(json).toMatchObject({ exitCode: 6, stderr: "" });
  const told = JSON.parse(json.stdout) as {
    runs: readonly { run: string }[];
    damaged: readonly { run: string; file: string; reason: string }[];
  };
  expect(told.runs.map(({ run }) => run)).toEqual([whole]);
  expect(told.damaged.map(({ run }) => run).toSorted()).toEqual(
    [changed, headless, unreadable].toSorted(),
  );
  expect(told.damaged.find(({ run }) => run === changed)).toEqual({
    run: changed,
    file: file(changed),
    reason: `The journal ${file(changed)} is damaged at line 3.`,
    hint: `\`opswright runs verify ${changed}\` says how.`,
  });
});

test("clean does its work on the others, and says that it cannot know these", async () => {
  await using project = await createRuns();
  const { exitCode, stdout, stderr } = await project.run(["runs", "clean", "--older-than", "0s"]);
  expect(exitCode).toBe(6);
  expect(stdout).toBe("Deleted 1 run.\n");
  expect(stderr).toContain("is damaged at line 3.\n");
});

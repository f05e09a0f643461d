import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { runOnTerminal } from "./run-on-terminal.ts";

const down = "\u001B[B";
const enter = "\r";
const question = "How is the run to go on?";
/** The last line of the choices: all of them are there. */
const choices = "Roll back: Take back what was done, 1 step";

const files = {
  "runbooks/a.mdx": `---
title: A
procedures:
  main: { default: true, steps: [{ step: make }, { step: use }, { step: tell }] }
---

\`\`\`bash id=make undo=unmake
mkdir made; cd made
\`\`\`

\`\`\`bash id=use
echo "in \${PWD##*/}, [$mark]"; mark=set; cd ..; touch "made/$$"; [ -e go ]
\`\`\`

\`\`\`bash id=tell
echo "told in \${PWD##*/}"
\`\`\`

\`\`\`bash id=unmake
cd ..; mv made gone
\`\`\`
`,
};

/** What is on record of the only run of a project. */
async function readEvents({ directory }: FixtureProject): Promise<readonly RunEvent[]> {
  const runs = path.join(directory, ".opswright/runs");
  const [run = ""] = await readdir(runs);
  const text = await readFile(path.join(runs, run, "events.ndjson"), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunEvent);
}

test("a step that failed is done again from the state before it, then skipped with a reason", async () => {
  await using project = await createProject(files);
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "a"],
    [
      [choices, `${down}${enter}`],
      [choices, `${down}${down}${enter}`],
      ["Why is the step use skipped?", enter],
      ["Type a reason", `the disk is slow${enter}`],
    ],
  );
  expect(shown.match(/│ in made, \[\]/gu)).toHaveLength(2);
  expect(shown).toContain("  ↻ attempt 2\n");
  expect(shown).toContain("the disk is slow\n");
  expect(shown).toContain("│ told in made\n");
  expect(shown).toMatch(/✓ Completed: 2 steps, 1 failed and skipped in /u);
  expect(exitCode).toBe(0);
  const events = await readEvents(project);
  const { username: by } = (await import("node:os")).userInfo();
  expect(events.filter(({ type }) => type === "question-answered")).toMatchObject([
    { stepId: "use", answer: "retry", by },
    { stepId: "use", answer: "skip (the disk is slow)", by },
  ]);
  const told = await project.run(["runs", "show", "last"]);
  expect(told.stdout).toContain(`– skipped: ${by} skipped it: the disk is slow`);
});

test("a run that failed is rolled back from the same question", async () => {
  await using project = await createProject(files);
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "a"],
    [[choices, `${down}${down}${down}${enter}`]],
  );
  expect(shown).toContain("↩ Rolling back: Take back what was done\n");
  expect(exitCode).toBe(4);
  expect(existsSync(path.join(project.directory, "gone"))).toBe(true);
});

test("whoever stops can resume and roll back later, and --yes does not answer", async () => {
  await using project = await createProject(files);
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "a", "--yes"],
    [[choices, enter]],
  );
  expect(shown).toContain("· Nothing was rolled back: ");
  expect(shown).toContain(" stopped the run. To do it:");
  expect(exitCode).toBe(4);

  const alone = await project.run(["resume", "--rollback", "never"]);
  expect(alone.exitCode).toBe(4);
  expect(alone.stdout).not.toContain(question);
  const about = (await readEvents(project)).filter(({ type }) => type === "question-asked");
  expect(about).toHaveLength(1);
  expect((await project.run(["rollback"])).exitCode).toBe(0);
  expect(existsSync(path.join(project.directory, "gone"))).toBe(true);
});

import { existsSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";
import { runOnTerminal } from "./run-on-terminal.ts";

const enter = "\r";
/** The keys for a choice by its place, from 0: stop, retry, inputs (where it names some), shell, skip, back. */
const pick = (place: number): string => `${"\u001B[B".repeat(place)}${enter}`;
const question = "How is the run to go on?";
/** The head of the question, which is not drawn again while its choices are gone through. */
const failed = "◆  Step use failed: Exit code 1.";

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
      [failed, pick(1)],
      [failed, pick(3)],
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
  const { username: by } = userInfo();
  expect(events.filter(({ type }) => type === "question-answered")).toMatchObject([
    { stepId: "use", answer: "retry", by },
    { stepId: "use", answer: "skip (the disk is slow)", by },
  ]);
  const told = await project.run(["runs", "show", "last"]);
  expect(told.stdout).toContain(`– skipped: ${by} skipped it: the disk is slow`);
});

test("a run that failed is rolled back from the same question", async () => {
  await using project = await createProject(files);
  const { shown, exitCode } = await runOnTerminal(project, ["run", "a"], [[failed, pick(4)]]);
  expect(shown).toContain("↩ Rolling back: Take back what was done\n");
  expect(exitCode).toBe(4);
  expect(existsSync(path.join(project.directory, "gone"))).toBe(true);
});

test("whoever stops can resume and roll back later, and --yes does not answer", async () => {
  await using project = await createProject(files);
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "a", "--yes"],
    [[failed, enter]],
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

test("inputs of the step that failed are changed, for it and all that follows, also after a resume", async () => {
  await using project = await createProject({
    "runbooks/b.mdx": `---
title: B
inputs:
  COUNT: { type: int, required: true }
  OTHER: { default: x }
  WAY: { type: enum, choices: [short, long], default: short }
procedures:
  main:
    steps:
      - step: count
      - choose: WAY
        when: { short: [{ step: tell }], long: [{ step: more }, { step: tell }] }
---

\`\`\`bash id=count
echo "$COUNT, $WAY"; [ "$COUNT" -ge 3 ]
\`\`\`

\`\`\`bash id=more
echo more
\`\`\`

\`\`\`bash id=tell
echo "told of $COUNT"; [ -e go ]
\`\`\`
`,
  });
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "b", "--input", "COUNT=1", "--report", "markdown=report.md"],
    [
      ["◆  Step count failed", pick(2)],
      ["◆  COUNT", `\bmany${enter}`],
      ["Expected a whole number.", `\b\b\b\b3${enter}`],
      ["◆  WAY", pick(1)],
      ["With it the plan would have other steps (more)", enter],
      ["◆  Step tell failed", enter],
    ],
  );
  expect(shown).toContain("Change inputs, then retry: COUNT, WAY");
  expect(shown).toContain("  ✎ COUNT is now 3, and was 1; by ");
  expect(shown).toContain("│ 3, short\n");
  expect(shown).toContain("│ told of 3\n");
  expect(shown).toContain("Begin anew: opswright run b --input COUNT=3 --from tell\n");
  expect(exitCode).toBe(4);
  expect(await readFile(path.join(project.directory, "report.md"), "utf8")).toMatch(
    /\| COUNT \| 3 \| given \|[\s\S]*- COUNT is now 3, and was 1; by .* At step `count`, /u,
  );

  await writeFile(path.join(project.directory, "go"), "");
  const resumed = await project.run(["resume"]);
  expect(resumed.stdout).toContain("  COUNT  3 (given)\n");
  expect(resumed.stdout).toContain("│ told of 3\n");
  expect(resumed.exitCode).toBe(0);
  expect((await project.run(["runs", "show"])).stdout).toContain("  ✎ COUNT is now 3, and was 1");
});

test("a shell has a copy of the state before the step, and nothing done in it changes the run", async () => {
  await using project = await createProject({
    "runbooks/c.mdx": `---
title: C
inputs:
  TOKEN: { type: secret, required: true }
---

\`\`\`bash id=prepare
mkdir deep; cd deep; place=here; list=(a "b c"); AUTH="Bearer $TOKEN"
greet() { echo "hello from $place, \${#TOKEN}"; }
shopt -s expand_aliases; alias shout='echo LOUD' set=false; trap 'echo trapped' ERR; set -o posix -o nounset
\`\`\`

\`\`\`bash id=use env.COLOUR=red
place=spoilt; greet; echo "in \${PWD##*/}"; [ -e go ]
\`\`\`
`,
  });
  const secret = { TOKEN: "hunter2-and-more" };
  const open = ["◆  Step use failed", pick(2)] as const;
  const look = `greet; shout; false; echo "\${list[1]}|$COLOUR|\${#AUTH}|$((40 + 2))"`;
  const search = 'grep -rF "$TOKEN" ../.opswright | wc -l; echo "s$((2 + 3))"';
  const first = await runOnTerminal(
    project,
    ["run", "c", "--report", "html=report.html"],
    [
      open,
      ["(copy) ", `${look}${enter}`],
      ["|42", `${search}${enter}`],
      ["s5", `place=elsewhere; cd /; unset -f greet; exit 3${enter}`],
      ["◆  Step use failed", pick(1)],
      ["◆  Step use failed", enter],
    ],
    secret,
  );
  expect(first.shown).toContain("\nhello from here, 16\nLOUD\nb c|red|23|42\n");
  expect(first.shown).toMatch(/\n0\ns5\n/u);
  expect(first.shown.match(/│ hello from spoilt, 16\n {2}│ in deep\n/gu)).toHaveLength(2);
  expect(first.exitCode).toBe(4);
  const about = (await readEvents(project)).filter(({ type }) => type.startsWith("shell-"));
  expect(about).toMatchObject([
    { type: "shell-opened", stepId: "use", by: userInfo().username },
    { type: "shell-closed", stepId: "use", by: userInfo().username, exitCode: 3 },
  ]);
  expect(await readFile(path.join(project.directory, "report.html"), "utf8")).toMatch(
    /opened a shell with a copy of the state, and closed it after /u,
  );

  // The session is another one by then.
  const then = await runOnTerminal(
    project,
    ["resume"],
    [open, ["(copy) ", `${look}; touch go; exit${enter}`], ["◆  Step use failed", pick(1)]],
    secret,
  );
  expect(then.shown).toContain("\nhello from here, 16\nLOUD\nb c|red|23|42\n");
  expect(then.exitCode).toBe(0);
});

test("a secret is changed: for the session that goes on, and in no file, event or output", async () => {
  await using project = await createProject({
    "runbooks/d.mdx": `---
title: D
inputs:
  NOTE: { default: plain }
  PIN: { type: secret }
  TOKEN: { type: secret, required: true }
---

\`\`\`bash id=prepare
mkdir deep; cd deep; AUTH="Bearer $TOKEN"; mine=kept
\`\`\`

\`\`\`bash id=serve background ready=output:/up/
echo up; exec sleep 60
\`\`\`

\`\`\`bash id=use
echo "\${PWD##*/} $mine $TOKEN $NOTE"; [ "\${#TOKEN},\${#PIN},\${AUTH#Bearer }" = "15,8,$TOKEN" ]
\`\`\`

\`\`\`bash id=tell
echo "\${#TOKEN} \${#PIN}"; echo "$PIN" | base64; false
\`\`\`
`,
  });
  const values = { old: "hunter2-of-old", token: "hunter3-of-new!", pin: "98765432" };
  const { shown, exitCode } = await runOnTerminal(
    project,
    ["run", "d", "--report", "html=report.html", "--events", "events"],
    [
      ["◆  Step use failed", pick(2)],
      ["◆  PIN; empty: it stays as it is", `${values.pin}${enter}`],
      ["◆  TOKEN; empty: it stays as it is", `${values.token}${enter}`],
      ["◆  NOTE", `\u0015${values.old}${enter}`],
      ["It holds the value of a secret", `\u0015plain${enter}`],
      ["◆  Step tell failed", pick(3)],
      ["(copy)", `echo "\${#TOKEN}/\${#PIN}/$((40 + 2))"; exit${enter}`],
      ["◆  Step tell failed", enter],
    ],
    { TOKEN: values.old },
  );
  expect(exitCode).toBe(4);
  expect(shown).toContain("  ✎ TOKEN, a secret, has another value now; by ");
  expect(shown.match(/│ deep kept \[secret TOKEN\] plain\n/gu)).toHaveLength(2);
  expect(shown).toContain("· The server of step serve went with its session: it is begun again.\n");
  expect(shown).toContain("\n15/8/42\n");
  const changes = (await readEvents(project)).flatMap((event) =>
    event.type === "input-changed" ? [event] : [],
  );
  expect(changes.map(({ name, isSecret, from, to }) => [name, isSecret, from, to])).toEqual([
    ["PIN", true, undefined, undefined],
    ["TOKEN", true, undefined, undefined],
  ]);

  // Both are read anew, the one too that had no value when the run began.
  const environment = { TOKEN: values.token, PIN: values.pin };
  const resumed = await project.run(["resume", "--rollback", "never"], { environment });
  expect(resumed.stdout).toContain("│ 15 8\n");
  expect(resumed.stdout).toMatch(/Changed in this run, and kept nowhere: PIN, TOKEN\./u);
  for (const value of [values.token, values.pin]) expect(shown).not.toContain(value);
  const written = await readTree(project.directory);
  expect(written).toContain("input-changed");
  for (const value of Object.values(values)) {
    expect(`${resumed.stdout}${written}`).not.toContain(value);
    expect(written).not.toContain(Buffer.from(value).toString("base64").slice(0, -4));
  }
});

/** All that is in the files of a folder, and of those below it. */
async function readTree(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(path.join(entry.parentPath, entry.name), "utf8"));
  return (await Promise.all(texts)).join("\n");
}

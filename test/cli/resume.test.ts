import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { program } from "../program.ts";
import { createProject, type FixtureProject } from "./run-opswright.ts";

/** Three steps that leave a mark each; the second waits for a file and prints what it knows. */
const runbook = `---
title: Move
---

\`\`\`bash id=first title=First
echo first >> marks
KNOWN=yes
mkdir -p sub
cd sub
\`\`\`

\`\`\`bash id=second title=Second timeout=30s
echo second >> ../marks
until [ -e ../go ]; do sleep 0.02; done
echo "known $KNOWN"
\`\`\`

\`\`\`output
known yes
\`\`\`

\`\`\`bash id=third title=Third
echo "third $KNOWN $(basename "$PWD")" >> ../marks
\`\`\`
`;

/** Starts a call of the program, to be killed once a file below the project is there. */
function start(project: FixtureProject, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    cwd: project.directory,
    env: project.environment,
    stdio: "ignore",
  });
}

async function waitFor(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1500; attempt += 1) {
    if (await isTrue()) return;
    await sleep(10);
  }
  throw new Error("it never came to that");
}

const marksOf = (project: FixtureProject): Promise<string> =>
  readFile(path.join(project.directory, "marks"), "utf8").catch(() => "");

const resume = (project: FixtureProject, ...args: readonly string[]) =>
  project.run(["resume", ...args]);

async function runFolder(project: FixtureProject): Promise<string> {
  const runs = path.join(project.directory, ".opswright/runs");
  const [run = ""] = (await readdir(runs)).toSorted().toReversed();
  return path.join(runs, run);
}

/** Runs until the second step is going on, and kills the runner. */
async function leaveInSecond(project: FixtureProject): Promise<void> {
  const runner = start(project, ["run", "move"]);
  await waitFor(async () => (await marksOf(project)).includes("second"));
  runner.kill("SIGKILL");
  await once(runner, "exit");
}

/** Kills the keeper and the shell of the run's session. */
async function killSession(project: FixtureProject): Promise<void> {
  const control = await readFile(path.join(await runFolder(project), "session/control"), "utf8");
  for (const line of control.split("\n")) {
    const [, type, , pid] = line.split(" ");
    if (type === "keeper" || type === "ready") process.kill(Number(pid), "SIGKILL");
  }
}

const goOn = (project: FixtureProject): Promise<void> =>
  writeFile(path.join(project.directory, "go"), "");

describe("after the death of the runner", () => {
  test.each([
    ["has answered it well meanwhile", "exit"],
    ["has not answered yet", "wait"],
  ])("a step that it was ending has not passed, though it %s", async (_what, answer) => {
    await using project = await createProject({
      "runbooks/late.md": `\`\`\`bash id=late timeout=200ms
trap 'touch asked; until [ -e go ]; do sleep 0.02; done; exit 0' TERM
until [ -e never ]; do sleep 0.02; done
\`\`\`

\`\`\`bash id=next
echo "next" >> marks
\`\`\`
`,
    });
    const runner = start(project, ["run", "late"]);
    await waitFor(() => existsSync(path.join(project.directory, "asked")));
    runner.kill("SIGKILL");
    await once(runner, "exit");
    if (answer === "exit") {
      await goOn(project);
      const control = path.join(await runFolder(project), "session/control");
      await waitFor(async () => / ended 1 0\n/.test(await readFile(control, "utf8")));
    }

    const { stdout, exitCode } = await resume(project);

    expect(stdout).toContain("timed out");
    expect(exitCode).toBe(4);
    expect(await marksOf(project)).toBe("");
  });

  test("a step that is still running is waited for, and its shell lives on", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    expect((await project.run(["runs"])).stdout).toContain("died");

    const resumed = resume(project);
    await sleep(100);
    await goOn(project);
    const { stdout, exitCode } = await resumed;

    const [shown = "", table] = stdout.split("\n\n  1  First");
    expect(shown).toBe(`Move
move · 3 steps · plan [DIGEST] · run [RUN]
  Going on with run [RUN] of ${stdout.match(/\d{4}-\d\d-\d\d \d\d:\d\d/)?.[0]} UTC: 1 of 3
  steps done.

▸ 2/3  Second  change
  $ echo second >> ../marks
    until [ -e ../go ]; do sleep 0.02; done
    echo "known $KNOWN"
  │ known yes
  ✓ [DURATION]

▸ 3/3  Third  change
  $ echo "third $KNOWN $(basename "$PWD")" >> ../marks
  ✓ [DURATION]`);
    expect(table).toContain("✓ Completed: 3 steps in [DURATION].\n");
    expect(exitCode).toBe(0);
    expect(await marksOf(project)).toBe("first\nsecond\nthird yes sub\n");
    expect((await project.run(["runs", "logs", "last", "--step", "second"])).stdout).toBe(
      "known yes\n",
    );
  });

  test("one that ended meanwhile is judged by its record and what it printed", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    await goOn(project);
    const control = path.join(await runFolder(project), "session/control");
    await waitFor(async () => (await readFile(control, "utf8")).includes("done 002-second"));

    expect((await resume(project)).exitCode).toBe(0);
    expect(await marksOf(project)).toBe("first\nsecond\nthird yes sub\n");
  });

  test("one that printed something else does not pass", async () => {
    const other = runbook.replace('echo "known $KNOWN"', "echo other");
    await using project = await createProject({ "runbooks/move.md": other });
    await leaveInSecond(project);
    await goOn(project);
    const { stdout, exitCode } = await resume(project);
    expect(exitCode).toBe(4);
    expect(stdout).toContain("+other");
    expect(await marksOf(project)).toBe("first\nsecond\n");
  });

  test("one whose time is over is ended", async () => {
    const short = runbook.replace("timeout=30s", "timeout=1s");
    await using project = await createProject({ "runbooks/move.md": short });
    await leaveInSecond(project);
    await sleep(1000);
    const { stdout, exitCode } = await resume(project);
    expect(exitCode).toBe(4);
    expect(stdout).toContain("timed out");
  });

  test("one whose shell was killed too is unknown, and nobody goes on unasked", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    await killSession(project);

    const asked = await resume(project);
    expect(asked.exitCode).toBe(7);
    expect(asked.stdout).toContain("both its runner and its shell were ended");
    expect(asked.stdout).toContain("--unknown rerun|done|abort");
    expect(await marksOf(project)).toBe("first\nsecond\n");

    expect((await resume(project, "--unknown", "abort")).exitCode).toBe(7);
    expect(await marksOf(project)).toBe("first\nsecond\n");

    const done = await resume(project, "--unknown", "done");
    expect(done.exitCode).toBe(0);
    // The new shell has the state that the first step left.
    expect(await marksOf(project)).toBe("first\nsecond\nthird yes sub\n");
    const summary = JSON.parse((await project.run(["runs", "show", "--json"])).stdout) as {
      steps: { outcome: string }[];
    };
    expect(summary.steps.map(({ outcome }) => outcome)).toEqual(["passed", "skipped", "passed"]);
  });

  test("one that is unknown is done again where that is asked for", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    await killSession(project);
    await goOn(project);
    expect((await resume(project, "--unknown", "rerun")).exitCode).toBe(0);
    expect(await marksOf(project)).toBe("first\nsecond\nsecond\nthird yes sub\n");
  });

  test("a shell that was killed before its state was saved is missed, whatever the options say", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    await killSession(project);
    // As if the shell had been killed between the first step's end and its snapshot.
    const control = path.join(await runFolder(project), "session/control");
    const lines = (await readFile(control, "utf8")).split("\n");
    const kept = lines.filter((line) => !/ (?:saved 001|begin 002)/u.test(line));
    await writeFile(control, kept.join("\n"));
    await goOn(project);
    for (const answer of ["rerun", "done"]) {
      const { stdout, exitCode } = await resume(project, "--unknown", answer);
      expect(exitCode).toBe(7);
      expect(stdout).toMatch(/A part of\s+the shell's state is lost, and a person must decide/u);
    }
    expect(await marksOf(project)).toBe("first\nsecond\n");
  });

  test("a last line that was torn is cut off", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    await appendFile(path.join(await runFolder(project), "events.ndjson"), '{"seq":9,"ty');
    await goOn(project);
    expect((await resume(project)).exitCode).toBe(0);
  });

  test("the run keeps to its plan, and says which steps have changed", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    await goOn(project);
    const edited = runbook.replace('echo "third', 'echo "fourth');
    await writeFile(path.join(project.directory, "runbooks/move.md"), edited);
    const { stdout, exitCode } = await resume(project);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Changed or gone: third.");
    expect(await marksOf(project)).toContain("third yes");
  });

  test("a rollback goes on where it was", async () => {
    const rolling = `---
title: Roll
procedures:
  go: { default: true, steps: [{ step: fail }], onFailure: back }
  back: { steps: [{ step: undo-one }, { step: undo-two }] }
---

\`\`\`bash id=fail
exit 3
\`\`\`

\`\`\`bash id=undo-one
echo one >> marks
until [ -e go ]; do sleep 0.02; done
\`\`\`

\`\`\`bash id=undo-two
echo two >> marks
\`\`\`
`;
    await using project = await createProject({ "runbooks/roll.md": rolling });
    const runner = start(project, ["run", "roll", "--rollback", "auto"]);
    await waitFor(async () => (await marksOf(project)).includes("one"));
    runner.kill("SIGKILL");
    await once(runner, "exit");
    await goOn(project);
    const { stdout, exitCode } = await resume(project);
    expect(exitCode).toBe(4);
    expect(stdout).toContain("was rolled back: 2 steps passed");
    expect(await marksOf(project)).toBe("one\ntwo\n");
  });
});

describe("otherwise", () => {
  test("a step that failed is done again, from the state before it", async () => {
    const failing = runbook.replace(
      "until [ -e ../go ]; do sleep 0.02; done",
      "KNOWN=no; [ -e ../go ]; KNOWN=yes",
    );
    const telling = failing.replace("KNOWN=yes\n", "KNOWN=yes\necho before\n");
    await using project = await createProject({ "runbooks/move.md": telling });
    const first = await project.run(["run", "move"]);
    expect(first.exitCode).toBe(4);
    expect(first.stdout).toContain("Go on:      opswright resume [RUN]\n");
    await goOn(project);
    const { stdout, exitCode } = await resume(project, "--report", "html=run.html");
    // Also what an earlier runner has seen is in the report.
    const report = await readFile(path.join(project.directory, "run.html"), "utf8");
    expect(report).toContain('<pre class="output"><code>before</code></pre>');
    expect(stdout).toContain("Step second had not passed: it is done again.");
    expect(exitCode).toBe(0);
    expect(await marksOf(project)).toBe("first\nsecond\nsecond\nthird yes sub\n");
  });

  test("a run whose runner lives is left to it", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    const runner = start(project, ["run", "move"]);
    await waitFor(async () => (await marksOf(project)).includes("second"));
    const { stderr, exitCode } = await resume(project);
    expect(stderr).toMatch(
      /^error: The run \[RUN\] has a runner: process \d+ on \S+, since \[TIME\]\.\n/,
    );
    expect(exitCode).toBe(6);
    await goOn(project);
    await once(runner, "exit");
    expect(await marksOf(project)).toBe("first\nsecond\nthird yes sub\n");
  });

  test("of two that resume at the same time, one does", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    const both = [resume(project), resume(project)];
    // The step waits, and with it the one that has the run: the other one is refused meanwhile.
    await Promise.race(both);
    await goOn(project);
    const codes = (await Promise.all(both)).map(({ exitCode }) => exitCode);
    expect(new Set(codes)).toEqual(new Set([0, 6]));
    expect(await marksOf(project)).toBe("first\nsecond\nthird yes sub\n");
  });

  test("a run that is completed has nothing to go on with", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await goOn(project);
    await project.run(["run", "move"]);
    const { stderr, exitCode } = await resume(project);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error: the run [RUN] cannot go on\nIt is completed");
  });

  test("there is no run yet", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    const { stderr, exitCode } = await resume(project);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("there is no run 'last'");
    expect(existsSync(path.join(project.directory, "marks"))).toBe(false);
  });
});

describe("rollback", () => {
  const undoable = `---
title: Undo
procedures:
  go: { default: true, steps: [{ step: change }, { step: last }], onFailure: back }
  back: { steps: [{ step: undo }] }
---

\`\`\`bash id=change
echo change >> marks
DONE_BY=me
\`\`\`

\`\`\`bash id=last
[ -e go ]
\`\`\`

\`\`\`bash id=undo
echo "undo what was done by $DONE_BY" >> marks
\`\`\`
`;

  test("runs the procedure that is for it, later, with the state of the run", async () => {
    await using project = await createProject({ "runbooks/undo.md": undoable });
    const { stdout } = await project.run(["run", "undo", "--rollback", "never"]);
    expect(stdout).toContain("Take back:  opswright rollback [RUN]\n");
    const back = await project.run(["rollback"]);
    expect(back.stdout).toContain("and was rolled back: 1 step\npassed.");
    expect(back.exitCode).toBe(0);
    expect(await marksOf(project)).toBe("change\nundo what was done by me\n");

    const again = await project.run(["rollback"]);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain("has begun before\nIt has passed.");
  });

  test("is not begun where an answer would be missing on its way", async () => {
    const asking = undoable.replace("id=undo", 'id=undo confirm="Take it back?"');
    await using project = await createProject({ "runbooks/undo.md": asking });
    await project.run(["run", "undo", "--rollback", "never"]);
    const refused = await project.run(["rollback"]);
    expect(refused.exitCode).toBe(7);
    expect(refused.stderr).toContain(
      "error[answer-needed]: Nobody can be asked here: the step `undo`",
    );
    expect(refused.stderr).toContain("Nothing was run.\n");
    expect(await marksOf(project)).toBe("change\n");
    expect((await project.run(["rollback", "--yes"])).exitCode).toBe(0);
    expect(await marksOf(project)).toBe("change\nundo what was done by me\n");
  });

  test("also of a run that was completed", async () => {
    await using project = await createProject({ "runbooks/undo.md": undoable });
    await goOn(project);
    expect((await project.run(["run", "undo"])).exitCode).toBe(0);
    const { stdout, exitCode } = await project.run(["rollback"]);
    expect(stdout).toContain("Rolled back: 1 step passed.");
    expect(exitCode).toBe(0);
    expect(await marksOf(project)).toBe("change\nundo what was done by me\n");
  });

  test("is refused where there is none, and in the middle of a step", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    const none = await project.run(["rollback"]);
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain("has no rollback");
    expect((await project.run(["runs", "clean"])).exitCode).toBe(0);

    const slow = undoable.replace("[ -e go ]", "echo second >> marks; sleep 60");
    await writeFile(path.join(project.directory, "runbooks/undo.md"), slow);
    await writeFile(path.join(project.directory, "marks"), "");
    const runner = start(project, ["run", "undo"]);
    await waitFor(async () => (await marksOf(project)).includes("second"));
    runner.kill("SIGKILL");
    await once(runner, "exit");
    const amid = await project.run(["rollback"]);
    expect(amid.exitCode).toBe(2);
    expect(amid.stderr).toContain("died in the middle of a step");
    await project.run(["runs", "clean"]);
    expect((await project.run(["rollback"])).exitCode).toBe(0);
  });
});

describe("runs clean", () => {
  test("ends what a run that died has left running, which can go on all the same", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await leaveInSecond(project);
    const control = await readFile(path.join(await runFolder(project), "session/control"), "utf8");
    const pids = [...control.matchAll(/ (?:keeper|ready) \d+ (\d+)$/gmu)].map(([, pid]) =>
      Number(pid),
    );
    expect(pids).toHaveLength(2);

    const cleaned = await project.run(["runs", "clean"]);
    expect(cleaned.stdout).toBe(
      "[RUN]: what it had left running is ended. Go on: opswright resume [RUN]\n",
    );
    for (const pid of pids) expect(existsSync(`/proc/${pid}/exe`), String(pid)).toBe(false);
    expect((await project.run(["runs", "list"])).stdout).toContain("interrupted");
    expect((await project.run(["runs", "clean"])).stdout).toBe("There is nothing to clean.\n");

    await goOn(project);
    const { stdout, exitCode } = await resume(project);
    expect(stdout).toContain("Step second had not passed: it is done again.");
    expect(exitCode).toBe(0);
    expect(await marksOf(project)).toBe("first\nsecond\nsecond\nthird yes sub\n");
  });

  test("deletes runs that ended long ago, and no others", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await goOn(project);
    await project.run(["run", "move"]);
    expect((await project.run(["runs", "clean", "--older-than", "1h"])).stdout).toBe(
      "There is nothing to clean.\n",
    );
    expect((await project.run(["runs", "clean", "--older-than", "0s"])).stdout).toBe(
      "Deleted 1 run.\n",
    );
    expect((await project.run(["runs"])).stderr).toContain("There are no runs");
  });

  test("leaves a run alone that has not died", async () => {
    await using project = await createProject({ "runbooks/move.md": runbook });
    await goOn(project);
    await project.run(["run", "move"]);
    const { stderr, exitCode } = await project.run(["runs", "clean", "last"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("has not died");
    expect((await project.run(["runs", "clean", "--older-than", "soon"])).stderr).toContain(
      "It must be a duration",
    );
  });
});

test("a step that printed the wrong thing is done again from the state before it, and so is its rollback", async () => {
  await using project = await createProject({
    "runbooks/count.mdx": `---
title: Count
procedures:
  main: { default: true, title: Main, steps: [{ step: begin }, { step: add }], onFailure: back }
  back: { title: Back, steps: [{ step: tell }] }
---

\`\`\`bash id=begin
count=1
\`\`\`

\`\`\`bash id=add title=Add
count=$((count + 1)); echo "count $count"; cat wanted
\`\`\`

\`\`\`output
count 2
now
\`\`\`

\`\`\`bash id=tell title=Tell
echo "still $count" >>told
\`\`\`
`,
    wanted: "later\n",
  });
  expect(await project.run(["run", "count", "--rollback", "never"])).toMatchObject({ exitCode: 4 });
  expect(await resume(project, "--rollback", "never")).toMatchObject({ exitCode: 4 });
  await writeFile(path.join(project.directory, "wanted"), "now\n");
  const call = await resume(project);
  expect(call).toMatchObject({ exitCode: 0 });
  expect(call.stdout).toContain("│ count 2\n  │ now\n  ✓");

  await writeFile(path.join(project.directory, "wanted"), "later\n");
  expect(await project.run(["run", "count", "--rollback", "auto"])).toMatchObject({ exitCode: 4 });
  expect(await readFile(path.join(project.directory, "told"), "utf8")).toBe("still 1\n");
});

describe("back to an earlier step", () => {
  const counting = `---
title: Count
---

\`\`\`bash id=first
n=1
trap 'touch left' TERM
echo "first $n" >> marks
\`\`\`

\`\`\`bash id=second
n=$((n + 1))
export LEVEL=$n
mkdir -p sub
cd sub
sleep 600 &
echo $! >> ../pids
echo "second $n" >> ../marks
\`\`\`

\`\`\`bash id=third
n=$((n + 10))
echo "third $n $(basename "$PWD")" >> ../marks
[ -e ../go ]
\`\`\`

\`\`\`bash id=fourth
echo "fourth $n $LEVEL" >> ../marks
\`\`\`
`;

  async function leaveFailed(): Promise<FixtureProject> {
    const project = await createProject({ "runbooks/count.md": counting });
    const { exitCode } = await project.run(["run", "count"]);
    expect(exitCode).toBe(4);
    return project;
  }

  test("the step begins from the state before it, and those behind it are done again", async () => {
    await using project = await leaveFailed();
    await goOn(project);

    const { stdout, exitCode } = await resume(project, "--from", "second");

    expect(await marksOf(project)).toBe(
      "first 1\nsecond 2\nthird 12 sub\nsecond 2\nthird 12 sub\nfourth 12 2\n",
    );
    expect(stdout).toContain(
      "↶ Back to step 2, n=$((n + 1)): it and those behind it are done again.",
    );
    expect(stdout).toContain("↻ attempt 2");
    expect(stdout).not.toContain("had not passed");
    expect(stdout).not.toContain("has changed");
    expect(exitCode).toBe(0);
    const [before = 0, after = 0] = (await readFile(path.join(project.directory, "pids"), "utf8"))
      .trim()
      .split("\n")
      .map(Number);
    expect(() => process.kill(before, 0)).toThrow();
    expect(() => process.kill(after, 0)).toThrow();
  });

  test("it does where the shell is gone, and once more from a run that is completed", async () => {
    await using project = await leaveFailed();
    await killSession(project).catch(() => {});
    await goOn(project);
    expect((await resume(project, "--from", "third")).exitCode).toBe(0);

    const { exitCode } = await resume(project, "--from", "second");

    expect(exitCode).toBe(0);
    expect(await marksOf(project)).toBe(
      "first 1\nsecond 2\nthird 12 sub\nthird 12 sub\nfourth 12 2\nsecond 2\nthird 12 sub\nfourth 12 2\n",
    );
    const show = await project.run(["runs", "show", "last"]);
    expect(show.stdout).toContain("Completed");
  });

  test("it does from the very first step", async () => {
    await using project = await leaveFailed();
    await goOn(project);

    expect((await resume(project, "--from", "first")).exitCode).toBe(0);

    expect(await marksOf(project)).toBe(
      "first 1\nsecond 2\nthird 12 sub\nfirst 1\nsecond 2\nthird 12 sub\nfourth 12 2\n",
    );
  });

  test("it does not where that cannot be, and says why", async () => {
    await using project = await leaveFailed();
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { stderr, exitCode } = await resume(project, ...args);
      expect(exitCode).toBe(2);
      return stderr.replaceAll(/\d{8}-\d{6}-[\w-]+/g, "[RUN]").split("\nRun `")[0] ?? "";
    };
    expect(await refused("--from", "secnd")).toBe(
      "error: the run [RUN] has no step secnd\nDid you mean second?",
    );
    expect(await refused("--from", "fourth")).toBe(
      "error: the run [RUN] has not come to fourth yet\nTo go on with it: opswright resume [RUN]",
    );
    expect(await marksOf(project)).toBe("first 1\nsecond 2\nthird 12 sub\n");
  });

  test("it comes to the same where the runner dies as it goes back", async () => {
    await using project = await leaveFailed();
    const events = path.join(await runFolder(project), "events.ndjson");
    const runner = start(project, ["resume", "--from", "second"]);
    await waitFor(async () => (await readFile(events, "utf8")).includes('"type":"rewound"'));
    runner.kill("SIGKILL");
    await once(runner, "exit");
    await goOn(project);

    expect((await resume(project, "--unknown", "rerun")).exitCode).toBe(0);

    expect(await marksOf(project)).toMatch(/third 12 sub\nfourth 12 2\n$/);
  });
});

describe("a server that is not there any more", () => {
  const serving = (server: string, needs: string): string => `---
title: Serve
---

\`\`\`bash id=serve background ready=output:/ready/
${server}
\`\`\`

\`\`\`bash id=use
touch used; [ ! -e ends ] || until [ -e gone ]; do sleep 0.01; done
\`\`\`

\`\`\`bash id=need
${needs}
\`\`\`
`;
  const again = "The server of step serve is not there any more: it is begun again.";

  test("since it has ended is begun again before the step that needs it", async () => {
    await using project = await createProject({
      "runbooks/serve.md": serving(
        "touch up; echo ready; while [ ! -e ends ] || [ ! -e used ]; do sleep 0.01; done; rm -f up; touch gone; exit 4",
        "[ -e up ]; echo needed >> marks",
      ),
    });
    const ends = path.join(project.directory, "ends");
    await writeFile(ends, "");
    expect((await project.run(["run", "serve"])).exitCode).toBe(4);
    expect(await marksOf(project)).toBe("");
    await rm(ends);

    const { stdout, exitCode } = await resume(project);

    expect(stdout.replaceAll(/\n +/gu, " ")).toContain(again);
    expect(exitCode).toBe(0);
    expect(await marksOf(project)).toBe("needed\n");
  });

  test("since the runner died as it began it again is begun once more", async () => {
    await using project = await createProject({
      "runbooks/serve.md": serving(
        "rm -f up; while [ -e slow ]; do sleep 0.01; done; touch up; echo ready; exec sleep 600",
        "[ -e go ]; [ -e up ]; echo needed >> marks",
      ),
    });
    expect((await project.run(["run", "serve"])).exitCode).toBe(4);
    const slow = path.join(project.directory, "slow");
    await writeFile(slow, "");
    const events = path.join(await runFolder(project), "events.ndjson");
    const runner = start(project, ["resume"]);
    await waitFor(async () =>
      /"step-started","stepId":"serve","phase":"main","attempt":2/.test(
        await readFile(events, "utf8"),
      ),
    );
    runner.kill("SIGKILL");
    await once(runner, "exit");
    await rm(slow);
    await goOn(project);

    const { stdout, exitCode } = await resume(project);

    expect(stdout.replaceAll(/\n +/gu, " ")).toContain(again);
    expect(exitCode).toBe(0);
    expect(await marksOf(project)).toBe("needed\n");
  });
});

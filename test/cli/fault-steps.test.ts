import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { verifyJournal } from "../../src/node/verify-journal.ts";
import { findProcessesOf, readRun, writeRunbook, type RunRecord } from "./read-run.ts";
import { createProject, type Transcript } from "./run-opswright.ts";

const builtins =
  "cd trap exit echo printf set export read declare source eval return kill shopt alias umask unset local test true mapfile pwd command";

/** A step that does harm, how it must end, and what it prints. */
interface Fault {
  readonly script: string;
  readonly ends: `passed` | `failed ${number}` | "timed-out";
  readonly prints?: string;
  readonly attributes?: string;
}

/** By the step's id; each is followed by a step that finds the shell as it should be. */
const faults: Readonly<Record<string, Fault>> = {
  "closes-descriptors": {
    script:
      'exec 0<&- 1>&- 2>&-\nfor fd in {3..9} 255; do eval "exec $fd>&-"; done\necho unheard || true',
    ends: "passed",
  },
  "closes-and-fails": { script: "exec 0<&- 1>&- 2>&- 255>&-\nfalse", ends: "failed 1" },
  "exits-0": { script: "echo early; exit 0; echo late", ends: "passed", prints: "early\n" },
  "exits-7": { script: "exit 7", ends: "failed 7" },
  "exits-in-a-function": {
    script: "leave() { exit 6; }; leave || true; echo late",
    ends: "failed 6",
  },
  "execs-well": { script: "exec echo instead; echo late", ends: "passed", prints: "instead\n" },
  "execs-badly": { script: "exec bash -c 'exit 3'", ends: "failed 3" },
  "execs-nothing": { script: 'exec "$(echo no-such-program)"; echo late', ends: "failed 127" },
  "set-plus-e": { script: "set +e; false; echo on", ends: "passed", prints: "on\n" },
  "set-plus-e-at-its-end": { script: "set +e; echo on; false", ends: "failed 1", prints: "on\n" },
  "set-minus-e": { script: "false; echo late", ends: "failed 1" },
  "unsets-path": { script: "unset PATH; echo gone ${PATH-}", ends: "passed", prints: "gone\n" },
  "without-path": { script: "ls", ends: "failed 127" },
  "sets-path": { script: "PATH=/usr/bin:/bin; ls / >/dev/null", ends: "passed" },
  redefines: {
    script: `for name in ${builtins}; do eval "$name() { :; }"; done`,
    ends: "passed",
  },
  // `exit` is the step's own now, and does not end it; a command that fails still does.
  "redefined-exit": {
    script: "exit 9; builtin printf here; false; builtin printf late",
    ends: "failed 1",
    prints: "here",
  },
  undefines: {
    script: `builtin unset -f ${builtins}; echo again`,
    ends: "passed",
    prints: "again\n",
  },
  "makes-aliases": {
    script:
      "shopt -s expand_aliases; alias cd=false trap=: exit=: builtin=x set=: printf=: true=false if=x",
    ends: "passed",
  },
  "takes-aliases-back": { script: "\\unalias -a; echo plain", ends: "passed", prints: "plain\n" },
  "kills-itself": { script: "kill -KILL $$; echo late", ends: "failed 137" },
  "kills-its-group": { script: "kill 0; sleep 60; echo late", ends: "failed 143" },
  "stops-itself": { script: "kill -STOP $$; echo late", ends: "failed 137" },
  "ignores-signals": {
    script: "trap '' TERM INT HUP; while :; do sleep 60; done",
    ends: "timed-out",
    attributes: "timeout=500ms",
  },
  "answers-signals": {
    script: "leaked=yes; trap 'exit 0' TERM INT HUP; while :; do sleep 0.05; done",
    ends: "timed-out",
    attributes: "timeout=500ms",
  },
  "deletes-its-directory": {
    script: "mkdir -p gone/deep; cd gone/deep; rmdir ../deep; cd ..; rmdir ../gone; echo out",
    ends: "passed",
    prints: "out\n",
  },
  // Its work is not done somewhere else instead.
  "works-in-no-directory": { script: "touch file", ends: "failed 1" },
  "is-still-in-no-directory": {
    script: 'basename "$PWD"; cd ..',
    ends: "passed",
    prints: "gone\n",
  },
  "leaves-500-children": {
    script: "for i in {1..500}; do sleep 3600 & done; jobs -p | wc -l",
    ends: "passed",
    prints: "500\n",
  },
  "leaves-daemons": {
    script: `daemon='trap "" TERM INT HUP; sleep 3600; sleep 3600'
(setsid bash -c "$daemon" &)
(setsid bash -c "exec 0<&- 1>&- 2>&-; $daemon" &)
setsid --fork bash -c "(($daemon) &)" </dev/null >/dev/null 2>&1
echo left`,
    ends: "passed",
    prints: "left\n",
  },
  last: {
    script: 'echo "$first ${leaked-} ${PWD##*/}"',
    ends: "passed",
    prints: "kept  project\n",
  },
};

/** A shell with secrets keeps its state by code of its own. */
const kinds = { "a shell": {}, "a shell with secrets": { TOKEN: "a-value-of-a-secret" } } as const;

/** What came of the faults in one kind of shell. */
interface FaultyRun extends AsyncDisposable {
  readonly transcript: Transcript;
  readonly record: RunRecord;
}

async function runFaults(environment: Readonly<Record<string, string>>): Promise<FaultyRun> {
  const hasSecret = Object.keys(environment).length > 0;
  const project = await createProject({
    "runbooks/f.mdx": writeRunbook(
      [
        ["first", `first=kept${hasSecret ? '; authority="Bearer $TOKEN"' : ""}`],
        ...Object.entries(faults).map(
          ([id, { script, attributes = "" }]) =>
            [id, script, `continue-on-error ${attributes}`] as const,
        ),
      ],
      hasSecret ? "inputs:\n  TOKEN: { type: secret, required: true }\n" : "",
    ),
  });
  const args = ["run", "f", "--json", "--yes", "--allow", "destructive"];
  const transcript = await project.run(args, { environment });
  const dispose = () => project[Symbol.asyncDispose]();
  return { transcript, record: readRun(project), [Symbol.asyncDispose]: dispose };
}

let runs: readonly FaultyRun[] = [];

beforeAll(async () => {
  // Most of it is waiting for the grace of those that ignore their signals.
  runs = await Promise.all(Object.values(kinds).map(runFaults));
});

afterAll(async () => {
  for (const run of runs) await run[Symbol.asyncDispose]();
});

describe.each(Object.keys(kinds).map((kind, index) => ({ kind, index })))(
  "in $kind",
  ({ index }) => {
    const getRun = (): FaultyRun => {
      const run = runs[index];
      if (run === undefined) throw new Error("it was not run");
      return run;
    };

    test.each(Object.entries(faults))("what %s did is judged by its end", (id, fault) => {
      const { record, transcript } = getRun();
      const ended = record.events.filter(
        (event) => event.type === "step-ended" && event.stepId === id,
      );
      const [outcome, exitCode] = fault.ends.split(" ");
      const code = outcome === "passed" ? 0 : exitCode === undefined ? undefined : Number(exitCode);
      expect(ended).toMatchObject([{ outcome, ...(code !== undefined && { exitCode: code }) }]);
      const printed = transcript.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as RunEvent)
        .filter((event) => event.type === "step-output")
        .filter(({ stepId, stream }) => stepId === id && stream === "stdout")
        .map(({ text }) => text);
      expect(printed.join("")).toBe(fault.prints ?? "");
    });

    test("the run comes to its end with all of it on record", async () => {
      const { record, transcript } = getRun();
      expect(transcript).toMatchObject({ exitCode: 0, stderr: "" });
      expect(record.events.at(-1)).toMatchObject({ type: "run-ended", outcome: "completed" });
      expect(await verifyJournal(record.journal)).toMatchObject({ fault: undefined, hasEnd: true });
    });

    test("nothing of what its steps left in the background is there afterwards", () => {
      expect(findProcessesOf(getRun().record)).toEqual([]);
    });
  },
);

test.each([
  ["makes a function of builtin", "builtin() { :; }"],
  ["has its shell execute nothing", "set -n"],
  ["kills the keeper of its shell", "kill -KILL $PPID; sleep 60"],
])("a step that %s is unknown, and ends the run", async (_, script) => {
  await using other = await createProject({
    "runbooks/f.mdx": writeRunbook([
      ["fault", script, "continue-on-error"],
      ["next", "touch next"],
    ]),
  });
  const { exitCode } = await other.run(["run", "f"]);
  expect([4, 6]).toContain(exitCode);
  const { events } = readRun(other);
  expect(events.filter(({ type }) => type === "step-ended")).toMatchObject([
    { stepId: "fault", outcome: "unknown" },
  ]);
  expect(events.at(-1)).toMatchObject({ type: "run-ended", outcome: "failed", exitCode });
  expect(() => readFileSync(path.join(other.directory, "next"))).toThrow("ENOENT");
  // How it ended is not made up later either.
  expect((await other.run(["resume"])).exitCode).toBe(7);
});

test("a step that answered its end by exit 0 is done again from the state before it", async () => {
  await using other = await createProject({
    "runbooks/f.mdx": writeRunbook([
      ["first", "count=0"],
      [
        "slow",
        "count=$((count + 1))\ntrap 'exit 0' TERM\nuntil [ -e go ]; do sleep 0.05; done\necho $count > seen",
        "timeout=500ms",
      ],
    ]),
  });
  expect((await other.run(["run", "f"])).exitCode).toBe(4);
  writeFileSync(path.join(other.directory, "go"), "");
  expect((await other.run(["resume"])).exitCode).toBe(0);
  expect(readFileSync(path.join(other.directory, "seen"), "utf8")).toBe("1\n");
});

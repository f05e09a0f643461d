import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/model/run-event.ts";
import { JournalError } from "../../src/run/journal-error.ts";
import type { PersonAnswer } from "../../src/run/ports.ts";
import { SessionError } from "../../src/run/session-error.ts";
import { makeCommand, makeExpectation, makeManual, makePlan } from "./make-plan.ts";
import { no, skip, startRun, yes } from "./start-run.ts";

function find<T extends RunEvent["type"]>(events: readonly RunEvent[], type: T) {
  return events.find((event): event is Extract<RunEvent, { type: T }> => event.type === type);
}

describe("a run", () => {
  it("does its steps in order and puts each on record before it acts on it", async () => {
    const plan = makePlan([makeCommand("build", "echo built"), makeCommand("push", "echo pushed")]);

    const { result, story, journaled, session } = await startRun(plan);

    expect(story).toEqual([
      "run-started",
      "session-started",
      "phase main: build, push",
      "build started",
      "build passed",
      "push started",
      "push passed",
      "run completed 0",
    ]);
    expect(result).toMatchObject({ outcome: "completed", exitCode: 0 });
    expect(journaled.map(({ seq }) => seq)).toEqual(journaled.map((_, index) => index + 1));
    expect(find(journaled, "run-started")).toMatchObject({
      plan,
      user: "xerxes",
      host: "host",
      pid: 1,
    });
    expect(session.isClosed).toBe(true);
  });

  it("does what people do, and asks each target for its system before a step there", async () => {
    const systems = new Map([["web", "darwin"]]);
    const on = (os: string) => ({ attributes: { on: "web", os: [os] } });
    const rollback = [
      makeCommand("mac", "echo", on("darwin")),
      makeCommand("pc", "echo", on("linux")),
    ];
    const plan = makePlan([makeManual("look")], rollback);

    const done = await startRun(plan, { session: { systems }, answers: { look: yes } });

    expect(done.story).toContain("target-connected");
    expect(done.result).toMatchObject({ outcome: "completed", exitCode: 0 });

    const failed: PersonAnswer = { answer: "failed", by: "xerxes", note: "It is red." };
    const { story, result } = await startRun(plan, {
      session: { systems },
      answers: { look: failed },
      options: { rollback: "auto" },
    });
    expect(result).toMatchObject({ outcome: "rolled-back", exitCode: 4 });
    expect(story).toContain("mac passed");
    expect(story).toContain("pc skipped");
  });

  it("starts no script before its start is on record", async () => {
    const { session, journaled } = await startRun(makePlan([makeCommand("build", "echo built")]), {
      session: {
        runScript: async () => {
          expect(journaledSoFar.at(-1)).toBe("step-started");
          throw new SessionError("seen", { hint: "" });
        },
      },
      journal: {
        append: async (body) => {
          await new Promise((resolve) => setTimeout(resolve, 5));
          journaledSoFar.push(body.type);
          return { seq: journaledSoFar.length, time: "", ...body };
        },
      },
    });

    expect(journaledSoFar).toContain("run-ended");
    expect(journaled).toEqual([]);
    expect(session.isClosed).toBe(true);
  });
  const journaledSoFar: string[] = [];

  it("hands a script all that its step says", async () => {
    const attributes = { dir: "sub", env: { A: "b" }, exit: [0, 3] };
    const step = makeCommand("backup/dump all", "exit 3", {
      attributes,
      interpreter: "python3",
      timeoutMs: 500,
    });

    const { session } = await startRun(makePlan([makeCommand("one", "echo"), step]));

    expect(session.requests[1]).toMatchObject({
      key: "002-backup.dump.all",
      script: "exit 3",
      interpreter: "python3",
      directory: "sub",
      environment: { A: "b" },
      timeoutMs: 500,
      graceMs: 100,
      keepsStateOn: [0, 3],
    });
  });

  it("shows output as it comes, cut characters whole, and keeps it out of the journal", async () => {
    const { observed, journaled } = await startRun(makePlan([makeCommand("say", "")]), {
      session: {
        runScript: async (request) => {
          const bytes = Buffer.from("äöü");
          for (const byte of bytes) request.onOutput("stdout", Uint8Array.of(byte));
          request.onOutput("stderr", Uint8Array.of(0xc3));
          return {
            ended: "exited",
            exitCode: 0,
            durationMs: 1,
            stdoutBytes: 6,
            stderrBytes: 1,
            readOutput: async () => bytes,
            openOutput: () => Readable.from([bytes]),
          };
        },
      },
    });

    const shown = observed.filter((event) => event.type === "step-output");
    expect(shown.map(({ stream, text }) => `${stream} ${text}`)).toEqual([
      "stdout ä",
      "stdout ö",
      "stdout ü",
      "stderr \ufffd",
    ]);
    expect(find(journaled, "step-output")).toBeUndefined();
    expect(find(journaled, "step-ended")).toMatchObject({ stdoutBytes: 6, stderrBytes: 1 });
  });

  it("tells that a step got a new shell", async () => {
    const { story } = await startRun(
      makePlan([makeCommand("a", "exit 3", { attributes: { continueOnError: true } })]),
    );

    expect(story.slice(3)).toEqual(["a started", "session-started", "a failed", "run completed 0"]);
  });
});

describe("a step that fails", () => {
  it("stops the run with exit code 4 and a reason, and leaves the others pending", async () => {
    const { result, story, journaled } = await startRun(
      makePlan([makeCommand("build", "exit 3"), makeCommand("push", "echo")]),
    );

    expect(story.slice(3)).toEqual([
      "build started",
      "session-started",
      "build failed",
      "run failed 4",
    ]);
    expect(find(journaled, "step-ended")).toMatchObject({ exitCode: 3, reason: "Exit code 3." });
    expect(find(journaled, "run-ended")?.reason).toBe("Step build failed: Exit code 3.");
    expect(result.summary.steps.map(({ outcome }) => outcome)).toEqual(["failed", "pending"]);
  });

  it.each([
    ["exit code 0, 3 accepted", "exit 3", { exit: [0, 3] }, "passed"],
    ["any exit code accepted", "exit 99", { exit: "any" }, "passed"],
    ["0 not accepted", "echo", { exit: [1] }, "failed"],
  ] as const)("is judged by what it accepts: %s", async (_, script, attributes, outcome) => {
    const { result } = await startRun(makePlan([makeCommand("a", script, { attributes })]));

    expect(result.summary.steps[0]?.outcome).toBe(outcome);
  });

  it("names a signal and what 127 means", async () => {
    const { journaled } = await startRun(
      makePlan([
        makeCommand("killed", "exit 137", { attributes: { continueOnError: true } }),
        makeCommand("missing", "exit 127", { attributes: { exit: [0, 2] } }),
      ]),
    );

    const ends = journaled.filter((event) => event.type === "step-ended");
    expect(ends.map(({ reason, signal }) => [reason, signal])).toEqual([
      ["Exit code 137 (SIGKILL).", "SIGKILL"],
      ["Exit code 127 (a command was not found); accepted: 0, 2.", undefined],
    ]);
  });

  it("times out", async () => {
    const { result, journaled } = await startRun(
      makePlan([makeCommand("a", "sleep 60", { timeoutMs: 50 })]),
    );

    expect(result).toMatchObject({ outcome: "failed", exitCode: 4 });
    expect(find(journaled, "step-ended")).toMatchObject({
      outcome: "timed-out",
      reason: "It did not end within 50 ms and was ended.",
    });
  });

  it("goes on where it says continue-on-error, and is shown as failed", async () => {
    const { result } = await startRun(
      makePlan([
        makeCommand("a", "exit 1", { attributes: { continueOnError: true } }),
        makeCommand("b", "echo"),
      ]),
    );

    expect(result).toMatchObject({ outcome: "completed", exitCode: 0 });
    expect(result.summary.steps.map(({ outcome }) => outcome)).toEqual(["failed", "passed"]);
  });

  it.each([
    ["lost", "unknown"],
    ["not-started", "failed"],
  ] as const)("that is %s is %s, and never passed", async (ended, outcome) => {
    const { result } = await startRun(
      makePlan([makeCommand("a", "", { attributes: { exit: "any" } })]),
      {
        session: {
          runScript: async () => ({
            ended,
            durationMs: 1,
            stdoutBytes: 0,
            stderrBytes: 0,
            readOutput: async () => new Uint8Array(),
            openOutput: () => Readable.from([]),
          }),
        },
      },
    );

    expect(result).toMatchObject({ outcome: "failed", exitCode: 4 });
    expect(result.summary.steps[0]?.outcome).toBe(outcome);
  });
});

describe("an expectation", () => {
  it.each([
    ["equal lines", "echo one\necho two", "one\ntwo\n", "passed"],
    ["another line", "echo one", "two", "mismatched"],
    ["too much", "echo one\necho two", "one", "mismatched"],
    ["nothing where something is expected", "true", "one", "mismatched"],
    ["something where nothing is expected", "echo one", "", "mismatched"],
    ["the other stream", "echo one >&2", "one", "mismatched"],
  ])("is held against the output: %s", async (_, script, text, outcome) => {
    const step = makeCommand("a", script, { expectation: makeExpectation(text) });

    const { result, journaled } = await startRun(makePlan([step]));

    expect(result.summary.steps[0]?.outcome).toBe(outcome);
    expect(find(journaled, "step-ended")?.difference === undefined).toBe(outcome === "passed");
    expect(result.exitCode).toBe(outcome === "passed" ? 0 : 4);
  });

  it.each([
    ["subset", "stdout", "echo a\necho b\necho c", "b", "passed"],
    ["unordered", "stdout", "echo a\necho b", "b\na", "passed"],
    ["contains", "stdout", "echo a ready b", "ready", "passed"],
    ["json", "stdout", 'echo {"a":1,"b":2}', '{"a": "(number)"}', "passed"],
    ["json", "stdout", 'echo {"a":"x"}', '{"a": "(number)"}', "mismatched"],
    ["exact", "stdout", "echo a", "a (no-eol)", "mismatched"],
    ["lines", "stderr", "echo out\necho one >&2", "on. (re)", "passed"],
    ["lines", "stderr", "echo one", "one", "mismatched"],
    ["lines", "stdout", "echo in /srv/app now", "in [CWD] now", "passed"],
  ] as const)("has a mode and a stream: %s, %s", async (match, stream, script, text, outcome) => {
    const expectation = { ...makeExpectation(text), match, stream };
    const { result } = await startRun(makePlan([makeCommand("a", script, { expectation })]));
    expect(result.summary.steps[0]?.outcome).toBe(outcome);
  });

  it("binds names, which later steps know", async () => {
    const first = makeExpectation("id [..id..] of [..all..]");
    const steps = [
      makeCommand("make", "echo id 7 of 9", { expectation: first }),
      makeCommand("look", "echo got 7", { expectation: makeExpectation("got [..id..]") }),
      makeCommand("again", "echo got 8", { expectation: makeExpectation("got [..id..]") }),
    ];

    const { story, journaled } = await startRun(makePlan(steps));

    expect(story.slice(-4, -1)).toEqual(["look passed", "again started", "again mismatched"]);
    const ended = journaled.filter((event) => event.type === "step-ended");
    expect(ended.map(({ matched }) => matched)).toEqual([
      { id: "7", all: "9" },
      undefined,
      undefined,
    ]);
    expect(ended.at(-1)?.difference).toBe(
      ["@@ -1 +1 @@", "-got [..id..]", String.raw`\ [..id..] is 7 by now`, "+got 8"].join("\n"),
    );
  });

  it("binds no name where the step has failed", async () => {
    const step = makeCommand("a", "echo id 7\nexit 1", {
      expectation: makeExpectation("id [..id..]"),
    });
    const { journaled } = await startRun(makePlan([step]));
    expect(find(journaled, "step-ended")).toMatchObject({ outcome: "failed" });
    expect(find(journaled, "step-ended")?.matched).toBeUndefined();
  });

  it("asks for both streams in one where it compares both", async () => {
    const expectation = { ...makeExpectation("one"), stream: "both" } as const;
    const steps = [
      makeCommand("a", "echo one", { expectation }),
      makeCommand("b", "echo one", { expectation: makeExpectation("one") }),
    ];
    const { session } = await startRun(makePlan(steps));
    expect(session.requests.map(({ mergesStreams }) => mergesStreams)).toEqual([true, undefined]);
  });

  it("says where in the document it stands", async () => {
    const position = { line: 12, column: 1, offset: 0 };
    const expectation = { ...makeExpectation("two"), codeSpan: { start: position, end: position } };
    const { journaled } = await startRun(makePlan([makeCommand("a", "echo one", { expectation })]));
    expect(find(journaled, "step-ended")?.difference).toBe("@@ -12 +1 @@\n-two\n+one");
  });

  it("shows the difference of a step that failed too", async () => {
    const step = makeCommand("a", "echo one\nexit 1", { expectation: makeExpectation("two") });

    const { journaled } = await startRun(makePlan([step]));

    expect(find(journaled, "step-ended")).toMatchObject({
      outcome: "failed",
      difference: "@@ -1 +1 @@\n-two\n+one",
    });
  });
});

describe("a manual step", () => {
  const plan = makePlan([makeManual("look", "Look at it."), makeCommand("after", "echo")]);

  it("passes when the person says so, and the record says who", async () => {
    const { story, questions, result } = await startRun(plan, { answers: { look: yes } });

    expect(story.slice(3, 7)).toEqual([
      "look started",
      "asked about look",
      "yes by xerxes",
      "look passed",
    ]);
    expect(questions).toEqual([
      { kind: "manual", stepId: "look", title: "Title of look", text: "Look at it." },
    ]);
    expect(result.exitCode).toBe(0);
  });

  it("is skipped when the person says so", async () => {
    const { story, result } = await startRun(plan, { answers: { look: skip } });

    expect(story).toContain("look skipped");
    expect(result).toMatchObject({ outcome: "completed" });
  });

  it("ends the run when the person says no", async () => {
    const { story, result, journaled } = await startRun(plan, { answers: { look: no } });

    expect(story.slice(-2)).toEqual(["look cancelled", "run refused 7"]);
    expect(result.exitCode).toBe(7);
    expect(find(journaled, "run-ended")?.reason).toBe('xerxes said no to "Title of look".');
  });

  it("fails when the person says that it failed, and the way back is taken", async () => {
    const failed = { answer: "failed", by: "xerxes", note: "the page is empty" } as const;
    const withRollback = makePlan([makeManual("look")], [makeCommand("back", "echo")]);
    const { story, result, journaled } = await startRun(withRollback, {
      answers: { look: failed },
      options: { rollback: "auto" },
    });

    expect(story).toContain("look failed");
    expect(story).toContain("back passed");
    expect(result).toMatchObject({ outcome: "rolled-back", exitCode: 4 });
    expect(find(journaled, "run-ended")?.reason).toBe(
      "Step look failed. xerxes said that it failed: the page is empty.",
    );
  });

  it("ends the run when nobody is there, and says how to go on", async () => {
    const { result, journaled } = await startRun(plan);

    expect(result).toMatchObject({ outcome: "refused", exitCode: 7 });
    expect(find(journaled, "run-ended")?.reason).toBe(
      "Step look is done by a person, and nobody could be asked. Run it at a terminal, or pass --yes.",
    );
  });

  it("is answered by --yes", async () => {
    const { story, questions } = await startRun(plan, { options: { assumeYes: true } });

    expect(story).toContain("yes by xerxes (--yes)");
    expect(questions).toEqual([]);
  });
});

describe("a step for another operating system", () => {
  it("is skipped, and the record says why", async () => {
    const plan = makePlan([
      makeCommand("brew", "brew install jq", { attributes: { os: ["darwin"] } }),
      makeCommand("apt", "apt-get install jq", { attributes: { os: ["linux"] } }),
    ]);
    const { story, session, journaled } = await startRun(plan);

    expect(story).toContain("brew skipped");
    expect(story).toContain("apt passed");
    expect(session.requests).toHaveLength(1);
    expect(find(journaled, "step-ended")?.reason).toBe("It is for darwin; this is linux.");
  });
});

describe("a destructive step", () => {
  const risk = {
    level: "destructive",
    reasons: ["git push --force overwrites the remote branch"],
  } as const;
  const plan = makePlan([makeCommand("force", "echo gone", { risk })]);

  it("asks for its id, and says what it will do", async () => {
    const { questions, story, session } = await startRun(plan, { answers: { force: yes } });

    expect(questions[0]).toMatchObject({ kind: "destructive", stepId: "force", word: "force" });
    expect(questions[0]?.text).toBe(
      "What this step does cannot be taken back:\n- git push --force overwrites the remote branch\nIt runs:\n    echo gone",
    );
    expect(story.slice(3, 6)).toEqual(["asked about force", "yes by xerxes", "force started"]);
    expect(session.requests).toHaveLength(1);
  });

  it("is not run by --yes", async () => {
    const { result, session, journaled } = await startRun(plan, { options: { assumeYes: true } });

    expect(result).toMatchObject({ outcome: "refused", exitCode: 7 });
    expect(session.requests).toEqual([]);
    expect(find(journaled, "run-ended")?.reason).toContain("or pass --allow destructive");
    expect(result.summary.steps[0]?.outcome).toBe("pending");
  });

  it("is run by --allow destructive, and the record says so", async () => {
    const { story, session } = await startRun(plan, { options: { allowDestructive: true } });

    expect(story).toContain("yes by xerxes (--allow destructive)");
    expect(session.requests).toHaveLength(1);
  });

  it("still asks its author's question where only destruction is allowed", async () => {
    const asking = makePlan([
      makeCommand("force", "echo", { risk, attributes: { confirm: "Is the team told?" } }),
    ]);

    const { questions, result } = await startRun(asking, { options: { allowDestructive: true } });

    expect(questions.map(({ kind, text }) => [kind, text])).toEqual([
      ["confirm", "Is the team told?"],
    ]);
    expect(result.exitCode).toBe(7);
  });

  it("asks once for both", async () => {
    const asking = makePlan([
      makeCommand("force", "echo", { risk, attributes: { confirm: "Is the team told?" } }),
    ]);

    const { questions, result } = await startRun(asking, { answers: { force: yes } });

    expect(questions).toHaveLength(1);
    expect(questions[0]?.text).toContain("Is the team told?");
    expect(result.exitCode).toBe(0);
  });

  it("is left out, and the run goes on, where the person skips it", async () => {
    const { result, session } = await startRun(plan, { answers: { force: skip } });

    expect(result).toMatchObject({ outcome: "completed" });
    expect(result.summary.steps[0]).toMatchObject({
      outcome: "skipped",
      reason: "xerxes skipped it.",
    });
    expect(session.requests).toEqual([]);
  });
});

describe("a step with a question of its author's", () => {
  const plan = makePlan([makeCommand("a", "echo", { attributes: { confirm: "Sure?" } })]);

  it.each([
    ["yes", { answers: { a: yes } }, 0],
    ["no", { answers: { a: no } }, 7],
    ["nobody", {}, 7],
    ["--yes", { options: { assumeYes: true } }, 0],
    ["--allow destructive alone", { options: { allowDestructive: true } }, 7],
  ])("runs on a yes only: %s", async (_, setup, exitCode) => {
    const { result, session } = await startRun(plan, setup);

    expect(result.exitCode).toBe(exitCode);
    expect(session.requests).toHaveLength(exitCode === 0 ? 1 : 0);
  });
});

describe("rolling back", () => {
  const plan = makePlan(
    [makeCommand("push", "exit 1"), makeCommand("after", "echo")],
    [makeCommand("revert", "echo"), makeCommand("push", "echo")],
  );

  it("runs the steps of onFailure when the person agrees", async () => {
    const { story, result, questions, session } = await startRun(plan, {
      answers: { rollback: yes },
    });

    expect(questions[0]?.text).toBe(
      'Step push failed. "Roll back" takes back what was done, in 2 steps. Run it now?',
    );
    expect(story.slice(5)).toEqual([
      "push failed",
      "asked about the run",
      "yes by xerxes",
      "phase rollback: revert, push",
      "revert started",
      "revert passed",
      "push started",
      "push passed",
      "run rolled-back 4",
    ]);
    expect(
      result.summary.steps.map(({ phase, stepId, outcome }) => `${phase} ${stepId} ${outcome}`),
    ).toEqual([
      "main push failed",
      "main after pending",
      "rollback revert passed",
      "rollback push passed",
    ]);
    expect(session.requests.map(({ key }) => key)).toEqual([
      "001-push",
      "rollback-001-revert",
      "rollback-002-push",
    ]);
  });

  it("is done without asking by --rollback auto", async () => {
    const { result, questions, story } = await startRun(plan, { options: { rollback: "auto" } });

    expect(result).toMatchObject({ outcome: "rolled-back", exitCode: 4 });
    expect(questions).toEqual([]);
    expect(story).toContain("yes by xerxes (--rollback auto)");
  });

  it.each([
    [
      "--rollback never",
      { options: { rollback: "never" as const } },
      "--rollback never was given.",
    ],
    ["no", { answers: { rollback: no } }, 'xerxes said no to "Roll back".'],
    ["nobody to ask", {}, "nobody could be asked"],
    ["--yes, which is no word for that", { options: { assumeYes: true } }, "nobody could be asked"],
  ])("is not done with %s, and a notice says how to", async (_, setup, why) => {
    const { result, journaled } = await startRun(plan, setup);

    expect(result).toMatchObject({ outcome: "failed", exitCode: 4 });
    const text = find(journaled, "notice")?.text;
    expect(text).toContain(`Nothing was rolled back: `);
    expect(text).toContain(why);
    expect(text).toContain("opswright rollback run-1");
  });

  it("that fails is told as such, with both reasons", async () => {
    const failing = makePlan(
      [makeCommand("push", "exit 1")],
      [makeCommand("revert", "exit 2"), makeCommand("more", "echo")],
    );

    const { result, journaled } = await startRun(failing, { options: { rollback: "auto" } });

    expect(result).toMatchObject({ outcome: "rollback-failed", exitCode: 4 });
    expect(find(journaled, "run-ended")?.reason).toBe(
      "Step push failed: Exit code 1. Then the rollback stopped: Step revert failed: Exit code 2.",
    );
  });

  it("needs the word for its own destructive steps", async () => {
    const risk = { level: "destructive", reasons: [] } as const;
    const destructive = makePlan(
      [makeCommand("push", "exit 1")],
      [makeCommand("reset", "echo", { risk })],
    );

    const { result, session } = await startRun(destructive, {
      options: { rollback: "auto", assumeYes: true },
    });

    expect(result.outcome).toBe("rollback-failed");
    expect(session.requests).toHaveLength(1);
  });

  it("does not happen after a no", async () => {
    const refused = makePlan([makeManual("look")], [makeCommand("revert", "echo")]);

    const { result } = await startRun(refused, {
      answers: { look: no },
      options: { rollback: "auto" },
    });

    expect(result.outcome).toBe("refused");
  });
});

describe("an interruption", () => {
  const plan = makePlan(
    [makeCommand("long", "echo begun\nsleep 60"), makeCommand("after", "echo")],
    [makeCommand("revert", "echo")],
  );

  function interruptOnOutput(times: number) {
    const step = new AbortController();
    const run = new AbortController();
    return {
      options: {
        cancelStep: () => (step.signal.aborted ? new AbortController().signal : step.signal),
        interrupted: run.signal,
      },
      onEvent: (event: RunEvent) => {
        if (event.type !== "step-output") return;
        step.abort();
        if (times === 2) run.abort();
      },
    };
  }

  it("cancels the step and asks; on yes the run goes on", async () => {
    const { result, story, questions } = await startRun(plan, {
      ...interruptOnOutput(1),
      answers: { interrupted: yes },
    });

    expect(questions[0]).toMatchObject({ kind: "interrupted", stepId: "long" });
    expect(story).toContain("long cancelled");
    expect(story).toContain("after passed");
    expect(result).toMatchObject({ outcome: "completed", exitCode: 0 });
  });

  it.each([
    ["on no", { interrupted: no }],
    ["where nobody is there", {}],
  ])("ends the run %s", async (_, answers) => {
    const { result, story } = await startRun(plan, { ...interruptOnOutput(1), answers });

    expect(result).toMatchObject({ outcome: "interrupted", exitCode: 130 });
    expect(story).not.toContain("after started");
    expect(story).not.toContain("phase rollback: revert");
  });

  it("that is repeated ends the run at once", async () => {
    const { result, questions, session } = await startRun(plan, interruptOnOutput(2));

    expect(result).toMatchObject({ outcome: "interrupted", exitCode: 130 });
    expect(questions).toEqual([]);
    expect(session.isClosed).toBe(true);
  });

  it("ends a question too", async () => {
    const run = new AbortController();
    const manual = makePlan([makeManual("look")]);

    const { result } = await startRun(manual, {
      options: { interrupted: run.signal },
      answers: { look: new Promise(() => {}) as never },
      onEvent: (event) => {
        if (event.type === "question-asked") run.abort();
      },
    });

    expect(result).toMatchObject({ outcome: "interrupted", exitCode: 130 });
  });

  it("before the first step runs none", async () => {
    const { result, session } = await startRun(plan, {
      options: { interrupted: AbortSignal.abort() },
    });

    expect(result.outcome).toBe("interrupted");
    expect(session.requests).toEqual([]);
  });
});

describe("a run in an environment that fails", () => {
  const plan = makePlan([makeCommand("a", "echo")], [makeCommand("revert", "echo")]);

  it("ends with exit code 6 where no session can be opened", async () => {
    const { result, story, journaled } = await startRun(plan, {
      openSession: async () => {
        throw new SessionError("No bash was found.", { hint: "Install bash." });
      },
    });

    expect(story).toEqual(["run-started", "run failed 6"]);
    expect(result).toMatchObject({ outcome: "failed", exitCode: 6 });
    expect(find(journaled, "run-ended")?.reason).toBe("No bash was found. Install bash.");
  });

  it("ends with exit code 7 before anything runs where a step is interactive and there is no terminal", async () => {
    const interactive = makeCommand("login", "echo", { attributes: { interactive: true } });

    for (const refused of [
      makePlan([makeCommand("a", "echo"), interactive]),
      makePlan([makeCommand("a", "echo")], [interactive]),
    ]) {
      const { result, story, session, journaled } = await startRun(refused);

      expect(story).toEqual(["run-started", "run refused 7"]);
      expect(result.exitCode).toBe(7);
      expect(session.requests).toEqual([]);
      expect(find(journaled, "run-ended")?.reason).toContain(
        "step login is connected to a person's terminal",
      );
    }
  });

  it("ends with exit code 6 where the session fails, and the step is unknown", async () => {
    const { result, story, session } = await startRun(plan, {
      options: { rollback: "auto" },
      session: {
        runScript: async () => {
          throw new SessionError("The shell is gone.", { hint: "Look." });
        },
      },
    });

    expect(story.slice(3)).toEqual(["a started", "a unknown", "run failed 6"]);
    expect(result).toMatchObject({ outcome: "failed", exitCode: 6 });
    expect(session.isClosed).toBe(true);
  });

  it("ends with exit code 6 where something is left behind", async () => {
    const { result } = await startRun(plan, {
      session: {
        close: async () => {
          throw new SessionError("Processes could not be ended: 1.", { hint: "" });
        },
      },
    });

    expect(result).toMatchObject({ outcome: "failed", exitCode: 6 });
  });

  it("ends its record and closes the session where there is a bug", async () => {
    const events: RunEvent[] = [];
    let isClosed = false;

    const run = startRun(plan, {
      session: {
        runScript: async () => {
          throw new TypeError("a bug");
        },
        close: async () => {
          isClosed = true;
        },
      },
      onEvent: (event) => events.push(event),
    });

    await expect(run).rejects.toThrow(TypeError);
    expect(events.at(-1)).toMatchObject({ type: "run-ended", outcome: "failed", exitCode: 1 });
    expect(isClosed).toBe(true);
  });

  it("closes the session and tells of a journal that can no longer be written", async () => {
    let isClosed = false;
    let count = 0;

    const run = startRun(makePlan([makeCommand("a", "echo"), makeCommand("b", "echo")]), {
      journal: {
        append: async (body) => {
          count += 1;
          if (body.type === "step-ended") throw new JournalError("full", { hint: "" });
          return { seq: count, time: "", ...body };
        },
      },
      session: {
        close: async () => {
          isClosed = true;
        },
      },
    });

    await expect(run).rejects.toThrow(JournalError);
    expect(isClosed).toBe(true);
    // run-started, session-started, phase-started, a's start and end, b's start: b itself never ran.
    expect(count).toBe(6);
  });
});

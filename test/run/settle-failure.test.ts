import { describe, expect, it } from "vitest";
import type { FailureAnswer } from "../../src/run/ports.ts";
import { makeCommand, makeExpectation, makeManual, makePlan } from "./make-plan.ts";
import { startRun } from "./start-run.ts";

const by = "xerxes";
const retry: FailureAnswer = { answer: "retry", by };
const abort: FailureAnswer = { answer: "abort", by };
const back: FailureAnswer = { answer: "roll-back", by };
const skipIt: FailureAnswer = { answer: "skip", by, note: "known to be flaky" };

const plan = makePlan(
  [
    makeCommand("build", "place=/build"),
    makeCommand("push", "echo [$tried] in $place\ntried=yes\nfalse"),
    makeCommand("tell", "echo told"),
  ],
  [makeCommand("revert", "echo reverted")],
);

describe("after a failure, a person at the terminal", () => {
  it("has the step done again, from the state before it, as often as they say", async () => {
    const { story, observed, session, result } = await startRun(plan, {
      choices: [retry, retry, abort],
    });

    expect(story.filter((line) => line.startsWith("push"))).toEqual([
      "push started",
      "push failed",
      "push started",
      "push failed",
      "push started",
      "push failed",
    ]);
    expect(observed.flatMap((event) => (event.type === "step-output" ? [event.text] : []))).toEqual(
      ["[] in /build\n", "[] in /build\n", "[] in /build\n"],
    );
    expect(session.requests.map(({ key }) => key)).toEqual([
      "001-build",
      "002-push",
      "002.2-push",
      "002.3-push",
    ]);
    expect(result).toMatchObject({ outcome: "failed", exitCode: 4 });
  });

  it("is asked again about what the step printed, which then is taken back", async () => {
    const expectation = makeExpectation("ready\n");
    const wrong = makePlan([makeCommand("poll", "echo [$tried]\ntried=yes", { expectation })]);

    const { observed, failures } = await startRun(wrong, { choices: [retry, abort] });

    expect(observed.flatMap((event) => (event.type === "step-output" ? [event.text] : []))).toEqual(
      ["[]\n", "[]\n"],
    );
    expect(failures[0]?.text).toBe(
      "Step poll did not give the expected output: Exit code 0 is right, but the output is not what the runbook expects.",
    );
  });

  it("has its automatic attempts again with each retry", async () => {
    const attributes = { retry: 1 };
    const poll = makePlan([makeCommand("poll", "false", { attributes })]);

    const { story, waitedMs } = await startRun(poll, { choices: [retry, abort] });

    expect(story.filter((line) => line === "poll started")).toHaveLength(4);
    expect(waitedMs).toEqual([1000, 1000]);
  });

  it("skips it with a reason, and the run goes on and completes", async () => {
    const { story, journaled, result } = await startRun(plan, { choices: [skipIt] });

    expect(story.slice(7)).toEqual([
      "push failed",
      "asked about push",
      "skip (known to be flaky) by xerxes",
      "push skipped",
      "tell started",
      "tell passed",
      "run completed 0",
    ]);
    expect(
      journaled.findLast((event) => event.type === "step-ended" && event.stepId === "push"),
    ).toMatchObject({ reason: "xerxes skipped it: known to be flaky" });
    expect(result.summary.steps.map(({ outcome }) => outcome)).toEqual([
      "passed",
      "skipped",
      "passed",
    ]);
  });

  it("keeps what a skipped step did to the shell where only its output was wrong", async () => {
    const expectation = makeExpectation("ready\n");
    const step = makeCommand("enter", "place=/there", { expectation });
    const { observed } = await startRun(makePlan([step, makeCommand("tell", "echo $place")]), {
      choices: [skipIt],
    });

    expect(observed.flatMap((event) => (event.type === "step-output" ? [event.text] : []))).toEqual(
      ["/there\n"],
    );
  });

  it("rolls back, and is not asked a second time", async () => {
    const { story, questions, result } = await startRun(plan, { choices: [back] });

    expect(story.slice(-6)).toEqual([
      "asked about push",
      "roll back by xerxes",
      "phase rollback: revert",
      "revert started",
      "revert passed",
      "run rolled-back 4",
    ]);
    expect(questions).toEqual([]);
    expect(result).toMatchObject({ outcome: "rolled-back", exitCode: 4 });
  });

  it("stops, and is told how to roll back later", async () => {
    const { story, journaled, questions, result } = await startRun(plan, { choices: [abort] });

    expect(story.slice(-4)).toEqual([
      "asked about push",
      "stop by xerxes",
      "notice",
      "run failed 4",
    ]);
    expect(journaled.find((event) => event.type === "notice")).toMatchObject({
      text: "Nothing was rolled back: xerxes stopped the run. To do it: opswright rollback run-1",
    });
    expect(questions).toEqual([]);
    expect(result).toMatchObject({ outcome: "failed", exitCode: 4 });
  });

  it("is offered a rollback only where there is a way back", async () => {
    const { failures } = await startRun(makePlan([makeCommand("push", "false")]), {
      choices: [abort],
    });
    const choicesOf = failures.map(({ choices }) => choices.map(({ choice }) => choice));

    expect(choicesOf).toEqual([["abort", "retry", "skip"]]);
  });

  it("decides of the steps of a rollback too, in which there is no further way back", async () => {
    const failing = makePlan(
      [makeCommand("push", "false")],
      [makeCommand("revert", "exit 2"), makeCommand("tell", "echo")],
    );

    const { story, failures, result } = await startRun(failing, { choices: [back, skipIt] });

    expect(failures.map(({ choices }) => choices.map(({ choice }) => choice))).toEqual([
      ["abort", "retry", "skip", "roll-back"],
      ["abort", "retry", "skip"],
    ]);
    expect(story.slice(-3)).toEqual(["tell started", "tell passed", "run rolled-back 4"]);
    expect(result.outcome).toBe("rolled-back");
  });

  it("who stops in a rollback leaves it half-way", async () => {
    const failing = makePlan([makeCommand("push", "false")], [makeCommand("revert", "exit 2")]);

    const { result, journaled } = await startRun(failing, { choices: [back, abort] });

    expect(result).toMatchObject({ outcome: "rollback-failed", exitCode: 4 });
    expect(journaled.at(-1)).toMatchObject({
      reason:
        "Step push failed: Exit code 1. Then the rollback stopped: Step revert failed: Exit code 2.",
    });
  });

  it("is asked about what a person could not do, and then asked to do it again", async () => {
    const manual = makePlan([makeManual("look")]);
    const failed = { answer: "failed", by } as const;

    const { story, questions } = await startRun(manual, {
      answers: { look: failed },
      choices: [retry, abort],
    });

    expect(questions.map(({ kind }) => kind)).toEqual(["manual", "manual"]);
    expect(story.filter((line) => line === "look failed")).toHaveLength(2);
  });

  it("does not hear of a step that may fail, nor of one that a person refused", async () => {
    const attributes = { continueOnError: true };
    const fine = makePlan([makeCommand("try", "false", { attributes })]);
    const refused = makePlan([makeCommand("push", "echo", { attributes: { confirm: "Sure?" } })]);

    expect((await startRun(fine, { choices: [abort] })).failures).toEqual([]);
    expect((await startRun(refused, { choices: [abort] })).failures).toEqual([]);
  });

  it("who goes away is not there for the rollback either", async () => {
    const { story, result } = await startRun(plan, { choices: [] });

    expect(story.slice(-4)).toEqual([
      "asked about push",
      "asked about the run",
      "notice",
      "run failed 4",
    ]);
    expect(result.exitCode).toBe(4);
  });

  it("is cut short where the run is ended from outside", async () => {
    const run = new AbortController();
    const { story, result } = await startRun(plan, {
      options: { interrupted: run.signal },
      choices: [new Promise(() => {}) as never],
      onEvent: (event) => {
        if (event.type === "question-asked") run.abort();
      },
    });

    expect(story.at(-1)).toBe("run interrupted 130");
    expect(result.exitCode).toBe(130);
  });

  it.each([
    ["--rollback auto", { rollback: "auto" }],
    ["--rollback never", { rollback: "never" }],
    ["a drill", { isRehearsal: true, rollback: "auto" }],
    ["a drill that asks", { isRehearsal: true }],
  ] as const)("is not asked where %s says what becomes of it", async (_, options) => {
    const { failures } = await startRun(plan, { options, choices: [retry] });

    expect(failures).toEqual([]);
  });

  it("is asked where --yes was given: it answers nothing here", async () => {
    const { failures, story } = await startRun(plan, {
      options: { assumeYes: true },
      choices: [skipIt],
    });

    expect(failures).toHaveLength(1);
    expect(story).toContain("skip (known to be flaky) by xerxes");
  });

  it("has a server begun again that has fallen, or goes on without it", async () => {
    const attributes = { background: true };
    const served = makePlan([
      makeCommand("serve", "echo", { attributes }),
      makeCommand("use", "echo used"),
      makeCommand("more", "echo used"),
      makeCommand("last", "echo used"),
    ]);
    // It is ready, has fallen, is ready again, and has fallen again.
    const looks = [true, false, true, false];
    const session = {
      findBackground: () => ({
        look: async () => ({ isRunning: looks.shift() ?? true, exitCode: 1 }),
        readOutput: async () => new Uint8Array(),
        end: async () => {},
      }),
    };

    const { story } = await startRun(served, {
      session,
      choices: [retry, skipIt],
    });

    expect(story.slice(3)).toEqual([
      "serve started",
      "serve passed",
      "use started",
      "use passed",
      "serve failed",
      "asked about serve",
      "retry by xerxes",
      "serve started",
      "serve passed",
      "more started",
      "more passed",
      "serve failed",
      "asked about serve",
      "skip (known to be flaky) by xerxes",
      "serve skipped",
      "last started",
      "last passed",
      "run completed 0",
    ]);
  });
});

import { describe, expect, test } from "vitest";
import type { RunEventBody } from "../../../src/model/run-event.ts";
import { measureDisplayWidth } from "../../../src/report/display-width.ts";
import {
  createRunView,
  type RunViewOptions,
} from "../../../src/report/run-view/create-run-view.ts";
import { createTextStyle } from "../../../src/report/text-style.ts";
import {
  firstEventMs,
  makeCommand,
  makeManual,
  makePlan,
  numberEvents,
  runStep,
  startRun,
} from "./make-run.ts";

function createView(
  more: Partial<RunViewOptions> & { columns?: number; hasColors?: boolean } = {},
) {
  const { columns = 80, hasColors = false, ...options } = more;
  const style = createTextStyle({ columns, hasColors });
  return createRunView({ style, isInteractive: false, verbosity: "normal", ...options });
}

function show(
  bodies: readonly RunEventBody[],
  more: Parameters<typeof createView>[0] = {},
): string {
  const view = createView(more);
  return numberEvents(bodies)
    .map((event) => view.handle(event))
    .join("");
}

const plan = makePlan(
  [
    makeCommand(1, "tests", { title: "Run the tests", context: ["Checks"], isCheck: true }),
    makeManual(2, "tell", "Tell support that a deployment begins."),
    makeCommand(3, "push", {
      title: "Push to develop",
      script: "git add .\ngit push origin develop",
      risk: { level: "change", reasons: ["git push changes the remote"] },
    }),
    makeCommand(4, "health"),
  ],
  {
    inputs: [
      { name: "METHOD", type: "enum", value: "automatic", source: "default" },
      { name: "NOTE", type: "string", source: "unset" },
      { name: "TOKEN", type: "secret", source: "secret" },
    ],
  },
);

const failing: readonly RunEventBody[] = [
  startRun(plan),
  { type: "session-started", pid: 1, generation: 1 },
  {
    type: "phase-started",
    phase: "main",
    title: "Deploy",
    steps: ["tests", "tell", "push", "health"],
  },
  ...runStep("tests", "470 passed\n"),
  { type: "step-started", stepId: "tell", phase: "main", attempt: 1 },
  { type: "question-asked", stepId: "tell", question: "Is it done?" },
  {
    type: "question-answered",
    stepId: "tell",
    question: "Is it done?",
    answer: "yes",
    by: "xerxes (--yes)",
  },
  { type: "step-ended", stepId: "tell", phase: "main", outcome: "passed", durationMs: 3 },
  ...runStep("push", "rejected\n", {
    outcome: "failed",
    exitCode: 1,
    durationMs: 3400,
    reason: "`git push origin develop` ended with 1.",
  }),
  { type: "run-ended", outcome: "failed", exitCode: 4, durationMs: 5000 },
];

describe("a run in a pipe", () => {
  test("is told in plain lines from header to next action", () => {
    expect(show(failing)).toBe(`Deploy UnionCore
deployment:deploy · 4 steps · plan 3f2a9c1b7d04 · run 20260203-101500-ab12

  METHOD  automatic (default)
  NOTE    (no value)
  TOKEN   •••• (secret)

▸ 1/4  Run the tests  check
  Checks
  $ ./tests
  │ 470 passed
  ✓ 1.2s

▸ 2/4  tell  by hand
  Tell support that a deployment begins.
  ? yes, by xerxes (--yes)
  ✓ done, 3ms

▸ 3/4  Push to develop  change
  $ git add .
    git push origin develop
  │ rejected
  ✗ exit 1 after 3.4s
    \`git push origin develop\` ended with 1.
    Log: opswright runs logs 20260203-101500-ab12 --step push

  1  Run the tests    ✓ passed   1.2s
  2  tell             ✓ passed    3ms
  3  Push to develop  ✗ failed   3.4s
  4  health           · not run

✗ Failed at step 3 of 4, “Push to develop” (exit 1) after 5.0s. 1 step was not
run.
Look back:  opswright runs show 20260203-101500-ab12
Its output: opswright runs logs 20260203-101500-ab12 --step push
Go on:      opswright resume 20260203-101500-ab12
Begin anew: opswright run deployment:deploy --from push
`);
  });

  test("quiet tells the failure with the end of its output, and the verdict", () => {
    expect(show(failing, { verbosity: "quiet" })).toBe(`▸ 3/4  Push to develop  change
  $ git add .
    git push origin develop
  │ rejected
  ✗ exit 1 after 3.4s
    \`git push origin develop\` ended with 1.
    Log: opswright runs logs 20260203-101500-ab12 --step push
✗ Failed at step 3 of 4, “Push to develop” (exit 1) after 5.0s. 1 step was not
run.
Look back:  opswright runs show 20260203-101500-ab12
Its output: opswright runs logs 20260203-101500-ab12 --step push
Go on:      opswright resume 20260203-101500-ab12
Begin anew: opswright run deployment:deploy --from push
`);
  });

  test("tells more when verbose: where each step stands, and the shell", () => {
    const text = show(failing, { verbosity: "verbose" });
    expect(text).toContain("  · Shell started, process 1.\n");
    expect(text).toContain("▸ 3/4  Push to develop  change\n  runbooks/deployment.mdx:30\n");
  });

  test("has no control character but line feeds, and one sign of life in thirty seconds of silence", () => {
    const view = createView();
    const events = numberEvents([startRun(plan), ...runStep("tests", "").slice(0, 1)]);
    let text = events.map((event) => view.handle(event)).join("");
    for (let afterMs = 0; afterMs <= 65_000; afterMs += 100) {
      text += view.tick(firstEventMs + 1000 + afterMs);
    }
    expect(text).toContain("  … running for 30s\n  … running for 1m\n");
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/u);
    expect(text.match(/…/gu)).toHaveLength(2);
  });

  test("says what happened in each way a run can end", () => {
    const end = (
      more: Partial<RunEventBody & { type: "run-ended" }>,
      before: readonly RunEventBody[] = [],
    ) =>
      show(
        [
          startRun(makePlan([makeCommand(1, "push"), makeCommand(2, "health")])),
          ...before,
          { type: "run-ended", outcome: "completed", exitCode: 0, durationMs: 61_000, ...more },
        ],
        { verbosity: "quiet", columns: 500 },
      )
        .split("\n")
        .find((line) => /^[✓✗■]/u.test(line));
    const passed = [...runStep("push", ""), ...runStep("health", "")];
    const failed = runStep("push", "", { outcome: "timed-out", durationMs: 30_000 });
    const undo = runStep("undo-push", "", { phase: "rollback" });
    expect(end({}, passed)).toBe("✓ Completed: 2 steps in 1m 1s.");
    expect(
      end({}, [
        ...runStep("push", ""),
        ...runStep("health", "", { outcome: "skipped", reason: "no" }).slice(1),
      ]),
    ).toBe("✓ Completed: 1 step, 1 skipped in 1m 1s.");
    expect(end({ outcome: "failed", exitCode: 4 }, failed)).toBe(
      "✗ Failed at step 1 of 2, “push” (timed out) after 1m 1s. 1 step was not run.",
    );
    expect(end({ outcome: "rolled-back", exitCode: 4 }, [...failed, ...undo])).toBe(
      "✗ Failed at step 1 of 2, “push” (timed out), and was rolled back: 1 step passed.",
    );
    expect(
      end({ outcome: "rollback-failed", exitCode: 4 }, [
        ...failed,
        ...runStep("undo-push", "", { phase: "rollback", outcome: "failed", exitCode: 128 }),
      ]),
    ).toBe(
      "✗ Failed at step 1 of 2, “push” (timed out), and the rollback failed too at step 1, “undo-push” (exit 128). What the run changed is only partly taken back.",
    );
    expect(end({ outcome: "refused", exitCode: 7, reason: "push was declined" })).toBe(
      "✗ Stopped after 1m 1s, since a person's answer was no or was missing. push was declined. 2 steps were not run.",
    );
    expect(
      end({ outcome: "interrupted", exitCode: 130 }, runStep("push", "", { outcome: "cancelled" })),
    ).toBe("✗ Interrupted at step 1 of 2, “push” (cancelled) after 1m 1s. 1 step was not run.");
  });

  test("shows a difference, a retry, a new shell, a skipped step and a rollback", () => {
    const text = show([
      startRun(
        makePlan([makeCommand(1, "push"), makeCommand(2, "health"), makeCommand(3, "later")]),
      ),
      { type: "step-started", stepId: "push", phase: "main", attempt: 1 },
      { type: "step-started", stepId: "push", phase: "main", attempt: 2 },
      { type: "session-started", pid: 2, generation: 2 },
      {
        type: "step-ended",
        stepId: "push",
        phase: "main",
        outcome: "mismatched",
        exitCode: 0,
        durationMs: 400,
        difference: "@@ -1 +1 @@\n-ready\n+starting\n",
      },
      {
        type: "step-ended",
        stepId: "health",
        phase: "main",
        outcome: "skipped",
        durationMs: 0,
        reason: "METHOD is manual",
      },
      { type: "notice", text: "Two processes were left running and were ended." },
      { type: "phase-started", phase: "rollback", title: "Roll back", steps: ["revert"] },
      ...runStep("revert", "", { phase: "rollback" }),
      { type: "run-ended", outcome: "rolled-back", exitCode: 4, durationMs: 1000 },
    ]);
    expect(text).toContain("  ↻ attempt 2\n");
    // Of a further attempt, that goes without saying.
    expect(text).not.toContain("The shell was started anew");
    expect(text).toContain(
      "  ✗ output differs after 400ms at attempt 2\n    @@ -1 +1 @@\n    -ready\n    +starting\n",
    );
    expect(text).toContain("\n▸ 2/3  health\n  – skipped: METHOD is manual\n");
    expect(text).toContain("  · Two processes were left running and were ended.\n");
    expect(text).toContain("\n↩ Rolling back: Roll back\n\n▸ 1/1  revert\n  ✓ 1.2s\n");
    expect(text).toContain("  3  later   · not run\n\n  Rollback\n  1  revert  ✓ passed  1.2s\n");
  });
});

describe("a run on a terminal", () => {
  const erase = "\r\u001B[2K";
  const started = numberEvents([startRun(plan), ...runStep("tests", "").slice(0, 1)]);

  test("shows a progress line after two seconds of silence and takes it back", () => {
    const view = createView({ isInteractive: true });
    for (const event of started) view.handle(event);
    expect(view.tick(firstEventMs + 1000 + 1900)).toBe("");
    expect(view.tick(firstEventMs + 1000 + 2000)).toMatch(/^ {2}\S running for 2s$/u);
    expect(view.tick(firstEventMs + 1000 + 3100)).toMatch(/^\r\u001B\[2K {2}\S running for 3s$/u);
    const [, output] = numberEvents(runStep("tests", "done\n"));
    expect(output && view.handle(output)).toBe(`${erase}  │ done\n`);
    expect(view.settle()).toBe("");
  });

  test("names the step's limit, and never runs over the edge", () => {
    const view = createView({ isInteractive: true, columns: 24 });
    const limited = makePlan([makeCommand(1, "tests", { timeoutMs: 90_000 })]);
    for (const event of numberEvents([startRun(limited), ...runStep("tests", "").slice(0, 1)]))
      view.handle(event);
    const line = view.tick(firstEventMs + 21_000);
    expect(line).toMatch(/ running for 20s of…$/u);
    expect(measureDisplayWidth(line)).toBeLessThan(24);
  });

  test("shows the beginning of a line that the step has not ended, before the progress line", () => {
    const view = createView({ isInteractive: true });
    for (const event of started) view.handle(event);
    const [, , output] = numberEvents(
      runStep("tests", "Connecting… ").toSpliced(0, 0, startRun(plan)),
    );
    expect(output && view.handle(output)).toBe("");
    expect(view.tick(firstEventMs + 5000)).toMatch(/^ {2}│ Connecting…\n {2}\S running for 4s$/u);
    expect(view.settle()).toBe(erase);
  });

  test("is silent while a person is asked, and says nothing twice", () => {
    const view = createView({ isInteractive: true });
    const events = numberEvents([
      startRun(plan),
      { type: "step-started", stepId: "tell", phase: "main", attempt: 1 },
      { type: "question-asked", stepId: "tell", question: "Is it done?" },
      {
        type: "question-answered",
        stepId: "tell",
        question: "Is it done?",
        answer: "yes",
        by: "xerxes",
      },
    ]);
    const [start, step, asked, answered] = events;
    if (!start || !step || !asked || !answered) throw new Error("events are missing");
    view.handle(start);
    view.handle(step);
    expect(view.handle(asked)).toBe("");
    expect(view.tick(firstEventMs + 60_000)).toBe("");
    expect(view.handle(answered)).toBe("");
    expect(view.tick(firstEventMs + 60_000)).toContain("running for");
  });

  test("leaves the terminal to a step that is connected to it", () => {
    const view = createView({ isInteractive: true });
    const interactive = makePlan([makeCommand(1, "psql", { attributes: { interactive: true } })]);
    for (const event of numberEvents([startRun(interactive), ...runStep("psql", "").slice(0, 1)]))
      view.handle(event);
    expect(view.tick(firstEventMs + 60_000)).toBe("");
  });
});

describe("what a runbook or a program says", () => {
  const hostile = makePlan([
    makeCommand(1, "push", {
      title: "Push\u001B[2J\nit",
      context: ["a\u202Eb"],
      script: "rm -rf /\rls\u001B[8m",
    }),
  ]);

  test("cannot move the cursor, hide itself or turn its direction", () => {
    const text = show([
      startRun({ ...hostile, title: "\u001B]0;owned\u0007x" }),
      ...runStep("push", "\u001B[1A\u001B[2K\u001B]0;t\u0007ok\r\n50%\r100%\npa\u202Eid\n", {
        outcome: "failed",
        exitCode: 1,
        reason: "it said \u001B[31mno",
      }),
      { type: "run-ended", outcome: "failed", exitCode: 4, durationMs: 1 },
    ]);
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/u);
    expect(text).toContain(String.raw`  $ rm -rf /\x0dls\x1b[8m`);
    expect(text).toContain(`  │ ok\n  │ ␍ 100%\n  │ pa${String.raw`\u202e`}id\n`);
  });

  test("keeps a program's colours on a terminal that has them, and ends them with each line", () => {
    const text = show(
      [startRun(hostile), ...runStep("push", "\u001B[31mred\nstill\u001B[0m\nplain\n")],
      {
        hasColors: true,
      },
    );
    const gutter = "  \u001B[2m│\u001B[22m ";
    expect(text).toContain(
      `${gutter}\u001B[31mred\u001B[0m\n${gutter}\u001B[31mstill\u001B[0m\u001B[0m\n${gutter}plain\n`,
    );
  });

  test("tells standard error apart, joins pieces to lines and keeps an unfinished last line", () => {
    const text = show([
      startRun(hostile),
      { type: "step-started", stepId: "push", phase: "main", attempt: 1 },
      { type: "step-output", stepId: "push", stream: "stdout", text: "one\ntw" },
      { type: "step-output", stepId: "push", stream: "stderr", text: "warning\n" },
      { type: "step-output", stepId: "push", stream: "stdout", text: "o\nthree" },
      { type: "step-ended", stepId: "push", phase: "main", outcome: "passed", durationMs: 1 },
    ]);
    expect(text).toContain("  │ one\n  ┆ warning\n  │ two\n  │ three\n  ✓ 1ms\n");
  });
});

test.each([40, 80, 120])("all but commands and output fits %i columns", (columns) => {
  const long = makePlan([
    makeCommand(1, "step-with-a-long-id", {
      title:
        "A title that is so long that it cannot stand on one line of a narrow terminal 配備配備配備",
      context: ["A section with a long title", "And another section below it, just as long"],
      risk: { level: "destructive", reasons: [] },
      script: "true",
    }),
    makeManual(
      2,
      "manual",
      "Something to be done by a person, explained at some length and in detail.",
    ),
  ]);
  const text = show(
    [
      startRun(long),
      ...runStep("step-with-a-long-id", ""),
      {
        type: "notice",
        text: "A notice of some length that has to be broken as well as all the others.",
      },
      {
        type: "run-ended",
        outcome: "refused",
        exitCode: 7,
        durationMs: 1,
        reason: "nobody said yes",
      },
    ],
    { columns },
  );
  const lines = text.split("\n").filter((line) => !/opswright (?:run|resume)/u.test(line));
  for (const line of lines) expect(measureDisplayWidth(line), line).toBeLessThanOrEqual(columns);
});

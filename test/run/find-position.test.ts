import { describe, expect, test } from "vitest";
import type { RunEvent, RunEventBody, StepOutcome } from "../../src/model/run-event.ts";
import { findPosition } from "../../src/run/find-position.ts";
import { makeCommand, makePlan } from "./make-plan.ts";

const steps = [
  makeCommand("a", "a"),
  makeCommand("b", "b", { attributes: { continueOnError: true } }),
  makeCommand("c", "c"),
];
const plan = makePlan(steps);

function number(bodies: readonly RunEventBody[]): readonly RunEvent[] {
  return bodies.map((body, at) => ({ seq: at + 1, time: "2026-11-22T20:45:12.345Z", ...body }));
}

const main = { type: "phase-started", phase: "main", title: "T", steps: ["a", "b", "c"] } as const;
const started = (stepId: string, attempt = 1): RunEventBody => ({
  type: "step-started",
  stepId,
  phase: "main",
  attempt,
});
const ended = (stepId: string, outcome: StepOutcome): RunEventBody => ({
  type: "step-ended",
  stepId,
  phase: "main",
  outcome,
  durationMs: 1,
});

describe("a run goes on", () => {
  test.each<[words: string, events: readonly RunEventBody[], doneCount: number, open?: string]>([
    ["at its first step where none was begun", [main], 0],
    ["with the step that was going on", [main, started("a")], 0, "a 1"],
    [
      "with its later attempt",
      [main, started("a"), ended("a", "failed"), started("a", 2)],
      0,
      "a 2",
    ],
    ["behind one that passed", [main, started("a"), ended("a", "passed")], 1],
    ["behind one that was skipped", [main, ended("a", "skipped")], 1],
    ["at one that failed", [main, started("a"), ended("a", "failed")], 0],
    ["behind one that was allowed to fail", [main, ended("a", "passed"), ended("b", "failed")], 2],
    [
      "at one that is unknown, allowed or not",
      [main, ended("a", "passed"), ended("b", "unknown")],
      1,
    ],
    [
      "past a cancelled one that a person went past",
      [main, ended("a", "cancelled"), started("b")],
      1,
      "b 1",
    ],
    ["behind its last step", [main, ended("c", "passed")], 3],
  ])("%s", (_words, bodies, doneCount, open) => {
    const position = findPosition(plan, number(bodies));
    expect(position.phase).toBe("main");
    expect(position.doneCount).toBe(doneCount);
    expect(position.open && `${position.open.step.id} ${position.open.attempt}`).toBe(open);
  });

  test("nowhere yet where no phase has begun", () => {
    expect(findPosition(plan, [])).toMatchObject({ phase: undefined, doneCount: 0 });
  });

  test("in the rollback, and knows why", () => {
    const withRollback = makePlan(steps, [makeCommand("x", "x"), makeCommand("a", "a")]);
    const events = number([
      main,
      { ...(ended("a", "failed") as RunEvent & { type: "step-ended" }), reason: "Exit code 3." },
      { type: "phase-started", phase: "rollback", title: "Back", steps: ["x", "a"] },
      { type: "step-ended", stepId: "x", phase: "rollback", outcome: "passed", durationMs: 1 },
    ]);
    expect(findPosition(withRollback, events)).toMatchObject({
      phase: "rollback",
      doneCount: 1,
      failure: { step: "a", reason: "Step a failed: Exit code 3." },
    });
  });
});

import { describe, expect, it } from "vitest";
import type { RunEvent, RunEventBody } from "../../src/model/run-event.ts";
import { summariseRun } from "../../src/run/summarise-run.ts";
import { makeCommand, makePlan } from "./make-plan.ts";

const plan = makePlan([makeCommand("a", ""), makeCommand("b", "")], [makeCommand("undo", "")]);
const start: RunEventBody = {
  type: "run-started",
  run: "r",
  plan,
  host: "h",
  user: "u",
  pid: 1,
  directory: "/",
  version: "1",
};

function number(...bodies: RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, time: `t${index + 1}`, ...body }));
}

describe("summariseRun", () => {
  it("tells of a run that has only begun", () => {
    expect(summariseRun(number(start))).toEqual({
      run: "r",
      target: "deployment",
      title: "Deploy",
      planDigest: plan.digest,
      startedAt: "t1",
      user: "u",
      durationMs: undefined,
      outcome: "running",
      exitCode: undefined,
      steps: [
        { stepId: "a", title: "Title of a", phase: "main", outcome: "pending" },
        { stepId: "b", title: "Title of b", phase: "main", outcome: "pending" },
      ],
    });
  });

  it("takes a step's last word, and the rollback's steps once it has begun", () => {
    const summary = summariseRun(
      number(
        start,
        { type: "step-started", stepId: "a", phase: "main", attempt: 1 },
        {
          type: "step-ended",
          stepId: "a",
          phase: "main",
          outcome: "failed",
          exitCode: 1,
          durationMs: 3,
          reason: "no",
        },
        { type: "step-started", stepId: "a", phase: "main", attempt: 2 },
        {
          type: "step-ended",
          stepId: "a",
          phase: "main",
          outcome: "passed",
          exitCode: 0,
          durationMs: 7,
        },
        { type: "step-started", stepId: "b", phase: "main", attempt: 1 },
        { type: "phase-started", phase: "rollback", title: "Roll back", steps: ["undo"] },
      ),
    );

    expect(summary.steps).toEqual([
      {
        stepId: "a",
        title: "Title of a",
        phase: "main",
        outcome: "passed",
        exitCode: 0,
        durationMs: 7,
        reason: undefined,
      },
      { stepId: "b", title: "Title of b", phase: "main", outcome: "running" },
      { stepId: "undo", title: "Title of undo", phase: "rollback", outcome: "pending" },
    ]);
  });

  it("refuses events that do not begin with the run's start", () => {
    expect(() => summariseRun([])).toThrow("run-started");
  });
});

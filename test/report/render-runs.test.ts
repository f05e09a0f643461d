import { expect, test } from "vitest";
import { renderRun } from "../../src/report/render-runs.ts";
import { readRunProgress } from "../../src/report/run-view/run-progress.ts";
import { createTextStyle } from "../../src/report/text-style.ts";
import { makeCommand, makePlan, numberEvents, startRun } from "./run-view/make-run.ts";

const style = createTextStyle({ columns: 200, hasColors: false });
const plan = makePlan([makeCommand(1, "drain"), makeCommand(2, "push", { title: "Push" })]);
const started = { type: "step-started", stepId: "push", phase: "main", attempt: 1 } as const;

function render(events: Parameters<typeof numberEvents>[0], state: "died" | "running"): string {
  const progress = readRunProgress(numberEvents(events));
  if (progress === undefined) throw new Error("The first event is missing.");
  return renderRun(progress, state, style);
}

test("a run whose process died says where, and that its step may still be running", () => {
  const shown = render([startRun(plan), started], "died");
  expect(shown).toContain("✗ Its process has died at step 2 of 2, “Push”");
  expect(shown).toContain(
    "which may still be running.\nGo on:      opswright resume 20260203-101500-ab12",
  );
  expect(shown).not.toContain("The run has not ended");
});

test("a run that died between its steps names none, and one that goes on is not dead", () => {
  expect(render([startRun(plan)], "died")).toContain(
    "✗ Its process has died between two steps; nothing of it is lost.",
  );
  expect(render([startRun(plan), started], "running")).toContain(
    "The run has not ended; it is at step 2 of 2, “Push”.",
  );
});

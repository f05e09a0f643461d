import { expect, test } from "vitest";
import { judgeDrill } from "../../src/drill/judge-drill.ts";
import type { RunSummary, StepSummary } from "../../src/model/run-event.ts";
import type { WorldCase } from "../../src/model/world.ts";

function summary(
  outcome: RunSummary["outcome"],
  failed?: string,
  phase: StepSummary["phase"] = "main",
): RunSummary {
  const step = (stepId: string, end: StepSummary["outcome"]): StepSummary => ({
    stepId,
    title: stepId,
    phase: stepId === failed ? phase : "main",
    outcome: end,
  });
  return {
    run: "r",
    target: "deployment",
    title: "T",
    planDigest: "0",
    startedAt: "2026-02-03T10:00:00.000Z",
    user: "xerxes",
    outcome,
    steps: [step("first", "passed"), ...(failed === undefined ? [] : [step(failed, "failed")])],
  };
}

test.each<[WorldCase["expect"], RunSummary, boolean, RegExp]>([
  [undefined, summary("completed"), true, /completed, as the case expects/],
  [{ outcome: "completed" }, summary("completed"), true, /completed/],
  [
    undefined,
    summary("failed", "push"),
    false,
    /failed at the step push; the case expects that it completed/,
  ],
  [undefined, summary("rolled-back", "push"), false, /was rolled back at the step push/],
  [{ outcome: "failed" }, summary("failed", "push"), true, /failed, as/],
  [{ outcome: "failed", step: "push" }, summary("failed", "push"), true, /as the case expects/],
  [
    { outcome: "failed", step: "pull" },
    summary("failed", "push"),
    false,
    /is push; the case expects pull/,
  ],
  [
    { outcome: "rolled-back", step: "push" },
    summary("rolled-back", "push"),
    true,
    /rolled back, as/,
  ],
  [
    { outcome: "rolled-back", step: "undo" },
    summary("rolled-back", "undo", "rollback"),
    false,
    /is none; the case expects undo/,
  ],
  [
    { outcome: "failed" },
    summary("completed"),
    false,
    /completed; the case expects that it failed/,
  ],
  [{ outcome: "failed" }, summary("rollback-failed", "push"), false, /and so did its rollback/],
  [undefined, summary("refused"), false, /want of a person's answer/],
  [undefined, summary("interrupted"), false, /interrupted/],
  [undefined, summary("running"), false, /did not end/],
  [undefined, summary("died"), false, /did not end/],
])("%j", (expected, run, isAsExpected, sentence) => {
  const one: WorldCase = { name: "c", target: "deployment", expect: expected };
  const verdict = judgeDrill(one, run);
  expect(verdict.isAsExpected).toBe(isAsExpected);
  expect(verdict.sentence).toMatch(sentence);
});

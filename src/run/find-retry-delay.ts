import type { PlannedCommand } from "../model/plan.ts";
import type { RunEvent, RunPhase, StepOutcome } from "../model/run-event.ts";

/** Between two attempts where the runbook does not say. */
const usualIntervalMs = 1000;

/**
 * Says after how long a command that ended so is tried again; undefined where it is not.
 *
 * `retry=5` is six attempts. Those before a failure that was the last one do not count: a step that is
 * done again on resume has all of its attempts. What was cancelled, or whose end nobody knows, is not
 * tried again. No I/O.
 */
export function findRetryDelay(
  step: PlannedCommand,
  phase: RunPhase,
  outcome: StepOutcome,
  events: readonly RunEvent[],
): number | undefined {
  const { retry = 0, intervalMs = usualIntervalMs } = step.attributes;
  if (retry === 0 || !["failed", "mismatched", "timed-out"].includes(outcome)) return undefined;
  const ofStep = events.filter((event) => "phase" in event && isOf(event, step.id, phase));
  const last = ofStep.findLastIndex(
    (event) => event.type === "step-ended" && event.retryInMs === undefined,
  );
  const attempts = ofStep.slice(last + 1).filter(({ type }) => type === "step-started").length;
  return attempts <= retry ? intervalMs : undefined;
}

function isOf(event: RunEvent, stepId: string, phase: RunPhase): boolean {
  const isAttempt = event.type === "step-started" || event.type === "step-ended";
  return isAttempt && event.stepId === stepId && event.phase === phase;
}

import type { Plan, PlannedStep } from "../model/plan.ts";
import type { RunEvent } from "../model/run-event.ts";
import { listUndoing } from "../plan/list-steps.ts";

/** What a run's rollback does. */
export interface Rollback {
  readonly title: string;
  /** Numbered from 1. */
  readonly steps: readonly PlannedStep[];
}

/**
 * Lists the steps of a run's rollback: those that take back what has passed, the last first, and then
 * the procedure's `onFailure`; undefined where there is nothing to do. A step is there once. No I/O.
 */
export function listRollback(plan: Plan, events: readonly RunEvent[]): Rollback | undefined {
  const passed = new Set(
    events.flatMap((event) =>
      event.type === "step-ended" && event.phase === "main" && event.outcome === "passed"
        ? [event.stepId]
        : [],
    ),
  );
  const all = [...listUndoing(plan, passed), ...(plan.onFailure?.steps ?? [])];
  const steps = [...new Map(all.map((step) => [step.id, step])).values()];
  if (steps.length === 0 && plan.onFailure === undefined) return undefined;
  return {
    title: plan.onFailure?.title ?? "Take back what was done",
    steps: steps.map((step, index) => ({ ...step, number: index + 1 })),
  };
}

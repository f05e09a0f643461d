import { targetOf } from "../plan/target-of.ts";
import { letsGoOn } from "./lets-go-on.ts";
import { listInForce } from "./list-in-force.ts";
import { listRollback } from "./list-rollback.ts";
import type { Plan, PlannedStep } from "../model/plan.ts";
import type { RunEvent, RunPhase } from "../model/run-event.ts";

/** A step that was going on when the run's runner died. */
export interface OpenStep {
  readonly step: PlannedStep;
  readonly attempt: number;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
}

/** How far a run has come, as its events tell it. */
export interface RunPosition {
  /** The phase that it is in; undefined where none has begun. */
  readonly phase: RunPhase | undefined;
  /** How many steps of the phase are done with; the next one is where the run goes on. */
  readonly doneCount: number;
  /** The next step, where it was going on, or where the connection to its target was lost meanwhile. */
  readonly open?: OpenStep | undefined;
  /** True where the next step has ended, and how is not known. */
  readonly isUnknown: boolean;
  /** Why the main phase ended, where the rollback has begun. */
  readonly failure?: { readonly step: string; readonly reason: string } | undefined;
  /** How often each step was begun, by `nameAttempts`. */
  readonly attempts: ReadonlyMap<string, number>;
}

/** The key of a step in `RunPosition.attempts`. No I/O. */
export function nameAttempts(phase: RunPhase, stepId: string): string {
  return `${phase} ${stepId}`;
}

/**
 * Finds where a run goes on: at the last step that it came to in its last phase, where that has not
 * passed, was not skipped and was not allowed to fail; else at the one behind it. No I/O.
 *
 * @example two steps, the first passed, the second begun →
 *   { phase: "main", doneCount: 1, open: { step, attempt: 1, startedAt: "2026-…" }, … }
 */
export function findPosition(plan: Plan, events: readonly RunEvent[]): RunPosition {
  const phase = events.findLast((event) => event.type === "phase-started")?.phase;
  const attempts = new Map<string, number>();
  const started = new Map<string, RunEvent & { readonly type: "step-started" }>();
  const last = new Map<string, RunEvent & { readonly type: "step-started" | "step-ended" }>();
  for (const event of events) {
    if (event.type !== "step-started") continue;
    attempts.set(nameAttempts(event.phase, event.stepId), event.attempt);
  }
  for (const event of listInForce(events)) {
    if (event.type !== "step-started" && event.type !== "step-ended") continue;
    const name = nameAttempts(event.phase, event.stepId);
    last.set(name, event);
    if (event.type === "step-started") started.set(name, event);
  }
  const steps = phase === "rollback" ? (listRollback(plan, events)?.steps ?? []) : plan.steps;
  const lastOf = (step: PlannedStep) => last.get(nameAttempts(phase ?? "main", step.id));
  const isDone = (step: PlannedStep): boolean => {
    const event = lastOf(step);
    return event?.type === "step-ended" && letsGoOn(step, event.outcome);
  };
  // A person may have gone on past a step that was cancelled.
  const reached = steps.findLastIndex((step) => lastOf(step) !== undefined);
  const reachedStep = steps[reached];
  const at = reachedStep === undefined || isDone(reachedStep) ? reached + 1 : reached;
  const next = steps[at];
  const event = next && lastOf(next);
  const isUnknown = event?.type === "step-ended" && event.outcome === "unknown";
  const begin = next && started.get(nameAttempts(phase ?? "main", next.id));
  // What is on a target goes on without its connection, and can be asked how it ended.
  const isOpen = event?.type === "step-started" || (isUnknown && targetOf(next) !== undefined);
  const open =
    next !== undefined && begin !== undefined && isOpen
      ? { step: next, attempt: begin.attempt, startedAt: begin.time }
      : undefined;
  return {
    phase,
    doneCount: at,
    open,
    isUnknown,
    failure: phase === "rollback" ? findFailure(plan, last) : undefined,
    attempts,
  };
}

function findFailure(
  plan: Plan,
  last: ReadonlyMap<string, RunEvent & { readonly type: "step-started" | "step-ended" }>,
): RunPosition["failure"] {
  for (const step of plan.steps) {
    const event = last.get(nameAttempts("main", step.id));
    if (event?.type !== "step-ended" || letsGoOn(step, event.outcome)) continue;
    return { step: step.id, reason: `Step ${step.id} failed: ${event.reason ?? event.outcome}` };
  }
  return undefined;
}

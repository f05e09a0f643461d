import { listInForce } from "./list-in-force.ts";
import { listRollback } from "./list-rollback.ts";
import type { PlannedStep } from "../model/plan.ts";
import type { RunEvent, RunPhase, RunSummary, StepSummary } from "../model/run-event.ts";

/**
 * The state of a run as its events give it: all steps of the plan, and those of the rollback once it
 * has begun, in the order of the run; steps that were not reached are `pending`.
 *
 * Without a `run-ended` the outcome is `running`: whether its process still lives, events cannot
 * tell. Throws where the first event is not `run-started`. No I/O.
 */
export function summariseRun(events: Iterable<RunEvent>): RunSummary {
  const list = [...events];
  const start = list[0];
  if (start?.type !== "run-started") throw new Error("a run's first event is run-started");
  const last = list.findLast(({ type }) => type === "run-ended" || type === "run-resumed");
  const end = last?.type === "run-ended" ? last : undefined;
  const hasRollback = list.some(
    (event) => event.type === "phase-started" && event.phase === "rollback",
  );
  const lastOfStep = findLastOfSteps(listInForce(list));
  const main = start.plan.steps.map((step) => summariseStep(step, "main", lastOfStep));
  const rollback = hasRollback
    ? (listRollback(start.plan, list)?.steps ?? []).map((step) =>
        summariseStep(step, "rollback", lastOfStep),
      )
    : [];
  return {
    run: start.run,
    target: start.plan.target,
    title: start.plan.title,
    planDigest: start.plan.digest,
    startedAt: start.time,
    user: start.user,
    ...(start.isRehearsal && { isRehearsal: true }),
    durationMs: end?.durationMs,
    outcome: end?.outcome ?? "running",
    exitCode: end?.exitCode,
    steps: [...main, ...rollback],
  };
}

type StepEvent = RunEvent & { readonly type: "step-started" | "step-ended" };

/** By phase and step the last event of it: a later attempt counts, not the ones before it. */
function findLastOfSteps(events: readonly RunEvent[]): ReadonlyMap<string, StepEvent> {
  const last = new Map<string, StepEvent>();
  for (const event of events) {
    if (event.type !== "step-started" && event.type !== "step-ended") continue;
    last.set(`${event.phase} ${event.stepId}`, event);
  }
  return last;
}

function summariseStep(
  step: PlannedStep,
  phase: RunPhase,
  lastOfStep: ReadonlyMap<string, StepEvent>,
): StepSummary {
  const last = lastOfStep.get(`${phase} ${step.id}`);
  const about = { stepId: step.id, title: step.title, phase };
  if (last?.type === "step-started") return { ...about, outcome: "running" };
  if (last === undefined) return { ...about, outcome: "pending" };
  return {
    ...about,
    outcome: last.outcome,
    durationMs: last.durationMs,
    exitCode: last.exitCode,
    reason: last.reason,
  };
}

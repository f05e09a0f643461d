import type { Plan, PlannedStep } from "../model/plan.ts";
import { targetOf } from "./target-of.ts";

/** Lists every step of a plan: those that it does, those that take them back, and its rollback's. No I/O. */
export function listSteps({ steps, undo = [], onFailure }: Plan): readonly PlannedStep[] {
  return [...steps, ...undo, ...(onFailure?.steps ?? [])];
}

/** The ids of a plan's steps on a target that go on beside others. No I/O. */
export function listServersOn(plan: Plan, target: string): readonly string[] {
  return listSteps(plan)
    .filter(
      (step) =>
        step.kind === "command" && step.attributes.background === true && targetOf(step) === target,
    )
    .map(({ id }) => id);
}

/** Whether there is a way back for a plan of which the steps of these ids have passed. No I/O. */
export function hasRollback(plan: Plan, passed: ReadonlySet<string>): boolean {
  return plan.onFailure !== undefined || listUndoing(plan, passed).length > 0;
}

/** Lists the steps that take back those which have passed, the last of these first. No I/O. */
export function listUndoing(
  { steps, undo = [] }: Plan,
  passed: ReadonlySet<string>,
): readonly PlannedStep[] {
  return steps.toReversed().flatMap((step) => {
    const name = step.kind === "command" && passed.has(step.id) ? step.undo : undefined;
    return undo.filter(({ id }) => id === name);
  });
}

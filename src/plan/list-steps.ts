import type { Plan, PlannedStep } from "../model/plan.ts";

/** Lists every step of a plan: those that it does, those that take them back, and its rollback's. No I/O. */
export function listSteps({ steps, undo = [], onFailure }: Plan): readonly PlannedStep[] {
  return [...steps, ...undo, ...(onFailure?.steps ?? [])];
}

/** Whether a plan has a way back. No I/O. */
export function hasRollback({ undo = [], onFailure }: Plan): boolean {
  return undo.length > 0 || onFailure !== undefined;
}

import { listSteps } from "./list-steps.ts";
import type { Plan, PlannedStep } from "../model/plan.ts";

/**
 * Lists the ids of the steps of a plan that another plan of the same target has no more, or has
 * otherwise: another text, another order of attributes does not count. Steps that only the other has
 * are left out. No I/O.
 */
export function findChangedSteps(plan: Plan, other: Plan): readonly string[] {
  const others = new Map(
    listSteps(other)
      .toReversed()
      .map((step) => [step.id, tell(step)]),
  );
  return listSteps(plan)
    .filter((step) => others.get(step.id) !== tell(step))
    .map(({ id }) => id);
}

function tell(step: PlannedStep): string {
  if (step.kind === "manual") return JSON.stringify([step.title, step.text]);
  const { script, interpreter, attributes, expectation } = step;
  const sorted = Object.entries(attributes).toSorted(([one], [another]) =>
    one < another ? -1 : 1,
  );
  const { match, stream, ansi, text } = expectation ?? {};
  return JSON.stringify([script, interpreter, sorted, match, stream, ansi, text]);
}

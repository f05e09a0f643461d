import type { PlannedStep } from "../model/plan.ts";
import type { StepOutcome } from "../model/run-event.ts";

/** Whether a run goes on with the next step after this one has ended so. No I/O. */
export function letsGoOn(step: PlannedStep, outcome: StepOutcome): boolean {
  if (outcome === "passed" || outcome === "skipped") return true;
  const isAllowed = step.kind === "command" && step.attributes.continueOnError === true;
  return isAllowed && outcome !== "unknown" && outcome !== "cancelled";
}

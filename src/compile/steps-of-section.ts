import type { Runbook, Step } from "../model/runbook.ts";
import { isInSection } from "./is-in-section.ts";

/**
 * Whether a step takes back another one of these, by that one's `undo`: it then is no part of what is
 * done when all of these are. No I/O.
 */
export function isUndoStep(step: Step, steps: readonly Step[]): boolean {
  return steps.some((other) => other.kind === "command" && other.attributes.undo === step.id);
}

/** Lists what is done where a section is: its steps, but for those that take others of it back. No I/O. */
export function stepsOfSection({ steps, sections }: Runbook, id: string): readonly Step[] {
  const inside = steps.filter((step) => isInSection(step, id, sections));
  return inside.filter((step) => !isUndoStep(step, inside));
}

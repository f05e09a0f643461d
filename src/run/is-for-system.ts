import type { PlannedStep } from "../model/plan.ts";

/**
 * Says whether a step is for an operating system: it names none, or that one among others.
 *
 * `system` is `linux`, `darwin` or `windows`, as runbooks say it. No I/O.
 */
export function isForSystem(step: PlannedStep, system: string): boolean {
  const wanted = step.kind === "command" ? step.attributes.os : undefined;
  return wanted === undefined || wanted.includes(system);
}

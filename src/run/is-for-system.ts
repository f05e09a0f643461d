import type { PlannedStep } from "../model/plan.ts";
import { targetOf } from "../plan/target-of.ts";

/** The operating systems of the machines of a run, as runbooks say them: `linux`, `darwin`, `windows`. */
export interface MachineSystems {
  /** This machine's. */
  readonly local: string;
  /** By target, of those that have told. */
  readonly targets: ReadonlyMap<string, string>;
}

/** The operating system of the machine on which a step runs; undefined where that has not told yet. No I/O. */
export function systemOf(
  step: PlannedStep,
  { local, targets }: MachineSystems,
): string | undefined {
  const target = targetOf(step);
  return target === undefined ? local : targets.get(target);
}

/**
 * Says whether a step is for the operating system of the machine on which it runs: it names none, or that
 * one among others; undefined where that machine has not told yet. No I/O.
 */
export function isForSystem(step: PlannedStep, systems: MachineSystems): boolean | undefined {
  const wanted = step.kind === "command" ? step.attributes.os : undefined;
  if (wanted === undefined) return true;
  const system = systemOf(step, systems);
  return system === undefined ? undefined : wanted.includes(system);
}

import { listSteps } from "../plan/list-steps.ts";
import process from "node:process";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan, PlannedTool } from "../model/plan.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { targetOf } from "../plan/target-of.ts";
import { isForSystem, type MachineSystems } from "../run/is-for-system.ts";

/** This machine's operating system as runbooks say it: `windows` for Node's `win32`. Reads `process.platform`. */
export function currentSystem(): string {
  return process.platform === "win32" ? "windows" : process.platform;
}

/** What is known before any target is connected. Reads `process.platform`. */
export function knownSystems(): MachineSystems {
  return { local: currentSystem(), targets: new Map() };
}

/**
 * Finds the steps of a plan that are for other operating systems, where none is for this one.
 *
 * Where at least one command is for this system, those for others are alternatives, which a run
 * skips. What runs on targets is judged when they have been asked. No I/O.
 */
export function findWrongSystems(plan: Plan, system: string): readonly Diagnostic[] {
  const commands = plan.steps.filter((step) => step.kind === "command");
  const systems = { local: system, targets: new Map() };
  if (commands.some((step) => isForSystem(step, systems) !== false)) return [];
  return commands.map((step) => {
    const args = { step: step.id, wanted: step.attributes.os?.join(", ") ?? "", found: system };
    return makeDiagnostic("wrong-system", args, { path: step.path });
  });
}

/** The tools of a plan that its steps on this machine need, which has this operating system. No I/O. */
export function toolsForSystem(plan: Plan, system: string): readonly PlannedTool[] {
  const systems = { local: system, targets: new Map() };
  const left = new Set(
    listSteps(plan)
      .filter((step) => targetOf(step) === undefined && isForSystem(step, systems) === true)
      .map((step) => step.id),
  );
  return plan.tools.filter((tool) => tool.neededBy.some((id) => left.has(id)));
}

import { listSteps } from "../plan/list-steps.ts";
import process from "node:process";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan, PlannedTool } from "../model/plan.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { isForSystem } from "../run/is-for-system.ts";

/** This machine's operating system as runbooks say it: `windows` for Node's `win32`. Reads `process.platform`. */
export function currentSystem(): string {
  return process.platform === "win32" ? "windows" : process.platform;
}

/**
 * Finds the steps of a plan that are for other operating systems, where none is for this one.
 *
 * Where at least one command is for this system, those for others are alternatives, which a run
 * skips. No I/O.
 */
export function findWrongSystems(plan: Plan, system: string): readonly Diagnostic[] {
  const commands = plan.steps.filter((step) => step.kind === "command");
  if (commands.some((step) => isForSystem(step, system))) return [];
  return commands.map((step) => {
    const args = { step: step.id, wanted: step.attributes.os?.join(", ") ?? "", found: system };
    return makeDiagnostic("wrong-system", args, { path: step.path });
  });
}

/** The tools of a plan that its steps for this operating system need. No I/O. */
export function toolsForSystem(plan: Plan, system: string): readonly PlannedTool[] {
  const left = new Set(
    listSteps(plan)
      .filter((step) => isForSystem(step, system))
      .map((step) => step.id),
  );
  return plan.tools.filter((tool) => tool.neededBy.some((id) => left.has(id)));
}

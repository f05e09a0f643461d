import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";

/**
 * Finds the steps of a plan that are for other operating systems than this one.
 *
 * `platform` is Node's name of the system; runbooks say `windows` for `win32`. No I/O.
 */
export function findWrongSystems(plan: Plan, platform: string): readonly Diagnostic[] {
  const found = platform === "win32" ? "windows" : platform;
  return plan.steps.flatMap((step) => {
    const wanted = step.kind === "command" ? step.attributes.os : undefined;
    if (wanted === undefined || wanted.includes(found)) return [];
    const args = { step: step.id, wanted: wanted.join(", "), found };
    return [makeDiagnostic("wrong-system", args, { path: step.path })];
  });
}

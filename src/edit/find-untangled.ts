import type { Diagnostic } from "../model/diagnostic.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import type { Flow } from "../plan/plan-flow.ts";
import { targetOf } from "../plan/target-of.ts";

/** What only the runner does: a script without it would do something else than its author meant. */
const runnersOwn = ["retry", "capture", "background", "on"] as const;

/** Reports each attribute of a target's steps that a plain script cannot have. No I/O. */
export function findUntangled({ entries }: Flow): readonly Diagnostic[] {
  return entries.flatMap(({ step: { id, step, runbook } }) => {
    if (step.kind !== "command") return [];
    const { attributes, span } = step;
    return runnersOwn
      .filter((name) => attributes[name] !== undefined && attributes[name] !== false)
      .filter((name) => name !== "on" || targetOf(step) !== undefined)
      .map((name) => {
        const feature = `the attribute \`${name}\` in a script (step ${id})`;
        return makeDiagnostic("not-supported", { feature }, { path: runbook.path, span });
      });
  });
}

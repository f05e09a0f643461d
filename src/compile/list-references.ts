import type { ProcedureItem, Runbook } from "../model/runbook.ts";
import type { Span } from "../model/source.ts";

/** One place where a runbook names another one. */
export interface Reference {
  /** The id of the other one. */
  readonly runbook: string;
  readonly procedure: string | undefined;
  readonly section: string | undefined;
  readonly span: Span | undefined;
}

/** Lists where a runbook includes others: those of its steps first, then those of its procedures. No I/O. */
export function listReferences(runbook: Runbook): readonly Reference[] {
  const fromSteps = runbook.steps.flatMap((step): readonly Reference[] =>
    step.kind === "include"
      ? [
          {
            runbook: step.runbook,
            procedure: step.procedure,
            section: step.section,
            span: step.span,
          },
        ]
      : [],
  );
  const fromProcedures = runbook.procedures.flatMap((procedure) => includesIn(procedure.entries));
  return [...fromSteps, ...fromProcedures];
}

function includesIn(items: readonly ProcedureItem[]): readonly Reference[] {
  return items.flatMap((item): readonly Reference[] => {
    if (item.kind === "include") {
      const { runbook, procedure, span } = item;
      return [{ runbook, procedure, section: undefined, span }];
    }
    return item.kind === "choose" ? [...item.when.values()].flatMap(includesIn) : [];
  });
}

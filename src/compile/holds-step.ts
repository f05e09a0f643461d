import type { Procedure, ProcedureItem, Section, Step } from "../model/runbook.ts";
import { isInSection } from "./is-in-section.ts";

/**
 * True where a procedure's items stand for at least one thing to do.
 *
 * Names that lead nowhere, or back, count as something: they are reported as what they are. No I/O.
 */
export function holdsStep(
  items: readonly ProcedureItem[],
  procedures: readonly Procedure[],
  sections: readonly Section[],
  steps: readonly Step[],
): boolean {
  const chain = new Set<string>();
  const holds = (item: ProcedureItem): boolean => {
    switch (item.kind) {
      case "section":
        return (
          !sections.some(({ id }) => id === item.id) ||
          steps.some((step) => isToDo(step) && isInSection(step, item.id, sections))
        );
      case "step": {
        const step = steps.find(({ id }) => id === item.id);
        return step === undefined || isToDo(step);
      }
      case "procedure": {
        const procedure = procedures.find(({ name }) => name === item.name);
        if (procedure === undefined || chain.has(item.name)) return true;
        chain.add(item.name);
        const isHolding = procedure.entries.some(holds);
        chain.delete(item.name);
        return isHolding;
      }
      case "include":
        return true;
      case "choose":
        return [...item.when.values()].some((branch) => branch.some(holds));
    }
  };
  return items.some(holds);
}

/** False for blocks that are only shown. No I/O. */
export function isToDo(step: Step): boolean {
  return step.kind !== "command" || step.isRunnable;
}

import type { IncludeStep, Procedure, ProcedureItem, Runbook, Step } from "../model/runbook.ts";

/** An include as a procedure's own line names it, without a place in the text. */
export type ListedInclude = Pick<IncludeStep, "kind" | "runbook" | "procedure">;

/** What a procedure goes through: a step, or an include of its own. */
export type ProcedureStep = Step | ListedInclude;

/** A procedure with what it can go through, in order, and the place of each in that order. */
export interface ListedProcedure {
  readonly procedure: Procedure;
  readonly steps: readonly ProcedureStep[];
  readonly places: ReadonlyMap<ProcedureStep, number>;
}

/** More than anybody writes, and few enough that a hostile document cannot multiply them. */
const mostProcedures = 200;

/**
 * Lists what each procedure of a runbook can go through, each step once: every branch of its choices,
 * and what is only shown left out.
 *
 * Includes stay what they are. Names that lead nowhere, and procedures that lead back, are passed
 * over, and so are procedures beyond the two hundredth. No I/O.
 */
export function listProcedures(runbook: Runbook): readonly ListedProcedure[] {
  const { steps, sections, procedures } = runbook;
  const toDo = steps.filter((step) => step.kind !== "command" || step.isRunnable);
  const byId = new Map(toDo.map((step) => [step.id, step]));
  const byName = new Map(procedures.map((procedure) => [procedure.name, procedure]));
  const spans = new Map(sections.map(({ id, span }) => [id, span]));
  const inSections = new Map<string, readonly Step[]>();
  const stepsIn = (id: string): readonly Step[] => {
    const span = spans.get(id);
    const found =
      inSections.get(id) ??
      toDo.filter(({ sectionPath, span: { start } }) => {
        if (sectionPath.includes(id)) return true;
        const at = start.offset;
        return span !== undefined && at >= span.start.offset && at < span.end.offset;
      });
    inSections.set(id, found);
    return found;
  };

  function list(procedure: Procedure): ListedProcedure {
    const places = new Map<ProcedureStep, number>();
    const add = (step: ProcedureStep): void => {
      if (!places.has(step)) places.set(step, places.size);
    };
    const entered = new Set([procedure.name]);
    const walk = (item: ProcedureItem): void => {
      switch (item.kind) {
        case "section":
          stepsIn(item.id).forEach(add);
          break;
        case "step": {
          const step = byId.get(item.id);
          if (step !== undefined) add(step);
          break;
        }
        case "procedure":
          if (entered.has(item.name)) return;
          entered.add(item.name);
          byName.get(item.name)?.entries.forEach(walk);
          break;
        case "include":
          add({ kind: "include", runbook: item.runbook, procedure: item.procedure });
          break;
        case "choose":
          for (const branch of item.when.values()) branch.forEach(walk);
          break;
      }
    };
    procedure.entries.forEach(walk);
    return { procedure, steps: [...places.keys()], places };
  }
  return procedures.slice(0, mostProcedures).map(list);
}

/**
 * All that names a step or says what is done in it, to look for words in: id, title, script or text.
 * No I/O.
 */
export function wordsOfStep(step: ProcedureStep): string {
  if (step.kind === "include") {
    const parts = "id" in step ? [step.id, step.title, step.section] : [];
    return [...parts, step.runbook, step.procedure].filter((part) => part !== undefined).join("\n");
  }
  const { id, title } = step;
  return [id, title, step.kind === "manual" ? step.text : step.script].join("\n");
}

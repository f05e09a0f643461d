import { isInSection } from "../compile/is-in-section.ts";
import { namesInCondition } from "../compile/read-condition.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Procedure, ProcedureItem, Runbook, Step } from "../model/runbook.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { evaluateCondition } from "./evaluate-condition.ts";

/** A step that a plan holds, with the runbook that it is from. */
export interface SelectedStep {
  /** Unique in the plan: the step's own id, behind the ids of the includes that brought it. */
  readonly id: string;
  readonly step: Exclude<Step, { kind: "include" }>;
  readonly runbook: Runbook;
  /** Titles of what brought the step here, outermost first: includes' titles. */
  readonly through: readonly string[];
}

/** What an expansion met on its way. */
export interface Expansion {
  readonly steps: readonly SelectedStep[];
  readonly runbooks: ReadonlySet<Runbook>;
  /** Procedures of other runbooks that includes brought in, with the runbook of each. */
  readonly included: readonly { readonly runbook: Runbook; readonly procedure: Procedure }[];
  /** Inputs that a choice or a condition asked about. */
  readonly asked: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lists the steps that a procedure's items stand for, in order: sections with all below them,
 * procedures, includes, the chosen alternatives; each step once.
 *
 * Steps whose conditions do not hold for `values` are left out. Includes that lead back to where
 * they came from give `include-cycle`. No I/O.
 */
export function expandSteps(
  items: readonly ProcedureItem[],
  runbook: Runbook,
  runbooks: ReadonlyMap<string, Checked<Runbook>>,
  values: ReadonlyMap<string, string>,
): Expansion {
  const steps = new Map<string, SelectedStep>();
  const met = new Set<Runbook>([runbook]);
  const included: { runbook: Runbook; procedure: Procedure }[] = [];
  const asked = new Set<string>();
  const diagnostics: Diagnostic[] = [];

  function addItems(list: readonly ProcedureItem[], place: Place): void {
    for (const item of list) addItem(item, place);
  }

  function addItem(item: ProcedureItem, place: Place): void {
    switch (item.kind) {
      case "section":
        for (const step of place.runbook.steps) {
          if (isInSection(step, item.id, place.runbook.sections)) addStep(step, place);
        }
        break;
      case "step":
        for (const step of place.runbook.steps) if (step.id === item.id) addStep(step, place);
        break;
      case "procedure": {
        const key = `${place.runbook.id}:${item.name}`;
        if (isCycle(key, place)) return;
        const procedure = place.runbook.procedures.find(({ name }) => name === item.name);
        addItems(procedure?.entries ?? [], { ...place, chain: [...place.chain, key] });
        break;
      }
      case "include":
        addInclude(item.runbook, item.procedure, undefined, item.runbook, item.runbook, place);
        break;
      case "choose":
        asked.add(item.input);
        addItems(item.when.get(values.get(item.input) ?? "") ?? [], place);
        break;
    }
  }

  function addStep(step: Step, place: Place): void {
    for (const condition of step.conditions) {
      for (const name of namesInCondition(condition.expression)) asked.add(name);
      if (!evaluateCondition(condition.expression, values)) return;
    }
    if (step.kind === "include") {
      addInclude(step.runbook, step.procedure, step.section, step.id, step.title, place);
    } else if (step.kind === "manual" || step.isRunnable) {
      const id = [...place.prefix, step.id].join("/");
      if (!steps.has(id))
        steps.set(id, { id, step, runbook: place.runbook, through: place.through });
    }
  }

  function addInclude(
    id: string,
    procedureName: string | undefined,
    section: string | undefined,
    prefix: string,
    title: string,
    place: Place,
  ): void {
    const checked = runbooks.get(id);
    const target = checked?.value;
    // A name that leads nowhere is the linker's to report, at its place in the text.
    if (target === undefined) {
      diagnostics.push(...(checked?.diagnostics ?? []));
      return;
    }
    const procedure =
      procedureName === undefined
        ? target.procedures[0]
        : target.procedures.find(({ name }) => name === procedureName);
    const key = section === undefined ? `${id}:${procedure?.name ?? ""}` : `${id}#${section}`;
    if (isCycle(key, place)) return;
    met.add(target);
    if (section === undefined && procedure !== undefined)
      included.push({ runbook: target, procedure });
    diagnostics.push(...(checked?.diagnostics ?? []));
    addItems(
      section === undefined ? (procedure?.entries ?? []) : [{ kind: "section", id: section }],
      {
        runbook: target,
        prefix: [...place.prefix, prefix],
        through: [...place.through, title],
        chain: [...place.chain, key],
      },
    );
  }

  function isCycle(key: string, place: Place): boolean {
    if (!place.chain.includes(key)) return false;
    const chain = [...place.chain.slice(place.chain.indexOf(key)), key];
    diagnostics.push(makeDiagnostic("include-cycle", { chain }, { path: place.runbook.path }));
    return true;
  }

  addItems(items, { runbook, prefix: [], through: [], chain: [] });
  return { steps: [...steps.values()], runbooks: met, included, asked, diagnostics };
}

interface Place {
  readonly runbook: Runbook;
  readonly prefix: readonly string[];
  readonly through: readonly string[];
  readonly chain: readonly string[];
}

import { stepsOfSection } from "../compile/steps-of-section.ts";
import { comparisonsIn, namesInCondition } from "../compile/read-condition.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Procedure, ProcedureItem, Runbook, Step, StepCondition } from "../model/runbook.ts";
import type { Span } from "../model/source.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { partName } from "../compile/part-name.ts";
import { decideCondition } from "./evaluate-condition.ts";

/** A step that a plan holds, with the runbook that it is from. */
export interface SelectedStep {
  /** Unique in the plan: the step's own id, behind the ids of the includes that brought it. */
  readonly id: string;
  readonly step: Exclude<Step, { kind: "include" }>;
  readonly runbook: Runbook;
  /** Titles of what brought the step here, outermost first: includes' titles. */
  readonly through: readonly string[];
  /** Its conditions, and those of the includes that brought it, that only a run can decide. */
  readonly conditions: readonly StepCondition[];
}

/** What an expansion met on its way. */
export interface Expansion {
  readonly steps: readonly SelectedStep[];
  readonly runbooks: ReadonlySet<Runbook>;
  /** What includes brought in: a procedure of a runbook, or a section of it where there is none. */
  readonly included: readonly {
    readonly runbook: Runbook;
    readonly procedure: Procedure | undefined;
  }[];
  /** Inputs whose value a choice or a comparison asked for. */
  readonly asked: ReadonlySet<string>;
  /** Inputs of which a condition asked only whether they are set. */
  readonly tested: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Lists the steps that a procedure's items stand for, in order: sections with all below them,
 * procedures, includes, the chosen alternatives; each step once.
 *
 * Steps whose conditions do not hold for `values` are left out; conditions on what a step captures stay
 * open. Includes that lead back to where
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
  const included: Expansion["included"][number][] = [];
  const asked = new Set<string>();
  const tested = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const byId = new Map<Runbook, ReadonlyMap<string, readonly Step[]>>();

  function addItems(list: readonly ProcedureItem[], place: Place): void {
    for (const item of list) addItem(item, place);
  }

  function stepsOf(one: Runbook, id: string): readonly Step[] {
    const known = byId.get(one) ?? Map.groupBy(one.steps, (step) => step.id);
    byId.set(one, known);
    return known.get(id) ?? [];
  }

  function addItem(item: ProcedureItem, place: Place): void {
    switch (item.kind) {
      case "section":
        for (const step of stepsOfSection(place.runbook, item.id)) addStep(step, place);
        break;
      case "step":
        for (const step of stepsOf(place.runbook, item.id)) addStep(step, place);
        break;
      case "procedure": {
        const key = partName(place.runbook, item.name);
        if (isCycle(key, item.span, place)) return;
        const procedure = place.runbook.procedures.find(({ name }) => name === item.name);
        addItems(procedure?.entries ?? [], { ...place, chain: [...place.chain, key] });
        break;
      }
      case "include":
        addInclude(item, item.runbook, item.runbook, place);
        break;
      case "choose":
        asked.add(item.input);
        addItems(item.when.get(values.get(item.input) ?? "") ?? [], place);
        break;
    }
  }

  function addStep(step: Step, place: Place): void {
    const conditions = [...place.conditions];
    for (const condition of step.conditions) {
      const compared = new Set(comparisonsIn(condition.expression).map(({ name }) => name));
      for (const name of namesInCondition(condition.expression)) {
        (compared.has(name) ? asked : tested).add(name);
      }
      const isMet = decideCondition(condition.expression, values, capturedNames(place.runbook));
      if (isMet === false) return;
      if (isMet === undefined) conditions.push(condition);
    }
    if (step.kind === "include") {
      addInclude(step, step.id, step.title, { ...place, conditions });
    } else if (step.kind === "manual" || step.isRunnable) {
      const id = [...place.prefix, step.id].join("/");
      if (!steps.has(id))
        steps.set(id, { id, step, runbook: place.runbook, through: place.through, conditions });
    }
  }

  function addInclude(reference: Reference, prefix: string, title: string, place: Place): void {
    const { runbook: id, procedure: procedureName, section } = reference;
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
    const key =
      section === undefined ? partName(target, procedure?.name ?? "") : `${id}#${section}`;
    if (isCycle(key, reference.span, place)) return;
    met.add(target);
    included.push({ runbook: target, procedure: section === undefined ? procedure : undefined });
    diagnostics.push(...(checked?.diagnostics ?? []));
    addItems(
      section === undefined ? (procedure?.entries ?? []) : [{ kind: "section", id: section }],
      {
        runbook: target,
        prefix: [...place.prefix, prefix],
        through: [...place.through, title],
        chain: [...place.chain, key],
        conditions: place.conditions,
      },
    );
  }

  function isCycle(key: string, span: Span | undefined, place: Place): boolean {
    if (!place.chain.includes(key)) return false;
    const chain = [...place.chain.slice(place.chain.indexOf(key)), key];
    diagnostics.push(
      makeDiagnostic("include-cycle", { chain }, { path: place.runbook.path, span }),
    );
    return true;
  }

  addItems(items, { runbook, prefix: [], through: [], chain: [], conditions: [] });
  return { steps: [...steps.values()], runbooks: met, included, asked, tested, diagnostics };
}

/** What an include names, in the text or in a procedure. */
interface Reference {
  readonly runbook: string;
  readonly procedure?: string | undefined;
  readonly section?: string | undefined;
  readonly span?: Span | undefined;
}

interface Place {
  readonly runbook: Runbook;
  readonly prefix: readonly string[];
  readonly through: readonly string[];
  readonly chain: readonly string[];
  readonly conditions: readonly StepCondition[];
}

/** Names whose values a runbook's own steps give. */
function capturedNames({ steps }: Runbook): ReadonlySet<string> {
  return new Set(
    steps.flatMap((step) =>
      step.kind === "command" ? (step.attributes.capture ?? []).map(({ name }) => name) : [],
    ),
  );
}

import { stepsOfSection } from "../compile/steps-of-section.ts";
import { partName } from "../compile/part-name.ts";
import { comparisonsIn } from "../compile/read-condition.ts";
import { kindOf } from "../model/diagnostic-rules.ts";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { InputDefinition } from "../model/front-matter.ts";
import type { ConditionExpression, ProcedureItem, Runbook, Step } from "../model/runbook.ts";
import { collectInputs, isRequired } from "./bind-inputs.ts";
import { checkStep } from "./check-step.ts";
import type { SelectedStep } from "./expand-steps.ts";
import { mentionsName } from "./mentions-name.ts";
import { resolveTarget } from "./resolve-target.ts";

/** What a target does for whatever values its inputs may have. */
export interface Flow {
  readonly target: string;
  readonly title: string;
  readonly runbook: Runbook;
  /** In the order of a run. */
  readonly entries: readonly FlowEntry[];
  /** Inputs that a step or a condition names, in order of name. */
  readonly inputs: ReadonlyMap<string, InputDefinition>;
  /** Values that must be there, and when: inputs, and variables of the operator's own contracts. */
  readonly needs: readonly FlowNeed[];
  /** The procedure for a failure, which is no part of the flow. */
  readonly onFailure?: string | undefined;
}

/** A step, done where all of its conditions hold; one step can be in several entries. */
export interface FlowEntry {
  readonly step: SelectedStep;
  readonly conditions: readonly ConditionExpression[];
}

/** A name that needs a value where any of `when` holds; an empty list of conditions always does. */
export interface FlowNeed {
  readonly name: string;
  readonly description: string;
  readonly when: readonly (readonly ConditionExpression[])[];
}

/**
 * Plans a target without values: includes are resolved, choices and conditions stay open.
 *
 * There is a value wherever the target resolves; it may be used only where no diagnostic is an error.
 * No I/O.
 */
export function planFlow(
  target: string,
  runbooks: ReadonlyMap<string, Checked<Runbook>>,
): Checked<Flow> {
  const resolved = resolveTarget(target, runbooks);
  if (resolved.value === undefined) return { diagnostics: resolved.diagnostics };
  const { runbook, title, items, procedure, problems } = resolved.value;
  const { entries, asked, diagnostics } = expandFlow(items, runbook, runbooks);
  const steps = [...new Map(entries.map(({ step }) => [step.id, step])).values()];
  const inputs = new Map(
    [...collectInputs(runbook, runbooks)]
      .filter(([name]) => asked.has(name) || steps.some(({ step }) => mentionsName(step, name)))
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
  return {
    value: {
      target,
      title,
      runbook,
      entries,
      inputs,
      needs: collectNeeds(entries, asked, inputs),
      onFailure: procedure?.onFailure,
    },
    diagnostics: [
      ...new Set([...problems, ...diagnostics].filter(isDisqualifying)),
      ...steps.flatMap(checkStep),
    ],
  };
}

/** A document that is not valid cannot be trusted in any part. */
function isDisqualifying({ severity, code }: Diagnostic): boolean {
  return severity === "error" && kindOf(code) === "invalid" && code !== "placeholder";
}

type Conditions = readonly ConditionExpression[];

interface ExpandedFlow {
  readonly entries: readonly FlowEntry[];
  /** Inputs whose value is asked for, and when. */
  readonly asked: ReadonlyMap<string, readonly Conditions[]>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Place {
  readonly runbook: Runbook;
  readonly prefix: readonly string[];
  readonly through: readonly string[];
  readonly chain: readonly string[];
  readonly conditions: Conditions;
}

function expandFlow(
  items: readonly ProcedureItem[],
  runbook: Runbook,
  runbooks: ReadonlyMap<string, Checked<Runbook>>,
): ExpandedFlow {
  const entries: FlowEntry[] = [];
  const asked = new Map<string, Conditions[]>();
  const diagnostics: Diagnostic[] = [];
  const ask = (name: string, when: Conditions): void => {
    asked.set(name, [...(asked.get(name) ?? []), when]);
  };

  function addItem(item: ProcedureItem, place: Place): void {
    switch (item.kind) {
      case "section":
        for (const step of stepsOfSection(place.runbook, item.id)) addStep(step, place);
        break;
      case "step":
        for (const step of place.runbook.steps) if (step.id === item.id) addStep(step, place);
        break;
      case "procedure": {
        const key = partName(place.runbook, item.name);
        // A way back to where it came from is told by the linker.
        if (place.chain.includes(key)) return;
        const next = place.runbook.procedures.find(({ name }) => name === item.name);
        const inside = { ...place, chain: [...place.chain, key] };
        for (const entry of next?.entries ?? []) addItem(entry, inside);
        break;
      }
      case "include":
        addInclude(item, item.runbook, item.runbook, place);
        break;
      case "choose":
        ask(item.input, place.conditions);
        for (const [value, branch] of item.when) {
          const condition = { kind: "equals", name: item.input, value } as const;
          const conditions = join(place.conditions, [condition]);
          for (const one of branch) addItem(one, { ...place, conditions });
        }
        break;
    }
  }

  function addStep(step: Step, place: Place): void {
    const expressions = step.conditions.map(({ expression }) => expression);
    for (const { name } of expressions.flatMap(comparisonsIn)) ask(name, place.conditions);
    const conditions = join(place.conditions, expressions);
    if (isContradiction(conditions)) return;
    if (step.kind === "include") {
      addInclude(step, step.id, step.title, { ...place, conditions });
    } else if (step.kind === "manual" || step.isRunnable) {
      const id = [...place.prefix, step.id].join("/");
      const isDone = entries.some(
        (entry) => entry.step.id === id && isSubset(entry.conditions, conditions),
      );
      const { runbook: owner, through } = place;
      if (!isDone)
        entries.push({ step: { id, step, runbook: owner, through, conditions: [] }, conditions });
    }
  }

  function addInclude(
    reference: {
      readonly runbook: string;
      readonly procedure?: string | undefined;
      readonly section?: string | undefined;
    },
    prefix: string,
    title: string,
    place: Place,
  ): void {
    const { runbook: id, section } = reference;
    const checked = runbooks.get(id);
    diagnostics.push(...(checked?.diagnostics ?? []));
    const next = checked?.value;
    if (next === undefined) return;
    const procedure =
      reference.procedure === undefined
        ? next.procedures[0]
        : next.procedures.find(({ name }) => name === reference.procedure);
    const key = section === undefined ? partName(next, procedure?.name ?? "") : `${id}#${section}`;
    if (place.chain.includes(key)) return;
    const inside: Place = {
      runbook: next,
      prefix: [...place.prefix, prefix],
      through: [...place.through, title],
      chain: [...place.chain, key],
      conditions: place.conditions,
    };
    if (section !== undefined) addItem({ kind: "section", id: section }, inside);
    else for (const entry of procedure?.entries ?? []) addItem(entry, inside);
  }

  const start: Place = { runbook, prefix: [], through: [], chain: [], conditions: [] };
  for (const item of items) addItem(item, start);
  return { entries, asked, diagnostics };
}

function join(before: Conditions, more: Conditions): Conditions {
  return [...new Map([...before, ...more].map((one) => [JSON.stringify(one), one])).values()];
}

function isSubset(small: Conditions, large: Conditions): boolean {
  const all = new Set(large.map((one) => JSON.stringify(one)));
  return small.every((one) => all.has(JSON.stringify(one)));
}

/** One input cannot have two values. */
function isContradiction(conditions: Conditions): boolean {
  const values = new Map<string, string>();
  for (const one of conditions) {
    if (one.kind !== "equals") continue;
    if ((values.get(one.name) ?? one.value) !== one.value) return true;
    values.set(one.name, one.value);
  }
  return false;
}

function collectNeeds(
  entries: readonly FlowEntry[],
  asked: ExpandedFlow["asked"],
  inputs: Flow["inputs"],
): readonly FlowNeed[] {
  const usesOf = (name: string): readonly Conditions[] =>
    entries.flatMap(({ step, conditions }) => (mentionsName(step.step, name) ? [conditions] : []));
  const needs: FlowNeed[] = [];
  for (const [name, definition] of inputs) {
    const { default: value, description = "" } = definition;
    if (value !== undefined) continue;
    const uses = isRequired(definition) ? usesOf(name) : [];
    const when = simplify([...(asked.get(name) ?? []), ...uses]);
    if (when.length > 0) needs.push({ name, description, when });
  }
  for (const { name, description } of contractVariables(entries)) {
    const when = simplify(usesOf(name));
    if (when.length > 0 && !inputs.has(name)) needs.push({ name, description, when });
  }
  return needs;
}

/** Variables that must be in the operator's own environment. */
function contractVariables(entries: readonly FlowEntry[]) {
  const found = new Map<string, { name: string; description: string }>();
  for (const runbook of new Set(entries.map(({ step }) => step.runbook))) {
    for (const { probe, variables } of Object.values(runbook.frontMatter.contracts ?? {})) {
      if (probe !== undefined) continue;
      for (const [name, { required, description = "" }] of Object.entries(variables)) {
        if (required === true && !found.has(name)) found.set(name, { name, description });
      }
    }
  }
  return [...found.values()];
}

/** Leaves out what another list of conditions covers: what is always needed is needed always. */
function simplify(lists: readonly Conditions[]): readonly Conditions[] {
  return lists.filter(
    (list, at) =>
      !lists.some(
        (other, otherAt) =>
          otherAt !== at && isSubset(other, list) && (!isSubset(list, other) || otherAt < at),
      ),
  );
}

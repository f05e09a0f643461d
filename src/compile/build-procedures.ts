import { isUndoStep } from "./steps-of-section.ts";
import type { FrontMatter, ProcedureEntry } from "../model/front-matter.ts";
import type { Procedure, ProcedureItem, Section, Step } from "../model/runbook.ts";
import type { Span } from "../model/source.ts";
import { findNearest } from "../parse/find-nearest.ts";
import type { CompileContext } from "./compile-context.ts";
import { holdsStep } from "./holds-step.ts";
import { choicesOf, findInput } from "./input-choices.ts";

/** The name of the procedure that a runbook without procedures has. */
const wholeProcedureName = "all";

/**
 * Builds a runbook's procedures and checks what they name within it: sections, steps, procedures,
 * inputs and their choices.
 *
 * Without `procedures` there is one, `all`, with every step in document order. The default comes
 * first: the one that says so, else the first written. No I/O.
 */
export function buildProcedures(
  frontMatter: FrontMatter,
  sections: readonly Section[],
  steps: readonly Step[],
  context: CompileContext,
): readonly Procedure[] {
  const definitions = Object.entries(frontMatter.procedures ?? {});
  if (definitions.length === 0) {
    const entries = steps
      .filter((step) => !isUndoStep(step, steps))
      .map((step): ProcedureItem => ({ kind: "step", id: step.id }));
    const contracts = Object.keys(frontMatter.contracts ?? {});
    return [
      { name: wholeProcedureName, title: frontMatter.title, isDefault: true, contracts, entries },
    ];
  }
  const names = definitions.map(([name]) => name);
  const known: Known = {
    sections: new Set(sections.map((section) => section.id)),
    steps: new Set(steps.map((step) => step.id)),
    procedures: new Set(names),
    inputs: frontMatter.inputs ?? {},
  };
  const declared = definitions.filter(([, definition]) => definition.default === true);
  for (const [name] of declared.slice(1)) {
    const reason = `\`${declared[0]?.[0] ?? ""}\` is the default already`;
    context.report(
      "invalid-value",
      { key: `procedures.${name}.default`, reason },
      spanAt(`procedures.${name}.default`, context),
    );
  }
  const defaultName = declared[0]?.[0] ?? names[0];
  const procedures = definitions.map(([name, definition]): Procedure => {
    const at = `procedures.${name}`;
    if (definition.onFailure === name) {
      const reason = "a procedure other than the one that failed";
      const key = `${at}.onFailure`;
      context.report("invalid-value", { key, reason }, spanAt(key, context));
    } else if (definition.onFailure !== undefined) {
      checkProcedure(definition.onFailure, `${at}.onFailure`, known, context);
    }
    const contracts = Object.keys(frontMatter.contracts ?? {});
    for (const contract of definition.contracts ?? []) {
      if (contracts.includes(contract)) continue;
      const nearest = findNearest(contract, contracts);
      context.report(
        "unknown-contract",
        { name: contract, nearest },
        spanAt(`${at}.contracts`, context),
      );
    }
    return {
      name,
      title: definition.title ?? `${frontMatter.title}: ${name}`,
      summary: definition.summary,
      isDefault: name === defaultName,
      onFailure: definition.onFailure,
      contracts: definition.contracts ?? contracts,
      entries: buildItems(definition.steps, `${at}.steps`, known, context),
    };
  });
  for (const { name, entries } of procedures) {
    if (holdsStep(entries, procedures, sections, steps)) continue;
    context.report("empty-procedure", { name }, spanAt(`procedures.${name}`, context));
  }
  return procedures.toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault));
}

interface Known {
  readonly sections: ReadonlySet<string>;
  readonly steps: ReadonlySet<string>;
  readonly procedures: ReadonlySet<string>;
  readonly inputs: NonNullable<FrontMatter["inputs"]>;
}

function buildItems(
  entries: readonly ProcedureEntry[],
  at: string,
  known: Known,
  context: CompileContext,
): readonly ProcedureItem[] {
  return entries.map((entry, index) => buildItem(entry, `${at}.${index}`, known, context));
}

function buildItem(
  entry: ProcedureEntry,
  at: string,
  known: Known,
  context: CompileContext,
): ProcedureItem {
  const span = spanAt(at, context);
  if ("section" in entry) {
    if (!known.sections.has(entry.section)) {
      const nearest = findNearest(entry.section, known.sections);
      context.report("unknown-section", { id: entry.section, nearest }, span);
    }
    return { kind: "section", id: entry.section };
  }
  if ("step" in entry) {
    if (!known.steps.has(entry.step)) {
      const nearest = findNearest(entry.step, known.steps);
      context.report("unknown-step", { id: entry.step, where: "the procedure", nearest }, span);
    }
    return { kind: "step", id: entry.step };
  }
  if ("procedure" in entry) {
    checkProcedure(entry.procedure, at, known, context);
    return { kind: "procedure", name: entry.procedure, span };
  }
  if ("include" in entry) {
    const [, runbook = "", procedure] = /^([^:]*)(?::(.*))?$/s.exec(entry.include) ?? [];
    return { kind: "include", runbook, procedure, span };
  }
  const definition = findInput(known.inputs, entry.choose);
  if (definition === undefined) {
    const nearest = findNearest(entry.choose, Object.keys(known.inputs));
    context.report("unknown-input", { name: entry.choose, where: "`choose`", nearest }, span);
  }
  const choices = choicesOf(definition);
  const when = Object.entries(entry.when).map(([value, items]) => {
    if (choices !== undefined && !choices.includes(value)) {
      context.report(
        "unknown-choice",
        { input: entry.choose, value, choices },
        spanAt(`${at}.when.${value}`, context),
      );
    }
    return [value, buildItems(items, `${at}.when.${value}`, known, context)] as const;
  });
  for (const choice of choices ?? []) {
    if (!Object.hasOwn(entry.when, choice))
      context.report("missing-choice", { input: entry.choose, value: choice }, span);
  }
  return { kind: "choose", input: entry.choose, when: new Map(when) };
}

function checkProcedure(name: string, at: string, known: Known, context: CompileContext): void {
  if (known.procedures.has(name)) return;
  const nearest = findNearest(name, known.procedures);
  const runbook = context.document.source.id;
  context.report("unknown-procedure", { name, runbook, nearest }, spanAt(at, context));
}

function spanAt(key: string, { document }: CompileContext): Span | undefined {
  const spans = document.frontMatter?.spans;
  return spans?.get(key) ?? document.frontMatter?.span;
}

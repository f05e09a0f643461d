import { stepsOfSection } from "../../compile/steps-of-section.ts";
import type { Checked } from "../../model/diagnostic.ts";
import type { Procedure, ProcedureItem, Runbook, Step } from "../../model/runbook.ts";
import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";
import { stepAnchor, type OutlineItem } from "./runbook-page.ts";
import { runbookHref } from "./site-links.ts";

/** What an outline is made from. */
export interface OutlineContext {
  readonly base: string;
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
}

/**
 * Lists what a procedure does, as links: its sections with their steps, its alternatives, what it
 * includes. Each step is there once, as in a plan; blocks that are only shown are left out.
 *
 * `pageOf` is the runbook on whose page the outline stands. No I/O.
 */
export function outlineProcedure(
  procedure: Procedure,
  runbook: Runbook,
  pageOf: Runbook,
  context: OutlineContext,
): readonly OutlineItem[] {
  const page = runbook === pageOf ? "" : runbookHref(context.base, runbook.id);

  /** `given` are the conditions that hold already where the items stand, which goes without saying. */
  function outlineItems(
    items: readonly ProcedureItem[],
    seen: Set<string>,
    chain: readonly string[],
    given: readonly string[],
  ): OutlineItem[] {
    return items.flatMap((item): OutlineItem[] => {
      switch (item.kind) {
        case "section":
          return outlineSection(item.id, seen, given);
        case "step":
          return outlineSteps(
            runbook.steps.filter(({ id }) => id === item.id),
            seen,
            given,
          );
        case "procedure": {
          const inner = runbook.procedures.find(({ name }) => name === item.name);
          if (inner === undefined || chain.includes(item.name)) return [];
          return outlineItems(inner.entries, seen, [...chain, item.name], given);
        }
        case "include":
          return [outlineInclude(item.runbook, item.procedure)];
        case "choose": {
          const options = [...item.when].map(([value, inner]) => ({
            value,
            items: outlineItems(inner, new Set(seen), chain, [...given, `${item.input}=${value}`]),
          }));
          return [{ kind: "choice", input: item.input, options }];
        }
      }
    });
  }

  function outlineSection(id: string, seen: Set<string>, given: readonly string[]): OutlineItem[] {
    const section = runbook.sections.find((one) => one.id === id);
    const inner = outlineSteps(stepsOfSection(runbook, id), seen, given);
    const [only] = inner;
    const isOne = inner.length === 1 && only?.kind === "step" && only.title === section?.title;
    if (isOne || section === undefined) return inner;
    const title = escapeControlCharacters(section.title);
    return [{ kind: "group", title, href: `${page}#${section.id}`, items: inner }];
  }

  function outlineSteps(
    steps: readonly Step[],
    seen: Set<string>,
    given: readonly string[],
  ): OutlineItem[] {
    return steps.flatMap((step): OutlineItem[] => {
      if (seen.has(step.id) || (step.kind === "command" && !step.isRunnable)) return [];
      seen.add(step.id);
      return [
        {
          kind: "step",
          id: step.id,
          title: escapeControlCharacters(step.title),
          href: `${page}#${stepAnchor(step.id)}`,
          sort: step.kind,
          risk: step.kind === "command" ? step.risk.level : "safe",
          conditions: step.conditions
            .map(({ text }) => text)
            .filter((text) => !given.includes(text))
            .map(escapeControlCharacters),
        },
      ];
    });
  }

  function outlineInclude(id: string, procedureName: string | undefined): OutlineItem {
    const target = context.runbooks.get(id)?.value;
    const found = target?.procedures.find(({ name, isDefault }) =>
      procedureName === undefined ? isDefault : name === procedureName,
    );
    const words = procedureName === undefined ? id : `${id}:${procedureName}`;
    return {
      kind: "group",
      title: escapeControlCharacters(found?.title ?? words),
      href: target === undefined ? undefined : runbookHref(context.base, target.id),
      items: [],
    };
  }

  return outlineItems(procedure.entries, new Set(), [procedure.name], []);
}

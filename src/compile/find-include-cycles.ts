import type { Diagnostic } from "../model/diagnostic.ts";
import type { ProcedureItem, Runbook, Step } from "../model/runbook.ts";
import type { Span } from "../model/source.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { isInSection } from "./is-in-section.ts";
import { partName } from "./part-name.ts";

/** What is run in one go: a procedure (`deploy:rollback`) or an included section (`deploy#checks`). */
interface Part {
  readonly key: string;
  readonly runbook: Runbook;
  readonly items: readonly ProcedureItem[];
}

type IncludeStep = Extract<Step, { kind: "include" }>;

interface Edge {
  readonly to: Part;
  readonly span: Span | undefined;
}

/**
 * Finds procedures that lead back to themselves, through procedures of their own runbook or
 * includes of others.
 *
 * Two runbooks may include each other as long as no procedure comes back to where it started. Each
 * cycle is told once, at the reference that closes it, in the order of ids. No I/O.
 */
export function findIncludeCycles(runbooks: ReadonlyMap<string, Runbook>): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const done = new Set<string>();
  const chain: string[] = [];
  const includes = new Map<Runbook, readonly IncludeStep[]>();

  function walk(part: Part): void {
    chain.push(part.key);
    for (const { to, span } of edgesOf(part.items, part.runbook)) {
      const at = chain.indexOf(to.key);
      if (at !== -1) {
        const args = { chain: [...chain.slice(at), to.key] };
        found.push(makeDiagnostic("include-cycle", args, { path: part.runbook.path, span }));
      } else if (!done.has(to.key)) {
        walk(to);
      }
    }
    chain.pop();
    done.add(part.key);
  }

  function edgesOf(items: readonly ProcedureItem[], runbook: Runbook): readonly Edge[] {
    return items.flatMap((item): readonly Edge[] => {
      switch (item.kind) {
        case "section":
          return includesOf(runbook, (step) => isInSection(step, item.id, runbook.sections));
        case "step":
          return includesOf(runbook, (step) => step.id === item.id);
        case "procedure":
          return toEdge(partOf(runbook, item.name, undefined), item.span);
        case "include":
          return toEdge(partOf(runbooks.get(item.runbook), item.procedure, undefined), item.span);
        case "choose":
          return [...item.when.values()].flatMap((branch) => edgesOf(branch, runbook));
      }
    });
  }

  function includesOf(runbook: Runbook, isMeant: (step: IncludeStep) => boolean): readonly Edge[] {
    let all = includes.get(runbook);
    if (all === undefined) {
      // Once for all of a procedure's items: nearly every step is a command.
      all = runbook.steps.filter((step) => step.kind === "include");
      includes.set(runbook, all);
    }
    return all
      .filter(isMeant)
      .flatMap((step) =>
        toEdge(partOf(runbooks.get(step.runbook), step.procedure, step.section), step.span),
      );
  }

  for (const id of [...runbooks.keys()].toSorted()) {
    for (const { name } of runbooks.get(id)?.procedures ?? []) {
      const part = partOf(runbooks.get(id), name, undefined);
      if (part !== undefined && !done.has(part.key)) walk(part);
    }
  }
  return found;
}

function toEdge(to: Part | undefined, span: Span | undefined): readonly Edge[] {
  return to === undefined ? [] : [{ to, span }];
}

/** What a reference leads to; nothing where its name is unknown, which is reported as that. */
function partOf(
  runbook: Runbook | undefined,
  procedureName: string | undefined,
  section: string | undefined,
): Part | undefined {
  if (runbook === undefined) return undefined;
  if (section !== undefined) {
    return { key: `${runbook.id}#${section}`, runbook, items: [{ kind: "section", id: section }] };
  }
  const procedure =
    procedureName === undefined
      ? runbook.procedures[0]
      : runbook.procedures.find(({ name }) => name === procedureName);
  return (
    procedure && {
      key: partName(runbook, procedure.name),
      runbook,
      items: procedure.entries,
    }
  );
}

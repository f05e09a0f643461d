import { findNearest } from "../parse/find-nearest.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Procedure, ProcedureItem, Runbook } from "../model/runbook.ts";

/** What a TARGET names: a runbook and the part of it that is meant. */
export interface ResolvedTarget {
  readonly runbook: Runbook;
  /** Every problem of the runbook's text. */
  readonly problems: Checked<Runbook>["diagnostics"];
  /** Absent where a section or a step is meant. */
  readonly procedure?: Procedure | undefined;
  readonly title: string;
  readonly items: readonly ProcedureItem[];
}

/**
 * Resolves `runbook`, `runbook:procedure` or `runbook#section-or-step` against all runbooks.
 *
 * A path to the runbook's file will do for its id. A section comes before a step of the same name.
 * An unknown name gives `unknown-target` with the nearest ones. No I/O.
 */
export function resolveTarget(
  target: string,
  runbooks: ReadonlyMap<string, Checked<Runbook>>,
): Checked<ResolvedTarget> {
  const [, name = "", mark, part = ""] = /^(.*?)(?:([:#])(.*))?$/s.exec(target) ?? [];
  const checked =
    runbooks.get(name) ?? [...runbooks.values()].find((one) => one.value?.path === name);
  if (checked === undefined)
    return unknownTarget(target, findCandidates(name, [...runbooks.keys()]));
  const { value: runbook, diagnostics: problems } = checked;
  if (runbook === undefined) return { diagnostics: problems };
  if (mark === "#") {
    const kind = runbook.sections.some((section) => section.id === part) ? "section" : "step";
    const title = (kind === "section" ? runbook.sections : runbook.steps).find(
      ({ id }) => id === part,
    )?.title;
    if (title === undefined) {
      const known = [...runbook.sections, ...runbook.steps].map(({ id }) => `${runbook.id}#${id}`);
      return unknownTarget(target, findCandidates(`${runbook.id}#${part}`, known));
    }
    return { value: { runbook, problems, title, items: [{ kind, id: part }] }, diagnostics: [] };
  }
  const procedure =
    mark === ":" ? runbook.procedures.find((one) => one.name === part) : runbook.procedures[0];
  if (procedure === undefined) {
    const known = runbook.procedures.map((one) => `${runbook.id}:${one.name}`);
    return unknownTarget(target, findCandidates(`${runbook.id}:${part}`, known));
  }
  const { title, entries: items } = procedure;
  return { value: { runbook, problems, procedure, title, items }, diagnostics: [] };
}

function unknownTarget(target: string, nearest: readonly string[]): Checked<ResolvedTarget> {
  return { diagnostics: [makeDiagnostic("unknown-target", { target, nearest })] };
}

/** The nearest name first, then those that hold the wanted one or begin alike; at most five. */
function findCandidates(wanted: string, known: readonly string[]): readonly string[] {
  const nearest = findNearest(wanted, known);
  const last = wanted.split(/[/:#]/).at(-1) ?? wanted;
  const alike = known.filter((one) => last.length >= 3 && one.includes(last));
  const found = [...new Set([...(nearest === undefined ? [] : [nearest]), ...alike])];
  return (found.length > 0 || known.length > 5 ? found : known).slice(0, 5);
}

import type { Diagnostic } from "../model/diagnostic.ts";
import type { Runbook } from "../model/runbook.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { findIncludeCycles } from "./find-include-cycles.ts";
import { listReferences, type Reference } from "./list-references.ts";

/**
 * Checks what runbooks name of each other: included runbooks, their procedures and sections, and
 * that no procedure includes itself, directly or through others.
 *
 * `runbooks` are all of a project by their id. No I/O.
 */
export function linkRunbooks(runbooks: ReadonlyMap<string, Runbook>): readonly Diagnostic[] {
  const unknown = [...runbooks.values()].flatMap((runbook) =>
    listReferences(runbook).flatMap((reference) => checkReference(runbook, reference, runbooks)),
  );
  return [...unknown, ...findIncludeCycles(runbooks)];
}

function checkReference(
  from: Runbook,
  reference: Reference,
  runbooks: ReadonlyMap<string, Runbook>,
): readonly Diagnostic[] {
  const place = { path: from.path, span: reference.span };
  const target = runbooks.get(reference.runbook);
  if (target === undefined) {
    const nearest = findNearest(reference.runbook, runbooks.keys());
    return [makeDiagnostic("unknown-runbook", { id: reference.runbook, nearest }, place)];
  }
  const { procedure, section } = reference;
  if (procedure !== undefined && !target.procedures.some(({ name }) => name === procedure)) {
    const nearest = findNearest(
      procedure,
      target.procedures.map(({ name }) => name),
    );
    return [
      makeDiagnostic("unknown-procedure", { name: procedure, runbook: target.id, nearest }, place),
    ];
  }
  if (section !== undefined && !target.sections.some(({ id }) => id === section)) {
    const nearest = findNearest(
      section,
      target.sections.map(({ id }) => id),
    );
    return [makeDiagnostic("unknown-section", { id: section, nearest }, place)];
  }
  return [];
}

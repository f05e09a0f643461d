import type { Runbook } from "../../model/runbook.ts";
import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";

const wayBack = /\broll(?:s|ing)?[\s_-]*back\b|\brevert\b|\bback[\s_-]?out\b/i;

/**
 * Finds where a runbook says how to go back: the procedure that runs on failure, else one of that
 * name, else a section of that name.
 *
 * The anchor is that of the page. No I/O.
 *
 * @example → { title: "Roll back", anchor: "procedure:rollback" }
 */
export function findRollback({
  procedures,
  sections,
}: Pick<Runbook, "procedures" | "sections">): { title: string; anchor: string } | undefined {
  const byDefault = procedures.find(({ onFailure }) => onFailure !== undefined)?.onFailure;
  const isWayBack = ({ title }: { readonly title: string }): boolean => wayBack.test(title);
  const procedure =
    procedures.find(({ name }) => name === byDefault) ??
    procedures.find((one) => !one.isDefault && (wayBack.test(one.name) || isWayBack(one)));
  if (procedure !== undefined) {
    return {
      title: escapeControlCharacters(nameWayBack(procedure.title)),
      anchor: `procedure:${procedure.name}`,
    };
  }
  const section = sections.find((one) => one.depth > 1 && isWayBack(one));
  return section && { title: escapeControlCharacters(section.title), anchor: section.id };
}

/** On a button, a title must say that it leads back. */
function nameWayBack(title: string): string {
  return wayBack.test(title) ? title : `If it fails: ${title}`;
}

import type { Fix, TextEdit } from "../model/text-edit.ts";
import { isOverlapping } from "./apply-edits.ts";

/** What can be made at once: `edits` by path, without those that are asked for twice. */
export interface SelectedFixes {
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly selected: readonly Fix[];
  /** Those that overlap a selected one and must wait until it is made. */
  readonly left: readonly Fix[];
}

/**
 * Selects the fixes that do not get in each other's way: each is made whole or not at all, and of
 * two that overlap the first wins. No I/O.
 */
export function selectFixes(fixes: readonly Fix[]): SelectedFixes {
  const edits = new Map<string, TextEdit[]>();
  const selected: Fix[] = [];
  const left: Fix[] = [];
  for (const fix of fixes) {
    const wanted = fix.edits.filter((edit) => !edits.get(edit.path)?.some(isSameEdit(edit)));
    const isFree = wanted.every(
      ({ path, span }) => !edits.get(path)?.some((one) => isOverlapping(one.span, span)),
    );
    if (!isFree) {
      left.push(fix);
      continue;
    }
    selected.push(fix);
    for (const edit of wanted) edits.set(edit.path, [...(edits.get(edit.path) ?? []), edit]);
  }
  return { edits, selected, left };
}

function isSameEdit(edit: TextEdit): (other: TextEdit) => boolean {
  const { start, end } = edit.span;
  return (other) =>
    other.text === edit.text &&
    other.span.start.offset === start.offset &&
    other.span.end.offset === end.offset;
}

import type { TextRange } from "../model/shell-script.ts";

/** True where `range` shares a character with one of `sorted`, which do not overlap each other. No I/O. */
export function hasOverlap(sorted: readonly TextRange[], range: TextRange): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other === undefined) return false;
    if (other.end <= range.start) low = middle + 1;
    else if (other.start >= range.end) high = middle - 1;
    else return true;
  }
  return false;
}

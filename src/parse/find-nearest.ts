import { distance } from "fastest-levenshtein";

/**
 * Returns the known name that a mistyped one most resembles, or `undefined` where none is close.
 *
 * Close means: at most a third of the longer name's letters differ (at least one may), letter case
 * aside. `findNearest("timeot", ["timeout", "title"])` is `"timeout"`. No I/O.
 */
export function findNearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestEdits = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const length = Math.max(candidate.length, name.length);
    const edits = countEdits(name, candidate);
    if (edits <= Math.max(1, Math.floor(length / 3)) && edits < length && edits < bestEdits) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/**
 * Counts the letters to insert, leave out or replace between two names, letter case aside; two
 * letters that changed their places count as one. No I/O.
 */
export function countEdits(name: string, other: string): number {
  const [one, two] = [name.toLowerCase(), other.toLowerCase()];
  return isTransposed(one, two) ? 1 : distance(one, two);
}

function isTransposed(one: string, other: string): boolean {
  if (one.length !== other.length || one === other) return false;
  let at = 0;
  while (one[at] === other[at]) at += 1;
  return (
    one[at] === other[at + 1] &&
    one[at + 1] === other[at] &&
    one.slice(at + 2) === other.slice(at + 2)
  );
}

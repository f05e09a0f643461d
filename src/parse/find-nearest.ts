import { distance } from "fastest-levenshtein";

/**
 * Returns the known name that a mistyped one most resembles, or `undefined` where none is close.
 *
 * Close means: at most a third of the longer name's letters differ (at least one may), letter case
 * aside. `findNearest("timeot", ["timeout", "title"])` is `"timeout"`. No I/O.
 */
export function findNearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const length = Math.max(candidate.length, name.length);
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits <= Math.max(1, Math.floor(length / 3)) && edits < length && edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

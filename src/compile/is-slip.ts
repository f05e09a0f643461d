import { countEdits } from "../parse/find-nearest.ts";

/**
 * True where a name that another tool may own is so like one of ours that it must be a slip of the
 * finger: `timeot`, `tiemout` and `timout` for `timeout`.
 *
 * Words of their own are none: other endings (`reviewer` for `reviewed`, `checked` for `check`),
 * short words with another letter (`step` for `stop`), names that differ in more than a letter of
 * six (`related` for `created`). No I/O.
 */
export function isSlip(name: string, known: string): boolean {
  const [one, other] = [name.toLowerCase(), known.toLowerCase()];
  if (one.length < 4 || one.slice(0, -1) === other.slice(0, -1)) return false;
  if (one.startsWith(other) || other.startsWith(one)) return false;
  // The same letters in another order are a slip in a short word too.
  const isOtherWord = one.length === other.length && sortLetters(one) !== sortLetters(other);
  if (one.length === 4 && isOtherWord) return false;
  const edits = countEdits(one, other);
  return edits > 0 && edits <= Math.max(1, Math.floor(other.length / 6));
}

function sortLetters(word: string): string {
  return word.split("").toSorted().join("");
}

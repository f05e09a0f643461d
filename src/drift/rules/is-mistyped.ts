import { countEdits } from "../../parse/find-nearest.ts";

/** Names of so many letters may differ by two of them. */
const longName = 8;
/** In a shorter one another letter makes another word: `text` is none for `test`. */
const leastForOtherLetter = 5;

/**
 * True where a name differs from a known one by no more than a slip of the finger.
 *
 * Endings do not make a name long: `b.png` is no slip for `a.png`. Neither is `page-1` for `page-2`,
 * since numbers are chosen. No I/O.
 *
 * @example isMistyped("depoly.sh", "deploy.sh") && isMistyped("app.yaml", "app.yml")
 */
export function isMistyped(name: string, known: string): boolean {
  if (Math.abs(name.length - known.length) > 2) return false;
  if (withoutDigits(name) === withoutDigits(known)) return false;
  const [stem, ending] = splitEnding(name);
  const [knownStem, knownEnding] = splitEnding(known);
  if (ending === knownEnding) return isMistypedWord(stem, knownStem);
  return stem === knownStem && ending !== "" && countEdits(ending, knownEnding) <= 1;
}

function isMistypedWord(word: string, known: string): boolean {
  const length = Math.min(word.length, known.length);
  const edits = countEdits(word, known);
  if (length < 2 || edits > 2) return false;
  if (edits === 2) return length >= longName;
  const isOtherLetter = word.length === known.length && sortLetters(word) !== sortLetters(known);
  return !isOtherLetter || length >= leastForOtherLetter;
}

function splitEnding(name: string): readonly [string, string] {
  const dot = name.lastIndexOf(".");
  return dot < 1 ? [name, ""] : [name.slice(0, dot), name.slice(dot + 1)];
}

function withoutDigits(name: string): string {
  return name.replaceAll(/\d+/g, "");
}

function sortLetters(word: string): string {
  return word.toLowerCase().split("").toSorted().join("");
}

import type { Quantifier } from "../model/expectation.ts";

/** The words at a line's end that say how it is matched. */
export interface LineSuffix {
  /** The line without them. */
  readonly body: string;
  readonly kinds: ReadonlySet<SuffixKind>;
  readonly quantifier: Quantifier;
}

/** What a suffix can say. */
export type SuffixKind = "glob" | "re" | "esc" | "eq" | "no-eol";

/** A suffix that is none, and why; columns are 0-based. */
export interface SuffixProblem {
  readonly kind: "suffix" | "quantifier";
  readonly start: number;
  readonly end: number;
  readonly reason: string;
  readonly nearest?: string | undefined;
}

const names: Readonly<Record<string, SuffixKind>> = {
  glob: "glob",
  gl: "glob",
  re: "re",
  regex: "re",
  esc: "esc",
  escaped: "esc",
  eq: "eq",
  equal: "eq",
  "no-eol": "no-eol",
};

const quantifiers: Readonly<Record<string, Quantifier>> = {
  "?": "optional",
  "*": "any",
  "+": "some",
};

/**
 * Takes the suffixes off a line: `(glob)`, `(re)`, `(esc)`, `(eq)`, `(no-eol)`, with `?`, `*` or `+` behind
 * the word, or one of these alone; also scrut's longer names.
 *
 * Read from the end, as far as they go together; behind `(eq)` nothing more is read. No I/O.
 *
 * @example readLineSuffix("a* (glob+)") → { body: "a*", kinds: Set { "glob" }, quantifier: "some" }
 */
export function readLineSuffix(line: string): LineSuffix {
  const kinds = new Set<SuffixKind>();
  let quantifier: Quantifier = "one";
  let body = line;
  while (!kinds.has("eq") && !kinds.has("re")) {
    const match = suffix.exec(body);
    const [whole = "", word = "", behindWord, alone] = match ?? [];
    const sign = behindWord ?? alone ?? "";
    const kind = word === "" ? "eq" : names[word];
    if (match === null || kind === undefined || !canJoin(kinds, kind, word, sign, quantifier))
      break;
    if (word !== "" || kinds.size > 0) kinds.add(kind);
    quantifier = quantifiers[sign] ?? quantifier;
    body = body.slice(0, -whole.length);
    // A quantifier alone belongs to the letters before it, and to `(esc)` or `(no-eol)` at most.
    if (word === "" && kinds.size === 0) break;
  }
  return { body, kinds, quantifier };
}

const suffix = / \((?:([a-z-]{2,7})([?*+]?)|([?*+]))\)$/;

function canJoin(
  kinds: ReadonlySet<SuffixKind>,
  kind: SuffixKind,
  word: string,
  sign: string,
  quantifier: Quantifier,
): boolean {
  if (kinds.has(kind) || (sign !== "" && quantifier !== "one")) return false;
  if (kind === "no-eol") return sign === "" && quantifier === "one";
  if (kind === "eq" && word === "") return kinds.size === 0;
  if (kind === "glob") return !kinds.has("re");
  if (kind === "re" || kind === "eq") return !kinds.has("glob") && !kinds.has("esc");
  return true;
}

/**
 * Finds a word at a line's end that is no suffix and was meant as one: `(glbo)`, `(re1)`, `(no-eol+)`.
 *
 * Ordinary words in parentheses (`(done)`, `(2 files)`, `(rev)`) are none. No I/O.
 */
export function findSuffixProblem(line: string): SuffixProblem | undefined {
  const match = / \(([A-Za-z][A-Za-z -]*[A-Za-z])([?*+]?)\)$/.exec(line);
  const word = match?.[1];
  if (match === null || word === undefined) return undefined;
  const start = match.index + 1;
  const place = { start, end: line.length };
  const known = names[word];
  if (known === "no-eol" && match[2] !== "") {
    const reason = "`(no-eol)` is the last line, which comes once";
    return { kind: "quantifier", ...place, reason };
  }
  if (known !== undefined) return undefined;
  const nearest = findMeant(word, match[2] !== "");
  return nearest === undefined ? undefined : { kind: "suffix", ...place, reason: word, nearest };
}

/** Spellings of other tools and of habit. */
const others: Readonly<Record<string, string>> = {
  regexp: "re",
  noeol: "no-eol",
  "no eol": "no-eol",
  "no-newline": "no-eol",
};

function findMeant(word: string, hasQuantifier: boolean): string | undefined {
  const lower = word.toLowerCase();
  if (others[lower] !== undefined) return others[lower];
  if (names[lower] !== undefined) return lower;
  return Object.keys(names).find((name) => isSlip(lower, name, hasQuantifier));
}

/** Two letters that changed places, or one letter too many or too few inside a longer word. */
function isSlip(word: string, name: string, hasQuantifier: boolean): boolean {
  if (name.length < 4 && !hasQuantifier) return false;
  if (word.length === name.length) {
    let at = 0;
    while (word[at] === name[at]) at += 1;
    const isSwapped =
      word[at] === name[at + 1] &&
      word[at + 1] === name[at] &&
      word.slice(at + 2) === name.slice(at + 2);
    return isSwapped;
  }
  const [short, long] = word.length < name.length ? [word, name] : [name, word];
  if (long.length - short.length !== 1 || short.length < 3) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  // At its beginning or its end another letter makes another word: `(globe)`, `(lob)`.
  return at > 0 && at < short.length && short.slice(at) === long.slice(at + 1);
}

import type { KnownNames } from "../model/expectation.ts";
import { prepareLine, type LineContext } from "./prepare-line.ts";
import { readLineParts } from "./read-line-parts.ts";
import { volatileWords } from "./volatile-words.ts";

/**
 * Compares a JSON value with an expected string: gives back the names that are known afterwards, or why it does
 * not hold, empty where both values say it.
 */
export type LeafTest = (actual: unknown, known: KnownNames) => KnownNames | string;

/** What an expected string in JSON stands for. */
export type JsonLeaf =
  | { readonly kind: "type"; readonly name: "any" | "number" | "string" | "boolean" }
  | { readonly kind: "shape"; readonly word: "UUID" | "TIME" }
  | { readonly kind: "re" | "glob" | "text"; readonly text: string };

/**
 * Reads an expected string of JSON: `(any)`, `(number)`, `(string)`, `(boolean)`, `(uuid)`, `(time)`,
 * `(re) …`, `(glob) …`, `(eq) …`; all others are text that can hold `[..]`, names and volatile words.
 *
 * No I/O.
 */
export function readJsonLeaf(text: string): JsonLeaf {
  const type = /^\((any|number|string|boolean)\)$/.exec(text)?.[1];
  if (type !== undefined) return { kind: "type", name: type as "any" };
  if (text === "(uuid)") return { kind: "shape", word: "UUID" };
  if (text === "(time)") return { kind: "shape", word: "TIME" };
  const [, kind, rest] = /^\((re|glob)\) (.*)$/s.exec(text) ?? [];
  if (kind !== undefined && rest !== undefined) return { kind: kind as "re", text: rest };
  return { kind: "text", text };
}

/**
 * Makes an expected string of JSON ready to be compared.
 *
 * `(eq) (any)` is the text `(any)`. A value that equals the written string has been accepted before. No I/O.
 */
export function prepareLeaf(expected: string, context: LineContext): LeafTest {
  const leaf = readJsonLeaf(expected);
  if (leaf.kind === "type") {
    const { name } = leaf;
    return (actual, known) => {
      if (name === "any" || typeof actual === name) return known;
      // A whole number that is too large for a number.
      return name === "number" && typeof actual === "bigint" ? known : "";
    };
  }
  const test = prepareText(expected, context);
  return (actual, known) => (typeof actual === "string" ? (test(actual, known) ?? "") : "");
}

function prepareText(
  expected: string,
  context: LineContext,
): (actual: string, known: KnownNames) => KnownNames | undefined {
  const leaf = readJsonLeaf(expected);
  const literal = /^\(eq\) (.*)$/s.exec(expected)?.[1];
  if (literal !== undefined) {
    return (actual, known) => (actual === literal ? known : undefined);
  }
  const line = prepareLine(
    {
      row: 0,
      source: expected,
      quantifier: "one",
      hasNoLineEnd: false,
      matcher:
        leaf.kind === "re"
          ? { kind: "re", pattern: leaf.text }
          : leaf.kind === "shape"
            ? { kind: "re", pattern: volatileWords[leaf.word].pattern }
            : {
                kind: leaf.kind === "glob" ? "glob" : "literal",
                parts: readLineParts(leaf.kind === "type" ? "" : leaf.text, {
                  isGlob: leaf.kind === "glob",
                }),
              },
    },
    context,
  );
  return (actual, known) =>
    line.match({ raw: actual, text: actual, hasLineEnd: true, isCut: false }, known);
}

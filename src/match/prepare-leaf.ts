import type { KnownNames, LineMatcher } from "../model/expectation.ts";
import { prepareLine, type LineContext } from "./prepare-line.ts";
import { readLineParts } from "./read-line-parts.ts";
import { volatileWords } from "./volatile-words.ts";

/** Compares a JSON value with an expected string: gives back the names that are known afterwards, or undefined. */
export type LeafTest = (actual: unknown, known: KnownNames) => KnownNames | undefined;

/** What an expected string in JSON stands for. */
export type JsonLeaf =
  | { readonly kind: "type"; readonly name: "any" | "number" | "string" | "boolean" }
  | { readonly kind: "shape"; readonly word: "UUID" | "TIME" }
  | { readonly kind: "re" | "glob" | "eq" | "text"; readonly text: string };

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
  const [, kind, rest] = /^\((re|glob|eq)\) (.*)$/s.exec(text) ?? [];
  if (kind !== undefined && rest !== undefined) return { kind: kind as "re", text: rest };
  return { kind: "text", text };
}

/**
 * Makes an expected string of JSON ready to be compared.
 *
 * A value that equals the written string has been accepted before. No I/O.
 */
export function prepareLeaf(expected: string, context: LineContext): LeafTest {
  const leaf = readJsonLeaf(expected);
  if (leaf.kind === "type") {
    const { name } = leaf;
    return (actual, known) => {
      if (name === "any" || typeof actual === name) return known;
      // A whole number that is too large for a number.
      return name === "number" && typeof actual === "bigint" ? known : undefined;
    };
  }
  const shared = { row: 0, source: expected, quantifier: "one", hasNoLineEnd: false } as const;
  const line = prepareLine({ ...shared, matcher: matcherOf(leaf) }, context);
  return (actual, known) =>
    typeof actual === "string"
      ? line.match({ raw: actual, text: actual, hasLineEnd: true, isCut: false }, known)
      : undefined;
}

function matcherOf(leaf: Exclude<JsonLeaf, { readonly kind: "type" }>): LineMatcher {
  switch (leaf.kind) {
    case "re":
      return { kind: "re", pattern: leaf.text };
    case "shape":
      return { kind: "re", pattern: volatileWords[leaf.word].pattern };
    case "eq":
      return { kind: "literal", parts: [{ kind: "text", text: leaf.text }] };
    case "glob":
      return { kind: "glob", parts: readLineParts(leaf.text, { isGlob: true }) };
    case "text":
      return { kind: "literal", parts: readLineParts(leaf.text) };
  }
}

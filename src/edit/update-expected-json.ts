import type { KnownNames } from "../model/expectation.ts";
import type { ExpectationUpdate, LineChange } from "../model/expectation-update.ts";
import { locateJsonValues, renderJsonPath, type JsonPath } from "../match/json-path.ts";
import { matchJson } from "../match/match-json.ts";
import { openOutputMatch, type ExpectedOutput } from "../match/match-output.ts";
import { parseJson, parseJsonOutput } from "../match/parse-json-output.ts";
import { prepareLeaf, readJsonLeaf } from "../match/prepare-leaf.ts";
import { readLineParts } from "../match/read-line-parts.ts";
import { stripEscapeSequences } from "../match/strip-escape-sequences.ts";
import type { ExpectationFacts } from "./expectation-facts.ts";
import { readJsonLayout, type JsonLayout } from "./json-layout.ts";
import { proposeVolatileWords } from "./propose-volatile-words.ts";

/**
 * Rewrites expected JSON that does not hold for an output, so that it does.
 *
 * A value that holds stays as it is written, matchers included; keys that are not expected are not added. Where
 * values alone are others nothing but their text is written; where keys or elements go or come, the document is
 * laid out anew, on one line where it was on one. No I/O.
 */
export function updateExpectedJson(
  expected: ExpectedOutput,
  facts: ExpectationFacts,
): ExpectationUpdate {
  const parsed = parseJsonOutput(stripEscapeSequences(new TextDecoder().decode(facts.output)));
  if ("reason" in parsed) {
    return { kind: "impossible", reason: lowerFirst(parsed.reason) };
  }
  try {
    const wanted = parseJson(expected.text);
    const attempts = facts.proposesVolatile ? [true, false] : [false];
    for (const proposesVolatile of attempts) {
      for (const keeps of [true, false]) {
        const rewriting = new JsonRewriting(expected.text, { ...facts, proposesVolatile });
        const value = keeps
          ? rewriting.rewrite(wanted, parsed.value, [])
          : rewriting.replace(wanted, parsed.value, []);
        const update = tryJson(rewriting.finish(value), rewriting.changes, expected, facts);
        if (update !== undefined) return update;
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { kind: "impossible", reason: "the JSON is nested too deeply" };
  }
  return { kind: "impossible", reason: "a number of it is larger than any that can be written" };
}

function lowerFirst(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1).replace(/\.$/u, "");
}

/** A change before its line is known. */
type ValueChange = Pick<LineChange, "kind" | "isMatcher"> & {
  readonly path: string;
  readonly json: string;
};

function tryJson(
  text: string,
  changes: readonly ValueChange[],
  expected: ExpectedOutput,
  { engine, known, directory, output }: ExpectationFacts,
): ExpectationUpdate | undefined {
  const match = openOutputMatch({ ...expected, text }, engine, { known, directory });
  match.push(output);
  const result = match.end();
  if (!result.isMatch) return undefined;
  const before = locateJsonValues(expected.text);
  const after = locateJsonValues(text);
  return {
    kind: "rewritten",
    text,
    bound: result.bound,
    changes: changes.map(({ path, json, ...change }) => ({
      ...change,
      row: (change.kind === "dropped" ? before : after).get(path)?.row ?? 0,
      text: `${path}: ${json.replaceAll(/\n\s*/gu, " ")}`,
    })),
  };
}

class JsonRewriting {
  readonly changes: ValueChange[] = [];
  readonly #text: string;
  readonly #facts: ExpectationFacts;
  readonly #places: ReturnType<typeof locateJsonValues>;
  readonly #layout: JsonLayout;
  readonly #replaced: { readonly start: number; readonly end: number; readonly value: unknown }[] =
    [];
  #known: KnownNames;
  /** True where keys or elements have gone or come. */
  #isReshaped = false;

  constructor(text: string, facts: ExpectationFacts) {
    this.#text = text;
    this.#facts = facts;
    this.#places = locateJsonValues(text);
    this.#layout = readJsonLayout(text);
    this.#known = facts.known;
  }

  /** The expected value as it is to be. */
  rewrite(expected: unknown, actual: unknown, path: JsonPath): unknown {
    const { engine, directory } = this.#facts;
    const context = { engine, directory, isExact: false };
    const { differences, known } = matchJson(expected, actual, context, this.#known);
    if (differences.length === 0) {
      this.#known = known;
      this.#noteKept(expected, path);
      return expected;
    }
    if (isObject(expected) && isObject(actual)) {
      return this.#rewriteObject(expected, actual, path);
    }
    if (Array.isArray(expected) && Array.isArray(actual)) {
      return this.#rewriteArray(expected, actual, path);
    }
    return this.replace(expected, actual, path);
  }

  /** The actual value in place of an expected one. */
  replace(expected: unknown, actual: unknown, path: JsonPath): unknown {
    const place = this.#places.get(renderJsonPath(path));
    const before = place === undefined ? "" : this.#text.slice(place.start, place.end);
    this.#note("dropped", expected, path);
    const value = this.#write(actual, path, before);
    if (place !== undefined) this.#replaced.push({ ...place, value });
    return value;
  }

  /** The new text: the old one with other values in their places, or a new one where the shape is another. */
  finish(value: unknown): string {
    if (this.#isReshaped) return this.#layout.render(value, "");
    let text = this.#text;
    for (const { start, end, value: part } of this.#replaced.toSorted(
      (one, other) => other.start - one.start,
    )) {
      const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
      const indent = /^[ \t]*/u.exec(line)?.[0] ?? "";
      text = text.slice(0, start) + this.#layout.render(part, indent) + text.slice(end);
    }
    return text;
  }

  #rewriteObject(
    expected: Readonly<Record<string, unknown>>,
    actual: Readonly<Record<string, unknown>>,
    path: JsonPath,
  ): unknown {
    const keys = Object.keys(expected);
    // An object without a key would accept every object.
    if (!keys.some((key) => Object.hasOwn(actual, key)))
      return this.replace(expected, actual, path);
    const pairs = keys.flatMap((key) => {
      const place = [...path, key];
      if (Object.hasOwn(actual, key)) {
        return [[key, this.rewrite(expected[key], actual[key], place)] as const];
      }
      this.#isReshaped = true;
      this.#note("dropped", expected[key], place);
      return [];
    });
    return Object.fromEntries(pairs);
  }

  #rewriteArray(expected: readonly unknown[], actual: readonly unknown[], path: JsonPath): unknown {
    if (expected.includes("...")) return this.replace(expected, actual, path);
    const items = actual.map((item, index) => {
      const place = [...path, index];
      if (index < expected.length) return this.rewrite(expected[index], item, place);
      this.#isReshaped = true;
      return this.#write(item, place, "");
    });
    for (const [index, item] of expected.entries()) {
      if (index < actual.length) continue;
      this.#isReshaped = true;
      this.#note("dropped", item, [...path, index]);
    }
    return items;
  }

  #write(actual: unknown, path: JsonPath, before: string): unknown {
    const { value, isLoose } = this.#writeValue(actual, before);
    this.#note(isLoose ? "loosened" : "new", value, path);
    return value;
  }

  #writeValue(actual: unknown, before: string): { value: unknown; isLoose: boolean } {
    if (typeof actual === "string") return this.#writeLeaf(actual, before);
    if (Array.isArray(actual)) {
      const items = actual.map((item) => this.#writeValue(item, before));
      return { value: items.map(({ value }) => value), isLoose: items.some((one) => one.isLoose) };
    }
    if (!isObject(actual)) return { value: actual, isLoose: false };
    const pairs = Object.entries(actual).map(
      ([key, item]) => [key, this.#writeValue(item, before)] as const,
    );
    return {
      value: Object.fromEntries(pairs.map(([key, { value }]) => [key, value])),
      isLoose: pairs.some(([, { isLoose }]) => isLoose),
    };
  }

  #writeLeaf(actual: string, before: string): { value: string; isLoose: boolean } {
    const { engine, directory, folder, proposesVolatile } = this.#facts;
    const context = { engine, directory, folder, before };
    const parts = proposesVolatile ? proposeVolatileWords(actual, context) : [];
    if (parts.some(({ kind }) => kind !== "text")) {
      const value = parts
        .map((part) => {
          if (part.kind === "text") return part.text;
          return part.kind === "volatile" ? `[${part.word}]` : "[..]";
        })
        .join("");
      const isRead =
        readJsonLeaf(value).kind === "text" &&
        JSON.stringify(readLineParts(value)) === JSON.stringify(parts);
      const test = prepareLeaf(value, { engine, directory, isExact: false });
      if (isRead && test(actual, this.#known) !== undefined) return { value, isLoose: true };
    }
    return { value: standsForItself(actual) ? actual : `(eq) ${actual}`, isLoose: false };
  }

  /** Of what stays, the values that stand for more than themselves. */
  #noteKept(expected: unknown, path: JsonPath): void {
    if (typeof expected === "string") {
      if (expected !== "..." && !standsForItself(expected)) {
        this.changes.push({ ...this.#describe(expected, path), kind: "kept", isMatcher: true });
      }
    } else if (Array.isArray(expected)) {
      for (const [index, item] of expected.entries()) this.#noteKept(item, [...path, index]);
    } else if (isObject(expected)) {
      for (const [key, item] of Object.entries(expected)) this.#noteKept(item, [...path, key]);
    }
  }

  #note(kind: LineChange["kind"], value: unknown, path: JsonPath): void {
    this.changes.push({ ...this.#describe(value, path), kind });
  }

  #describe(value: unknown, path: JsonPath): { readonly path: string; readonly json: string } {
    return { path: renderJsonPath(path), json: this.#layout.render(value, "") };
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function standsForItself(text: string): boolean {
  if (text === "...") return false;
  return (
    readJsonLeaf(text).kind === "text" && readLineParts(text).every(({ kind }) => kind === "text")
  );
}

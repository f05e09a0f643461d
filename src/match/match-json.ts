import type { KnownNames } from "../model/expectation.ts";
import { renderJsonPath, type JsonPath } from "./json-path.ts";
import type { LineContext } from "./prepare-line.ts";
import { prepareLeaf, type LeafTest } from "./prepare-leaf.ts";

/** A value that is not the expected one. */
export interface JsonDifference {
  readonly path: string;
  /** As JSON; absent where nothing is expected. */
  readonly expected?: string | undefined;
  /** As JSON; absent where nothing is there. */
  readonly actual?: string | undefined;
  /** `expected "ok", was "down"`. */
  readonly reason: string;
}

/** How a JSON document compares. */
export interface JsonResult {
  readonly differences: readonly JsonDifference[];
  readonly known: KnownNames;
}

/** An array's element that stands for any number of others. */
const elision = "...";

/**
 * Compares a JSON value with an expected one of which objects may lack keys.
 *
 * Arrays have the same length, unless an expected element `"..."` stands for any number of elements. Strings
 * that say so are matchers: see `prepareLeaf`. Takes time at most proportional to the product of both
 * values' sizes. No I/O.
 */
export function matchJson(
  expected: unknown,
  actual: unknown,
  context: LineContext,
  known: KnownNames,
): JsonResult {
  const comparison = new JsonComparison(context, known);
  comparison.compare(expected, actual, []);
  return { differences: comparison.differences, known: comparison.known };
}

/** Differences beyond these help nobody. */
const mostDifferences = 100;

class JsonComparison {
  readonly differences: JsonDifference[] = [];
  readonly #context: LineContext;
  readonly #leaves = new Map<string, LeafTest>();
  known: KnownNames;

  constructor(context: LineContext, known: KnownNames) {
    this.#context = context;
    this.known = known;
  }

  compare(expected: unknown, actual: unknown, path: JsonPath): void {
    if (this.differences.length >= mostDifferences) return;
    if (typeof expected === "string") this.#compareLeaf(expected, actual, path);
    else if (Array.isArray(expected) && Array.isArray(actual)) {
      this.#compareArrays(expected, actual, path);
    } else if (isObject(expected) && isObject(actual)) {
      for (const [key, value] of Object.entries(expected)) {
        if (Object.hasOwn(actual, key)) this.compare(value, actual[key], [...path, key]);
        else this.#report([...path, key], value, undefined, "the output has none");
      }
    } else if (expected !== actual) this.#reportOther(path, expected, actual);
  }

  #compareLeaf(expected: string, actual: unknown, path: JsonPath): void {
    if (actual === expected) return;
    let test = this.#leaves.get(expected);
    if (test === undefined) {
      test = prepareLeaf(expected, this.#context);
      this.#leaves.set(expected, test);
    }
    const after = test(actual, this.known);
    if (after === undefined) this.#reportOther(path, expected, actual);
    else this.known = after;
  }

  #compareArrays(expected: readonly unknown[], actual: readonly unknown[], path: JsonPath): void {
    if (!expected.includes(elision)) {
      for (const [index, value] of expected.entries()) {
        const place = [...path, index];
        if (index < actual.length) this.compare(value, actual[index], place);
        else this.#report(place, value, undefined, "the output has none");
      }
      for (const [index, value] of actual.entries()) {
        if (index < expected.length) continue;
        this.#report([...path, index], undefined, value, "nothing more is expected");
      }
      return;
    }
    const segments = splitAt(expected, elision);
    const [head = [], ...rest] = segments;
    const tail = rest.pop() ?? [];
    const isLong = actual.length >= head.length + tail.length;
    let at = head.length;
    const end = actual.length - tail.length;
    const fits =
      isLong &&
      this.#matchesAt(head, actual, 0) &&
      rest.every((segment) => {
        while (at + segment.length <= end && !this.#matchesAt(segment, actual, at)) at += 1;
        at += segment.length;
        return at <= end;
      }) &&
      this.#matchesAt(tail, actual, end);
    if (fits) return;
    const count = actual.length === 1 ? "1 element" : `${actual.length} elements`;
    this.#report(path, expected, actual, `the ${count} of the output hold no such run of elements`);
  }

  /** Binds names where it matches, and only there. */
  #matchesAt(segment: readonly unknown[], actual: readonly unknown[], at: number): boolean {
    const attempt = new JsonComparison(this.#context, this.known);
    for (const [index, value] of segment.entries()) {
      attempt.compare(value, actual[at + index], []);
      if (attempt.differences.length > 0) return false;
    }
    this.known = attempt.known;
    return true;
  }

  #reportOther(path: JsonPath, expected: unknown, actual: unknown): void {
    const reason = `expected ${renderShort(expected)}, was ${renderShort(actual)}`;
    this.#report(path, expected, actual, reason);
  }

  #report(path: JsonPath, expected: unknown, actual: unknown, reason: string): void {
    this.differences.push({
      path: renderJsonPath(path),
      expected: expected === undefined ? undefined : renderJson(expected),
      actual: actual === undefined ? undefined : renderJson(actual),
      reason,
    });
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function splitAt(values: readonly unknown[], separator: string): unknown[][] {
  const parts: unknown[][] = [[]];
  for (const value of values) {
    if (value === separator) parts.push([]);
    else parts.at(-1)?.push(value);
  }
  return parts;
}

/** A value in one line of JSON, with whole numbers of any size. No I/O. */
function renderJson(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return `[${value.map(renderJson).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const pairs = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${renderJson(item)}`,
  );
  return `{${pairs.join(", ")}}`;
}

function renderShort(value: unknown): string {
  const text = renderJson(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

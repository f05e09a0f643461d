import type { ExpectedLine, LinePart } from "../model/expectation.ts";
import type { ExpectedOutput } from "./match-output.ts";
import { parseJson } from "./parse-json-output.ts";
import type { PatternEngine } from "./pattern-engine.ts";
import { readJsonLeaf } from "./prepare-leaf.ts";
import { readExpectedText } from "./read-expected-text.ts";
import { readLineParts } from "./read-line-parts.ts";
import { samplePattern } from "./sample-pattern.ts";
import { volatileWords } from "./volatile-words.ts";

/**
 * Makes an output that an expectation accepts: literal text as it is, patterns and volatile words filled in, each
 * line once. Undefined where a pattern has no sample, or JSON is none.
 *
 * The same each time. No I/O.
 *
 * @example makeSample({ text: "up since [TIME]\n...", match: "lines" }, engine) →
 *   "up since 2026-02-03T04:05:06Z\nanother line\n"
 */
export function makeSample(
  { text, match }: ExpectedOutput,
  engine: PatternEngine,
): string | undefined {
  if (match === "json") return makeJsonSample(text, engine);
  const { lines } = readExpectedText(text, match);
  const written = lines.map((line) => sampleLine(line, engine));
  if (written.includes(undefined)) return undefined;
  const hasNoLineEnd = lines.at(-1)?.hasNoLineEnd === true;
  return written.length === 0 ? "" : written.join("\n") + (hasNoLineEnd ? "" : "\n");
}

/** The value that a name has in a sample. No I/O. */
export function sampleName(name: string): string {
  return `value-of-${name}`;
}

function sampleLine({ matcher }: ExpectedLine, engine: PatternEngine): string | undefined {
  if (matcher.kind === "elision") return "another line";
  if (matcher.kind === "re") return samplePattern(matcher.pattern, engine);
  return sampleParts(matcher.parts);
}

function sampleParts(parts: readonly LinePart[]): string {
  return parts.map(samplePart).join("");
}

function samplePart(part: LinePart): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "any":
      return "some text";
    case "one":
      return "x";
    case "capture":
      return sampleName(part.name);
    case "volatile":
      return volatileWords[part.word].sample;
  }
}

function makeJsonSample(text: string, engine: PatternEngine): string | undefined {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    return undefined;
  }
  const sample = sampleJson(value, engine);
  return sample === undefined ? undefined : `${sample}\n`;
}

/** As JSON text, since whole numbers can be larger than a number holds. */
function sampleJson(value: unknown, engine: PatternEngine): string | undefined {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "string") return sampleLeaf(value, engine);
  if (Array.isArray(value)) {
    const items = value.map((item) => (item === "..." ? "null" : sampleJson(item, engine)));
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, item]) => {
    const sample = sampleJson(item, engine);
    return sample === undefined ? undefined : `${JSON.stringify(key)}: ${sample}`;
  });
  return pairs.includes(undefined) ? undefined : `{${pairs.join(", ")}}`;
}

const typeSamples = { any: '"something"', number: "7", string: '"some text"', boolean: "true" };

function sampleLeaf(text: string, engine: PatternEngine): string | undefined {
  const leaf = readJsonLeaf(text);
  switch (leaf.kind) {
    case "type":
      return typeSamples[leaf.name];
    case "shape":
      return JSON.stringify(volatileWords[leaf.word].sample);
    case "re": {
      const sample = samplePattern(leaf.text, engine);
      return sample === undefined ? undefined : JSON.stringify(sample);
    }
    case "eq":
      return JSON.stringify(leaf.text);
    case "glob":
    case "text":
      return JSON.stringify(
        sampleParts(readLineParts(leaf.text, { isGlob: leaf.kind === "glob" })),
      );
  }
}

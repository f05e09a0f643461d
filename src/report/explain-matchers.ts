import { readJsonLeaf } from "../match/prepare-leaf.ts";
import { parseJson } from "../match/parse-json-output.ts";
import { readExpectedText } from "../match/read-expected-text.ts";
import { readLineParts } from "../match/read-line-parts.ts";
import type {
  ExpectedLine,
  Expectation,
  LinePart,
  Quantifier,
  VolatileWord,
} from "../model/expectation.ts";

/** A sign in expected output that stands for something else, and what it stands for. */
export interface ExplainedMatcher {
  readonly sign: string;
  /** A phrase: "any lines, or none". */
  readonly meaning: string;
}

const volatileMeanings: Readonly<Record<VolatileWord, string>> = {
  TIME: "a time",
  UUID: "a UUID",
  TMP: "a temporary path",
  SHA: "a commit or a checksum",
  CWD: "the current directory",
  PORT: "a port",
  DURATION: "a duration",
};
const typeMeanings = {
  any: "any value",
  number: "any number",
  string: "any text",
  boolean: "true or false",
} as const;
const quantifiers: Readonly<Record<Quantifier, { readonly sign: string; readonly of: string }>> = {
  one: { sign: "", of: "" },
  optional: { sign: "?", of: "a line that may be missing" },
  any: { sign: "*", of: "any number of such lines, or none" },
  some: { sign: "+", of: "one such line or more" },
};
const kindMeanings = {
  re: "a regular expression",
  glob: "`*` stands for any text, `?` for one character",
  esc: String.raw`\t and the like stand for one character`,
  literal: "",
} as const;

/**
 * Explains each sign in expected output that does not stand for itself, once, in the order in which they come.
 *
 * None where all of it is printed as it stands. No I/O.
 *
 * @example explainMatchers({ match: "lines", text: "at [SHA]\n..." }) →
 *   [{ sign: "[SHA]", meaning: "a commit or a checksum" }, { sign: "...", meaning: "any lines, or none" }]
 */
export function explainMatchers({
  match,
  text,
}: Pick<Expectation, "match" | "text">): readonly ExplainedMatcher[] {
  if (match === "json") return listOnce(listStrings(parseSafely(text)).flatMap(explainLeaf));
  const { lines, exitCode } = readExpectedText(text, match);
  const found = lines.flatMap(explainLine);
  if (exitCode === undefined) return listOnce(found);
  return listOnce([...found, { sign: `[${exitCode.code}]`, meaning: "the exit code" }]);
}

function listOnce(explained: readonly ExplainedMatcher[]): readonly ExplainedMatcher[] {
  return [...new Map(explained.map((one) => [one.sign, one])).values()];
}

function explainLine(line: ExpectedLine): readonly ExplainedMatcher[] {
  const { matcher, quantifier, source } = line;
  if (matcher.kind === "elision") return [{ sign: "...", meaning: "any lines, or none" }];
  const { sign, of } = quantifiers[quantifier];
  const kind = matcher.kind === "literal" ? "" : matcher.kind;
  const meaning = [kindMeanings[matcher.kind], of].filter((part) => part !== "").join("; ");
  return [
    ...(matcher.kind === "re" ? [] : explainParts(matcher.parts, source)),
    ...(meaning === "" ? [] : [{ sign: `(${kind}${sign})`, meaning }]),
    ...(line.hasNoLineEnd ? [{ sign: "(no-eol)", meaning: "no line end behind it" }] : []),
  ];
}

function explainParts(parts: readonly LinePart[], source: string): readonly ExplainedMatcher[] {
  return parts.flatMap((part) => {
    if (part.kind === "volatile") {
      return [{ sign: `[${part.word}]`, meaning: volatileMeanings[part.word] }];
    }
    if (part.kind === "capture") {
      return [
        { sign: `[..${part.name}..]`, meaning: "any text, the same wherever this name stands" },
      ];
    }
    // In a glob, `*` is such a part too.
    return part.kind === "any" && source.includes("[..]")
      ? [{ sign: "[..]", meaning: "any text, or none" }]
      : [];
  });
}

function explainLeaf(text: string): readonly ExplainedMatcher[] {
  if (text === "...") return [{ sign: "...", meaning: "any elements, or none" }];
  const leaf = readJsonLeaf(text);
  switch (leaf.kind) {
    case "type":
      return [{ sign: `(${leaf.name})`, meaning: typeMeanings[leaf.name] }];
    case "shape":
      return [{ sign: `(${leaf.word.toLowerCase()})`, meaning: volatileMeanings[leaf.word] }];
    case "re":
    case "glob":
      return [{ sign: `(${leaf.kind})`, meaning: kindMeanings[leaf.kind] }];
    case "eq":
      return [];
    case "text":
      return explainParts(readLineParts(leaf.text), leaf.text);
  }
}

function listStrings(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value as Readonly<Record<string, unknown>>).flatMap(listStrings)
    : [];
}

/** What is no JSON has been told as a problem; here it explains nothing. */
function parseSafely(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

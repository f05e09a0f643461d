import type { Expectation, MatchMode } from "../model/expectation.ts";

const phrases: Readonly<Record<MatchMode, string>> = {
  lines: "these lines",
  subset: "these lines in this order, among others",
  unordered: "these lines in any order",
  contains: "this text, anywhere",
  json: "JSON with at least these values",
  exact: "exactly this",
};
const phrasesOfOneLine: Partial<Record<MatchMode, string>> = {
  lines: "this line",
  subset: "this line, among others",
  unordered: "this line",
};
const streams = { stdout: "", stderr: "on standard error", both: "on both streams" } as const;

/** What a command must print, in words for a reader. */
export interface DescribedExpectation {
  /** Where it is printed, as it follows a verb; empty for standard output. */
  readonly place: string;
  /** What is compared, and how; the text itself follows. */
  readonly what: string;
}

/**
 * Says what of a command's output is expected, without the words of a fence's attributes. No I/O.
 *
 * @example describeExpectation({ match: "json", stream: "stderr", text: "{}" }) →
 *   { place: "on standard error", what: "JSON with at least these values" }
 */
export function describeExpectation({
  match,
  stream,
  ansi,
  text,
}: Pick<Expectation, "match" | "stream" | "ansi" | "text">): DescribedExpectation {
  const isNothing = text === "" && match !== "json";
  const ofOneLine = text.includes("\n") ? undefined : phrasesOfOneLine[match];
  const colours = ansi === "keep" && !isNothing ? ", colours included" : "";
  return {
    place: streams[stream],
    what: `${isNothing ? "nothing" : (ofOneLine ?? phrases[match])}${colours}`,
  };
}

import { makeSample, sampleName } from "./make-sample.ts";
import { matchText, type ExpectedOutput } from "./match-output.ts";
import {
  commandNotFound,
  mutateJsonSample,
  mutateSample,
  otherJson,
  unrelatedText,
} from "./mutate-sample.ts";
import type { PatternEngine } from "./pattern-engine.ts";
import { readExpectedText } from "./read-expected-text.ts";

/** What an expectation accepts that it should not: nothing at all, a missing command, any text, another document. */
export type Weakness = "nothing" | "command-not-found" | "any-text" | "any-json";

/** How much an expectation says. */
export interface ExpectationRating {
  /** Empty where it is not weak. */
  readonly weaknesses: readonly Weakness[];
  /**
   * How many of a hundred changes of an accepted output it rejects, 0 to 100; undefined where no such output
   * could be made.
   */
  readonly strength: number | undefined;
  /** What could go wrong and would not be seen, in phrases. */
  readonly accepted: readonly string[];
}

/** Longer ones say enough, and would take their time. */
const mostRatedCharacters = 100_000;

/**
 * Rates an expectation: makes an output that it accepts, changes it in each of a fixed list of ways, and counts
 * how many of the changes it rejects.
 *
 * `boundNames` have a value from steps before. An expectation that says that nothing is printed is not weak for accepting just that. The same each time.
 * No I/O.
 *
 * @example rateExpectation({ text: "...", match: "lines" }, engine) →
 *   { weaknesses: ["nothing", "command-not-found", "any-text"], strength: 0, accepted: […] }
 */
export function rateExpectation(
  expected: ExpectedOutput,
  engine: PatternEngine,
  boundNames: Iterable<string> = [],
): ExpectationRating {
  const accepts = createAcceptance(expected, engine, boundNames);
  const weaknesses = findWeaknesses(expected, engine, boundNames);
  const sample =
    expected.text.length > mostRatedCharacters ? undefined : makeSample(expected, engine);
  if (sample === undefined) return { weaknesses, strength: undefined, accepted: [] };
  const mutants = expected.match === "json" ? mutateJsonSample(sample) : mutateSample(sample);
  const accepted = mutants.filter(({ text }) => accepts(text));
  const strength = Math.round((100 * (mutants.length - accepted.length)) / mutants.length);
  return { weaknesses, strength, accepted: accepted.map(({ name }) => name) };
}

function createAcceptance(
  expected: ExpectedOutput,
  engine: PatternEngine,
  boundNames: Iterable<string>,
): (text: string) => boolean {
  const known = Object.fromEntries(Array.from(boundNames, (name) => [name, sampleName(name)]));
  return (text) => matchText(expected, text, engine, { known, skipsDifference: true }).isMatch;
}

/** What an expectation accepts that it should not; arguments as for `rateExpectation`. No I/O. */
export function findWeaknesses(
  expected: ExpectedOutput,
  engine: PatternEngine,
  boundNames: Iterable<string> = [],
): readonly Weakness[] {
  const accepts = createAcceptance(expected, engine, boundNames);
  if (expected.match === "json") return accepts(otherJson) ? ["any-json"] : [];
  const isSilent =
    expected.match !== "contains" &&
    expected.match !== "subset" &&
    readExpectedText(expected.text, expected.match).lines.length === 0;
  const probes: readonly (readonly [Weakness, string])[] = [
    ...(isSilent ? [] : [["nothing", ""] as const]),
    ["command-not-found", commandNotFound],
    ["any-text", unrelatedText],
    ["any-text", unrelatedText.slice(0, unrelatedText.indexOf("\n") + 1)],
  ];
  return [...new Set(probes.filter(([, text]) => accepts(text)).map(([name]) => name))];
}

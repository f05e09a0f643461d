import type { ExpectationUpdate } from "../model/expectation-update.ts";
import { openOutputMatch, type ExpectedOutput } from "../match/match-output.ts";
import { readExpectedText } from "../match/read-expected-text.ts";
import type { ExpectationFacts } from "./expectation-facts.ts";
import { updateExpectedJson } from "./update-expected-json.ts";
import { updateExpectedLines } from "./update-expected-lines.ts";

/**
 * Makes the text that is to stand in place of expected output, given what came.
 *
 * What holds is not touched at all. What is written holds for the output that it was made of, with the same
 * names known before. No I/O.
 *
 * @example of "up [..id..]\nv1" and the output "up 7\nv2\n" →
 *   { kind: "rewritten", text: "up [..id..]\nv2", bound: { id: "7" }, changes: [
 *     { kind: "kept", row: 0, text: "up [..id..]", isMatcher: true },
 *     { kind: "dropped", row: 1, text: "v1" }, { kind: "new", row: 1, text: "v2" }] }
 */
export function updateExpectation(
  expected: ExpectedOutput,
  facts: ExpectationFacts,
): ExpectationUpdate {
  const { engine, known, directory, output } = facts;
  const { match: mode } = expected;
  const said = readExpectedText(expected.text, mode).exitCode?.code ?? 0;
  const match = openOutputMatch(expected, engine, { known, directory, skipsDifference: true });
  match.push(output);
  const result = match.end();
  if (result.isMatch && (facts.exitCode ?? said) === said) {
    return { kind: "unchanged", bound: result.bound };
  }
  return mode === "json"
    ? updateExpectedJson(expected, facts)
    : updateExpectedLines({ ...expected, match: mode }, facts);
}

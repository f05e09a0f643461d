import type { KnownNames } from "../model/expectation.ts";
import { locateJsonValues } from "./json-path.ts";
import { matchJson, type JsonDifference } from "./match-json.ts";
import { parseJson, parseJsonOutput } from "./parse-json-output.ts";
import type { LineContext } from "./prepare-line.ts";
import { cutDifference, showLine } from "./render-difference.ts";
import { stripEscapeSequences } from "./strip-escape-sequences.ts";

/** The longest output that is read as JSON. */
export const longestJsonCharacters = 16 * 1024 * 1024;

/**
 * Compares an output with expected JSON, and writes what differs: each value under a header with the
 * document's line, the output's and the value's path. No I/O.
 *
 * @example
 *   @@ -12 +1 @@ .checks.database
 *   -"ok"
 *   +"down"
 *   \ .checks.database: expected "ok", was "down"
 */
export function compareJson(
  expected: string,
  output: string,
  context: LineContext,
  { known, firstLine }: { readonly known: KnownNames; readonly firstLine: number },
): { readonly known: KnownNames } | { readonly difference: string } {
  if (output.length > longestJsonCharacters) {
    return {
      difference: renderReason(
        firstLine,
        "The output is longer than 16 MB, the most that is read as JSON.",
      ),
    };
  }
  let wanted: unknown;
  try {
    wanted = parseJson(expected);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { difference: renderReason(firstLine, `What is expected is no JSON: ${reason}`) };
  }
  const text = stripEscapeSequences(output);
  const parsed = parseJsonOutput(text);
  if ("reason" in parsed) return { difference: renderReason(firstLine, parsed.reason) };
  try {
    const result = matchJson(wanted, parsed.value, context, known);
    if (result.differences.length === 0) return { known: result.known };
    return { difference: renderDifferences(result.differences, expected, text, firstLine) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { difference: renderReason(firstLine, "The JSON is nested too deeply.") };
  }
}

function renderReason(firstLine: number, reason: string): string {
  return `@@ -${firstLine} +1 @@\n\\ ${showLine(reason)}`;
}

function renderDifferences(
  differences: readonly JsonDifference[],
  expected: string,
  output: string,
  firstLine: number,
): string {
  const wantedRows = locateJsonValues(expected);
  const foundRows = locateJsonValues(output);
  const lines = differences.flatMap(({ path, expected: wanted, actual, reason }) => {
    const parent = path.replace(/(?:\.\w+|\[[^[\]]*\])$/u, "") || ".";
    const row = wantedRows.get(path) ?? wantedRows.get(parent) ?? 0;
    const found = foundRows.get(path) ?? foundRows.get(parent) ?? 0;
    return [
      `@@ -${firstLine + row} +${found + 1} @@ ${path}`,
      ...(wanted === undefined ? [] : [`-${showLine(wanted)}`]),
      ...(actual === undefined ? [] : [`+${showLine(actual)}`]),
      `\\ ${showLine(`${path}: ${reason}`)}`,
    ];
  });
  return cutDifference(lines);
}

import type { ExpectationProblem } from "../model/expectation.ts";
import { findPatternProblem } from "./find-pattern-problem.ts";
import { parseJson } from "./parse-json-output.ts";
import { readJsonLeaf } from "./prepare-leaf.ts";

/**
 * Finds what is wrong in expected JSON: that it is none, or a pattern in it that cannot be used.
 *
 * No I/O.
 *
 * @example findJsonProblems('{\n"a": 1,\n}') → [{ kind: "json", row: 2, start: 0, end: 1, reason: "…" }]
 */
export function findJsonProblems(text: string): readonly ExpectationProblem[] {
  try {
    parseJson(text);
  } catch (error) {
    return [locateError(text, error)];
  }
  const rows = text.split("\n");
  return locateJsonStrings(text).flatMap(({ value, row }) => {
    const leaf = readJsonLeaf(value);
    const reason = leaf.kind === "re" ? findPatternProblem(leaf.text) : undefined;
    if (reason === undefined) return [];
    return [{ kind: "pattern", row, start: 0, end: rows[row]?.length ?? 0, reason } as const];
  });
}

function locateError(text: string, error: unknown): ExpectationProblem {
  const said = error instanceof Error ? error.message : String(error);
  const position = Number(/ at position (\d+)/u.exec(said)?.[1] ?? text.length);
  const before = text.slice(0, position).split("\n");
  const rows = text.split("\n");
  // Behind the last character there is nothing to blame.
  const row = Math.min(before.length, rows.length) - 1;
  const reason = said.replace(/ in JSON at position .*$|, (?:"|\.\.\.).* is not valid JSON$/su, "");
  const start = Math.min(before.at(-1)?.length ?? 0, Math.max(0, (rows[row]?.length ?? 0) - 1));
  return {
    kind: "json",
    row,
    start,
    end: rows[row]?.length ?? 0,
    reason: `it is no JSON: ${reason}`,
  };
}

function locateJsonStrings(
  text: string,
): readonly { readonly value: string; readonly row: number }[] {
  if (!text.includes("(re)")) return [];
  const strings: { value: string; row: number }[] = [];
  let row = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|\n/gu)) {
    if (token === "\n") row += 1;
    else strings.push({ value: JSON.parse(token) as string, row });
  }
  return strings;
}

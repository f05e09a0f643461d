import type { OutputLine } from "../match/output-lines.ts";
import type { ComparisonRow, ExpectedLine } from "../model/expectation.ts";
import { countWords } from "./count-words.ts";

type HeldRow = Extract<ComparisonRow, { readonly kind: "held" }>;

/**
 * Takes from an elision the lines beside it that are there in place of expected ones: it would let them by, and
 * what was expected there would be gone without a trace. Between two elisions those count that have words in
 * common with what is gone. No I/O.
 */
export function uncoverLines(
  rows: readonly ComparisonRow[],
  expectedLines: readonly ExpectedLine[],
  outputLines: readonly OutputLine[],
): readonly ComparisonRow[] {
  const lineOf = new Map(expectedLines.map((line) => [line.row, line]));
  const asElision = (row: ComparisonRow | undefined): HeldRow | undefined => {
    const isElision =
      row?.kind === "held" && lineOf.get(row.row)?.matcher.kind === "elision" && row.count > 0;
    return isElision ? row : undefined;
  };
  const uncovered: ComparisonRow[] = [];
  /** Lines up to here have a place. */
  let done = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at];
    if (row?.kind !== "missing") {
      if (row !== undefined) uncovered.push(row);
      continue;
    }
    const from = at;
    while (rows[at + 1]?.kind === "missing") at += 1;
    const missing = rows.slice(from, at + 1);
    const sources = missing.map((one) =>
      one.kind === "missing" ? (lineOf.get(one.row)?.source ?? "") : "",
    );
    const places = findPlaces(sources, outputLines, done, {
      before: asElision(rows[from - 1]),
      behind: asElision(rows[at + 1]),
      isBetween: [rows[from - 1], rows[at + 1]].every(
        (one) => one?.kind === "held" && lineOf.get(one.row)?.matcher.kind === "elision",
      ),
    });
    for (const [index, one] of missing.entries()) {
      uncovered.push(one);
      const line = places[index];
      if (line === undefined) continue;
      done = line;
      const text = outputLines[line - 1]?.text ?? "";
      uncovered.push({ kind: "extra", line, count: 1, text });
    }
  }
  return uncovered;
}

/** The 1-based line that stands in place of each expected one, as far as there is one behind line `done`. */
function findPlaces(
  sources: readonly string[],
  lines: readonly OutputLine[],
  done: number,
  {
    before,
    behind,
    isBetween,
  }: {
    readonly before: HeldRow | undefined;
    readonly behind: HeldRow | undefined;
    readonly isBetween: boolean;
  },
): readonly (number | undefined)[] {
  if (isBetween) {
    const end = endOf(behind ?? before);
    let start = Math.max((before ?? behind)?.line ?? 1, done + 1);
    return sources.map((source) => {
      const found = findAlike(source, lines, start, end);
      start = found === undefined ? start : found + 1;
      return found;
    });
  }
  const count = sources.length;
  if (before !== undefined) {
    const first = endOf(before) - count;
    return sources.map((_source, index) =>
      first + index >= Math.max(before.line, done + 1) ? first + index : undefined,
    );
  }
  if (behind === undefined) return [];
  return sources.map((_source, index) =>
    behind.line + index < endOf(behind) ? behind.line + index : undefined,
  );
}

/** The line behind those that a row stands for. */
function endOf(row: HeldRow | undefined): number {
  return row === undefined ? 0 : row.line + row.count;
}

/** The 1-based line before `end` that has most words in common with an expected one, and at least half of them. */
function findAlike(
  source: string,
  lines: readonly OutputLine[],
  start: number,
  end: number,
): number | undefined {
  let best: { readonly line: number; readonly worth: number } | undefined;
  for (let line = Math.max(1, start); line < end; line += 1) {
    const worth = countWords(source, lines[line - 1]?.text ?? "");
    if (worth > (best?.worth ?? 0)) best = { line, worth };
  }
  return best?.line;
}

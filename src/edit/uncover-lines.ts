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
  aligned: readonly ComparisonRow[],
  expectedLines: readonly ExpectedLine[],
  outputLines: readonly OutputLine[],
): readonly ComparisonRow[] {
  const lineOf = new Map(expectedLines.map((line) => [line.row, line]));
  const isElision = (row: ComparisonRow | undefined): row is HeldRow =>
    row?.kind === "held" && lineOf.get(row.row)?.matcher.kind === "elision";
  const rows = coverAgain(aligned, isElision);
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
    const [before, behind] = [rows[from - 1], rows[at + 1]];
    const places = findPlaces(sources, outputLines, done, {
      before: isElision(before) ? before : undefined,
      behind: isElision(behind) ? behind : undefined,
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
  }: { readonly before: HeldRow | undefined; readonly behind: HeldRow | undefined },
): readonly (number | undefined)[] {
  if (before !== undefined && behind !== undefined) {
    let start = Math.max(before.line, done + 1);
    return sources.map((source) => {
      const found = findAlike(source, lines, start, endOf(behind));
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
function endOf({ line, count }: HeldRow): number {
  return line + count;
}

/** A comparison shows the last lines of an elision in place of what is missing behind it: here they are its own. */
function coverAgain(
  rows: readonly ComparisonRow[],
  isElision: (row: ComparisonRow | undefined) => row is HeldRow,
): readonly ComparisonRow[] {
  const covered: ComparisonRow[] = [];
  let at = 0;
  const takeWhile = (kind: ComparisonRow["kind"]): readonly ComparisonRow[] => {
    const from = at;
    while (rows[at]?.kind === kind) at += 1;
    return rows.slice(from, at);
  };
  while (at < rows.length) {
    const row = rows[at];
    at += 1;
    if (row === undefined) break;
    if (!isElision(row)) {
      covered.push(row);
      continue;
    }
    const missing = takeWhile("missing");
    const instead = missing.length === 0 ? [] : takeWhile("extra");
    // More of them are none that it has given away.
    const isItsOwn = instead.length <= missing.length;
    const count = row.count + (isItsOwn ? instead.length : 0);
    covered.push({ ...row, count }, ...missing, ...(isItsOwn ? [] : instead));
  }
  return covered;
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

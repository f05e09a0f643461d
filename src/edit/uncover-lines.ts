import type { OutputLine } from "../match/output-lines.ts";
import type { ComparisonRow, ExpectedLine } from "../model/expectation.ts";
import { countWords } from "./count-words.ts";

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
  const isElision = (row: ComparisonRow | undefined): boolean =>
    row?.kind === "held" && lineOf.get(row.row)?.matcher.kind === "elision";
  const uncovered: ComparisonRow[] = [];
  const take = (line: number): ComparisonRow => ({
    kind: "extra",
    line,
    count: 1,
    text: outputLines[line - 1]?.text ?? "",
  });
  let at = 0;
  /** Lines up to here have a place. */
  let done = 0;
  while (at < rows.length) {
    const from = at;
    while (rows[at]?.kind === "missing") at += 1;
    const missing = rows.slice(from, at);
    const [before, behind] = [rows[from - 1], rows[at]];
    const isBetween = isElision(before) && isElision(behind);
    if (!isBetween) uncovered.push(...missing);
    if (isBetween) {
      const end = behind?.kind === "held" ? behind.line + behind.count : 0;
      const start = before?.kind === "held" ? before.line : 0;
      for (const row of missing) {
        uncovered.push(row);
        const source = row.kind === "missing" ? (lineOf.get(row.row)?.source ?? "") : "";
        const found = findAlike(source, outputLines, Math.max(start, done + 1), end);
        if (found !== undefined) uncovered.push(take(found));
        done = found ?? done;
      }
    } else if (before?.kind === "held" && isElision(before)) {
      const last = before.line + before.count - 1;
      const first = Math.max(before.line, done + 1, last - missing.length + 1);
      for (let line = first; line <= last; line += 1) uncovered.push(take(line));
    } else if (behind?.kind === "held" && isElision(behind)) {
      const last = Math.min(behind.line + behind.count, behind.line + missing.length) - 1;
      for (let line = behind.line; line <= last; line += 1) uncovered.push(take(line));
      done = Math.max(done, last);
    }
    const next = rows[at];
    if (next !== undefined) uncovered.push(next);
    at += 1;
  }
  return uncovered;
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

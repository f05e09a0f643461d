import type { ComparisonRow, ExpectedLine, KnownNames } from "../model/expectation.ts";
import { findPatternProblem } from "./find-pattern-problem.ts";

/** Unchanged lines that are shown around a difference. */
const contextLines = 3;
/** The longest difference that is of any use to a reader. */
const shownLimit = 400;
/** The longest line, in characters. */
const shownCharacters = 1000;

/** One line of a difference; line numbers are 1-based and those of the line, or of the next one. */
interface RenderedRow {
  readonly sign: " " | "-" | "+";
  readonly text: string;
  readonly remarks: readonly string[];
  readonly before: number;
  readonly after: number;
  readonly beforeCount: number;
  readonly afterCount: number;
}

/** What a difference is written of. */
export interface DifferenceParts {
  readonly rows: readonly ComparisonRow[];
  /** The expected lines; rows name them by `row`. */
  readonly lines: readonly ExpectedLine[];
  /** The document's 1-based line of the first expected line. */
  readonly firstLine: number;
  /** Remarks on the end of all, each a phrase. */
  readonly remarks: readonly string[];
}

/**
 * Writes a comparison as a unified difference: `-` what was expected, `+` what came, three lines of context,
 * the document's own line numbers in front, the output's behind.
 *
 * Behind an expected line that can stand for several stands how many it stood for. A line that begins with
 * `\` is a remark on the one before it: which pattern found no line. At most 400 lines, the rest is counted.
 * Control characters and blanks at a line's end are visible. No I/O.
 *
 * @example
 *   @@ -12,2 +1,5 @@
 *    ...  ← 4 lines
 *   -^ready$ (re)
 *   \ no line matches (re) ^ready$
 *   +not ready
 */
export function renderDifference(parts: DifferenceParts): string {
  const written = new CutText();
  for (const hunk of groupHunks(renderRows(parts))) {
    written.add(() => renderHeader(hunk));
    for (const { sign, text, remarks } of hunk) {
      written.add(() => sign + showLine(text));
      for (const remark of remarks) written.add(() => `\\ ${remark}`);
    }
  }
  for (const remark of parts.remarks) written.add(() => `\\ ${remark}`);
  return written.end();
}

/** The lines of a difference as one text, at most 400 of them; the rest is counted. No I/O. */
export function cutDifference(lines: readonly string[]): string {
  const written = new CutText();
  for (const line of lines) written.add(() => line);
  return written.end();
}

/** Lines of which only those that are shown are written. */
class CutText {
  readonly #lines: string[] = [];
  #left = 0;

  add(write: () => string): void {
    if (this.#lines.length < shownLimit) this.#lines.push(write());
    else this.#left += 1;
  }

  end(): string {
    const more = this.#left === 0 ? [] : [`… and ${this.#left} more lines of difference`];
    return [...this.#lines, ...more].join("\n");
  }
}

function renderRows({ rows, lines, firstLine }: DifferenceParts): readonly RenderedRow[] {
  const byRow = new Map(lines.map((line) => [line.row, line]));
  let before = firstLine;
  let after = 1;
  return rows.map((row): RenderedRow => {
    if (row.kind === "extra") {
      const text =
        row.count === 1 ? row.text : `… ${row.count} lines that are not kept for comparison …`;
      const counts = { before, after: row.line, beforeCount: 0, afterCount: row.count };
      after = row.line + row.count;
      return { sign: "+", text, remarks: [], ...counts };
    }
    const line = byRow.get(row.row);
    before = firstLine + row.row;
    const source = line?.source ?? "";
    if (row.kind === "missing") {
      const counts = { before, after, beforeCount: 1, afterCount: 0 };
      before += 1;
      return { sign: "-", text: source, remarks: explainMissing(line, row.known), ...counts };
    }
    const text = line?.quantifier === "one" ? source : `${source}  ← ${countLines(row.count)}`;
    const counts = { before, after: row.line, beforeCount: 1, afterCount: row.count };
    before += 1;
    after = row.line + row.count;
    return { sign: " ", text, remarks: [], ...counts };
  });
}

function countLines(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}

function explainMissing(
  line: ExpectedLine | undefined,
  known: KnownNames | undefined,
): readonly string[] {
  if (line === undefined) return [];
  if (known !== undefined) {
    return Object.entries(known).map(
      ([name, value]) => `[..${name}..] is ${showLine(value)} by now`,
    );
  }
  const { matcher, hasNoLineEnd } = line;
  if (matcher.kind === "re") {
    const problem = findPatternProblem(matcher.pattern);
    return problem === undefined
      ? [`no line matches (re) ${showLine(matcher.pattern)}`]
      : [`this pattern matches nothing: ${problem}`];
  }
  if (hasNoLineEnd) return ["the output does not end with this line, without a line end"];
  if (matcher.kind === "elision") return [];
  if (matcher.kind === "glob") return ["no line matches this (glob)"];
  const special = matcher.parts.some(({ kind }) => kind !== "text");
  return special ? ["no line matches this one"] : [];
}

function groupHunks(rows: readonly RenderedRow[]): readonly (readonly RenderedRow[])[] {
  const ranges: { start: number; end: number }[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.sign === " ") continue;
    const start = Math.max(0, index - contextLines);
    const end = index + 1 + contextLines;
    const last = ranges.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges.map(({ start, end }) => rows.slice(start, end));
}

function renderHeader(hunk: readonly RenderedRow[]): string {
  const first = hunk[0];
  const old = hunk.reduce((sum, { beforeCount }) => sum + beforeCount, 0);
  const fresh = hunk.reduce((sum, { afterCount }) => sum + afterCount, 0);
  return `@@ -${renderRange(first?.before ?? 1, old)} +${renderRange(first?.after ?? 1, fresh)} @@`;
}

function renderRange(start: number, count: number): string {
  if (count === 1) return String(start);
  // An empty range is named by the line before it, as diff does.
  return count === 0 ? `${start - 1},0` : `${start},${count}`;
}

/** A line with all in it visible, and not too long. No I/O. */
export function showLine(line: string): string {
  if (line.length > shownCharacters) {
    const left = line.length - shownCharacters;
    return `${showLine(line.slice(0, shownCharacters))}… and ${left} more characters`;
  }
  const blanks = /[ \t]*$/.exec(line)?.[0] ?? "";
  const body = line.slice(0, line.length - blanks.length);
  return (
    body.replaceAll(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      renderControl,
    ) + blanks.replaceAll(" ", "␠").replaceAll("\t", "␉")
  );
}

function renderControl(character: string): string {
  if (character === "\r") return String.raw`\r`;
  const code = character.charCodeAt(0);
  return String.raw`\x${(code >= 0xdc80 ? code - 0xdc00 : code).toString(16).padStart(2, "0")}`;
}

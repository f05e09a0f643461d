import type { Span } from "../model/source.ts";
import { createLineIndex, type LineIndex } from "../parse/line-index.ts";

/**
 * Finds where a stretch of a fence's code stands in its document.
 *
 * `start` and `end` are 0-based offsets into `code`, whose first line is the document's 1-based line
 * `firstLine`; what a list or a quote puts before each line is passed over. No I/O.
 */
export function locateInCode(
  code: string,
  firstLine: number,
  start: number,
  end: number,
  lines: LineIndex,
): Span {
  return createCodeLocator(code, firstLine, lines)(start, end);
}

/**
 * Reads a fence's code once, so that many stretches of it can be found as `locateInCode` does, each
 * in logarithmic time.
 *
 * No I/O.
 */
export function createCodeLocator(
  code: string,
  firstLine: number,
  lines: LineIndex,
): (start: number, end: number) => Span {
  const own = createLineIndex(code);
  // By line: a line of a megabyte is read once, not for each word of it.
  const measured = new Map<number, { start: number; length: number; ownLength: number }>();
  const measure = (line: number): { start: number; length: number; ownLength: number } => {
    const known = measured.get(line) ?? {
      start: lines.lineStart(firstLine + line - 1),
      length: lines.lineText(firstLine + line - 1).length,
      ownLength: own.lineText(line).length,
    };
    measured.set(line, known);
    return known;
  };
  const toOffset = (offset: number): number => {
    const { line, column } = own.positionAt(offset);
    const { start, length, ownLength } = measure(line);
    // Counted from the line's end: in front, a tab of the document can be several blanks of the code.
    return start + Math.max(0, length - (ownLength - (column - 1)));
  };
  return (start, end) => lines.spanOf(toOffset(start), toOffset(end));
}

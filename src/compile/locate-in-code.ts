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
  const toOffset = (offset: number): number => {
    const { line, column } = own.positionAt(offset);
    const documentLine = lines.lineText(firstLine + line - 1);
    // Counted from the line's end: in front, a tab of the document can be several blanks of the code.
    const behind = own.lineText(line).length - (column - 1);
    return lines.lineStart(firstLine + line - 1) + Math.max(0, documentLine.length - behind);
  };
  return (start, end) => lines.spanOf(toOffset(start), toOffset(end));
}

import type { Span } from "../model/source.ts";
import type { LineIndex } from "../parse/line-index.ts";

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
  const toOffset = (offset: number): number => {
    const before = code.slice(0, offset).split("\n");
    const row = before.length - 1;
    const codeLine = code.split("\n")[row] ?? "";
    const documentLine = lines.lineText(firstLine + row);
    // Counted from the line's end: in front, a tab of the document can be several blanks of the code.
    const behind = codeLine.length - (before[row] ?? "").length;
    return lines.lineStart(firstLine + row) + Math.max(0, documentLine.length - behind);
  };
  return lines.spanOf(toOffset(start), toOffset(end));
}

import type { Position, Span } from "../model/source.ts";

/** Turns offsets into places of one text. */
export interface LineIndex {
  /** The place of an offset, 0-based; offsets beyond the end give the end. */
  positionAt(offset: number): Position;
  /** The span between two offsets. */
  spanOf(start: number, end: number): Span;
  /** The 1-based line's text without its line ending; empty beyond the end. */
  lineText(line: number): string;
  /** The offset at which the 1-based line starts. */
  lineStart(line: number): number;
}

/**
 * Reads a text's lines once, so that places can be looked up in logarithmic time.
 *
 * `\n`, `\r\n` and a lone `\r` end a line, as in CommonMark. No I/O.
 */
export function createLineIndex(text: string): LineIndex {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);

  function positionAt(offset: number): Position {
    const bounded = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= bounded) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: bounded - (starts[low] ?? 0) + 1, offset: bounded };
  }

  return {
    positionAt,
    spanOf: (start, end) => ({ start: positionAt(start), end: positionAt(end) }),
    lineText: (line) =>
      text
        .slice(starts[line - 1] ?? text.length, starts[line] ?? text.length)
        .replace(/[\r\n]+$/, ""),
    lineStart: (line) => starts[line - 1] ?? text.length,
  };
}

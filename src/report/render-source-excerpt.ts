import type { Span } from "../model/source.ts";
import { measureDisplayWidth, measureGraphemes } from "./display-width.ts";
import { escapeControlCharacters } from "./sanitise-terminal-text.ts";
import type { TextStyle } from "./text-style.ts";

const tabColumns = 4;

/** One character of a source line as it is printed: `start` is its 0-based UTF-16 index. */
interface Cell {
  readonly text: string;
  readonly width: number;
  readonly start: number;
}

/**
 * Shows the source line of a span with its number, and carets below the span.
 *
 * Tabs become blanks, control characters are made visible, and a long line is cut on either side of
 * the span. Of a span over several lines the first is shown, and how many follow. No I/O.
 *
 * @example
 *    |
 * 12 | ```bash timeot=30s
 *    |         ^^^^^^^^^^
 */
export function renderSourceExcerpt(
  source: string,
  span: Span,
  style: TextStyle,
  paint: (text: string) => string,
): string[] {
  const line = source.split(/\r\n|\n|\r/u, span.start.line).at(span.start.line - 1);
  if (line === undefined) return [];
  const number = String(span.start.line);
  const margin = " ".repeat(number.length);
  const bar = style.colors.blue("|");
  const firstUnit = span.start.column - 1;
  const lastUnit = span.end.line > span.start.line ? line.length : span.end.column - 1;
  const room = Math.max(10, style.columns - number.length - 3);
  const { text, caretColumn, caretWidth } = fitLine(readCells(line), firstUnit, lastUnit, room);
  const lines = [
    `${margin} ${bar}`,
    `${style.colors.blue(number)} ${bar} ${text}`.trimEnd(),
    `${margin} ${bar} ${" ".repeat(caretColumn)}${paint("^".repeat(caretWidth))}`,
  ];
  const following = span.end.line - span.start.line - (span.end.column === 1 ? 1 : 0);
  if (following > 0) {
    const count = following === 1 ? "1 more line" : `${following} more lines`;
    lines.push(`${margin} ${bar} ${style.colors.dim(`… and ${count}`)}`);
  }
  return lines;
}

function readCells(line: string): Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  let column = 0;
  for (const grapheme of measureGraphemes(line)) {
    const text =
      grapheme.text === "\t"
        ? " ".repeat(tabColumns - (column % tabColumns))
        : escapeControlCharacters(grapheme.text);
    const width = text === grapheme.text ? grapheme.width : measureDisplayWidth(text);
    cells.push({ text, width, start });
    start += grapheme.text.length;
    column += width;
  }
  return cells;
}

/** Cuts the line so that the span can be seen; the ends that were cut show `…`. */
function fitLine(
  cells: readonly Cell[],
  firstUnit: number,
  lastUnit: number,
  room: number,
): { text: string; caretColumn: number; caretWidth: number } {
  const isMarked = (cell: Cell) => cell.start >= firstUnit && cell.start < lastUnit;
  const total = sumWidths(cells);
  const before = sumWidths(cells.filter((cell) => cell.start < firstUnit));
  const marked = sumWidths(cells.filter(isMarked));
  if (total <= room) {
    return { text: joinCells(cells), caretColumn: before, caretWidth: Math.max(1, marked) };
  }
  // A quarter of the room stays before the span, so that its surroundings can be read.
  const wantedStart = Math.max(0, Math.min(before - Math.floor(room / 4), total - room + 1));
  let skipped = 0;
  let first = 0;
  while (first < cells.length && skipped < wantedStart) {
    skipped += cells[first]?.width ?? 0;
    first += 1;
  }
  const head = first > 0 ? "…" : "";
  let width = head.length;
  let last = first;
  while (last < cells.length && width + (cells[last]?.width ?? 0) <= room - 1) {
    width += cells[last]?.width ?? 0;
    last += 1;
  }
  const shown = cells.slice(first, last);
  return {
    text: `${head}${joinCells(shown)}${last < cells.length ? "…" : ""}`,
    caretColumn: head.length + sumWidths(shown.filter((cell) => cell.start < firstUnit)),
    caretWidth: Math.max(1, sumWidths(shown.filter(isMarked))),
  };
}

function sumWidths(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

function joinCells(cells: readonly Cell[]): string {
  return cells.map((cell) => cell.text).join("");
}

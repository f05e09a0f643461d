import { measureDisplayWidth, measureGraphemes } from "./display-width.ts";

/**
 * Cuts a line to a number of cells, with `…` where something was cut off.
 *
 * The line holds no colours. No I/O.
 *
 * @example clipLine("deployment", 6) → "deplo…"
 */
export function clipLine(line: string, columns: number): string {
  if (measureDisplayWidth(line) <= columns) return line;
  let clipped = "";
  let width = 0;
  for (const grapheme of measureGraphemes(line)) {
    if (width + grapheme.width > columns - 1) break;
    clipped += grapheme.text;
    width += grapheme.width;
  }
  return columns < 1 ? "" : `${clipped}…`;
}

/**
 * Breaks a text into lines of at most that many cells, between words where it can.
 *
 * Line feeds of the text stay line breaks; a word longer than a line is divided, and nothing is put
 * between its parts. `firstColumns` is the room of the first line alone. The text holds no colours.
 * No I/O.
 *
 * @example wrapText("Deploy the new version", 10) → ["Deploy the", "new", "version"]
 */
export function wrapText(text: string, columns: number, firstColumns = columns): string[] {
  const width = Math.max(1, columns);
  return text
    .split("\n")
    .flatMap((paragraph, index) =>
      wrapParagraph(paragraph, width, index === 0 ? Math.max(1, firstColumns) : width),
    );
}

function wrapParagraph(paragraph: string, columns: number, firstColumns: number): string[] {
  const lines: string[] = [];
  let line = "";
  let lineWidth = 0;
  let isBegun = false;
  const room = () => (lines.length === 0 ? firstColumns : columns);
  for (const word of paragraph.split(" ")) {
    const wordWidth = measureDisplayWidth(word);
    if (isBegun && lineWidth + 1 + wordWidth <= room()) {
      line += ` ${word}`;
      lineWidth += 1 + wordWidth;
      continue;
    }
    if (isBegun) lines.push(line.trimEnd());
    isBegun = true;
    const pieces = wordWidth <= room() ? [word] : divideWord(word, columns, room());
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
    lineWidth = measureDisplayWidth(line);
  }
  return [...lines, line.trimEnd()];
}

function divideWord(word: string, columns: number, firstColumns: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let width = 0;
  for (const grapheme of measureGraphemes(word)) {
    const room = pieces.length === 0 ? firstColumns : columns;
    if (width + grapheme.width > room && piece !== "") {
      pieces.push(piece);
      piece = "";
      width = 0;
    }
    piece += grapheme.text;
    width += grapheme.width;
  }
  return [...pieces, piece];
}

/**
 * Wraps a text behind a first prefix, with the following lines indented to the same depth.
 *
 * @example wrapWithIndent("= help: ", "Remove it, or correct its name.", 24)
 *   → ["= help: Remove it, or", "        correct its", "        name."]
 */
export function wrapWithIndent(prefix: string, text: string, columns: number): string[] {
  const indent = measureDisplayWidth(prefix);
  // Where the prefix takes half of the line, what follows hangs less deep.
  const hanging = indent > columns / 2 ? 4 : indent;
  const room = Math.max(8, columns - hanging);
  const lines = wrapText(text, room, Math.max(8, columns - indent));
  return lines.map((line, index) =>
    index === 0 ? `${prefix}${line}` : `${" ".repeat(hanging)}${line}`,
  );
}

/**
 * Fills a text up with blanks to a number of cells; a longer one stays as it is. Colours count
 * nothing. No I/O.
 */
export function padCells(text: string, columns: number, side: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, columns - measureDisplayWidth(text)));
  return side === "left" ? `${text}${blanks}` : `${blanks}${text}`;
}

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
 * Line feeds of the text stay line breaks; a word longer than a line is divided. The text holds no
 * colours. No I/O.
 *
 * @example wrapText("Deploy the new version", 10) → ["Deploy the", "new", "version"]
 */
export function wrapText(text: string, columns: number): string[] {
  const width = Math.max(1, columns);
  return text.split("\n").flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  let lineWidth = 0;
  for (const word of paragraph.split(" ")) {
    const wordWidth = measureDisplayWidth(word);
    if (line !== "" && lineWidth + 1 + wordWidth <= columns) {
      line += ` ${word}`;
      lineWidth += 1 + wordWidth;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = wordWidth <= columns ? [word] : divideWord(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
    lineWidth = measureDisplayWidth(line);
  }
  lines.push(line);
  return lines;
}

function divideWord(word: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let width = 0;
  for (const grapheme of measureGraphemes(word)) {
    if (width + grapheme.width > columns && piece !== "") {
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
  const [first = "", ...rest] = wrapText(text, Math.max(8, columns - indent));
  const others = rest.length === 0 ? [] : wrapText(rest.join(" "), Math.max(8, columns - hanging));
  return [`${prefix}${first}`, ...others.map((line) => `${" ".repeat(hanging)}${line}`)];
}

/**
 * Fills a text up with blanks to a number of cells; a longer one stays as it is. Colours count
 * nothing. No I/O.
 */
export function padCells(text: string, columns: number, side: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, columns - measureDisplayWidth(text)));
  return side === "left" ? `${text}${blanks}` : `${blanks}${text}`;
}

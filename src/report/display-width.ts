let segmenter: Intl.Segmenter | undefined;

/** Made when it is first needed: that takes as long as half of an empty program. */
function segment(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

/**
 * Printable ASCII, Latin letters and the signs that our own views are drawn with: each character
 * takes one cell, and none joins another.
 */
const plainText =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02af\u2010-\u2027\u2190-\u21ff\u22ef\u2500-\u25fc\u2713\u2717]*$/u;

/** Blocks that terminals show two cells wide (Unicode's East Asian Width W and F). */
const wideCharacter =
  /^(?:\p{Emoji_Presentation}|[\u{1100}-\u{115f}\u{2329}\u{232a}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{a000}-\u{a4cf}\u{a960}-\u{a97f}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}])/u;
const emojiStyle = /^\p{Extended_Pictographic}\u{fe0f}/u;
const widthless = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

// Colours take no cell. A text that is measured holds no other sequence: it has been sanitised.
const colourSequence = /\u001B\[[\d;]*m/gu;

/**
 * Divides a text into what a reader sees as characters, each with the terminal cells it takes.
 *
 * No I/O. Widths after Unicode's East Asian Width; emoji take two cells.
 *
 * @example measureGraphemes("a漢") → [{ text: "a", width: 1 }, { text: "漢", width: 2 }]
 */
export function measureGraphemes(
  text: string,
): { readonly text: string; readonly width: number }[] {
  if (plainText.test(text)) return Array.from(text, (character) => ({ text: character, width: 1 }));
  return Array.from(segment(text), (part) => ({
    text: part.segment,
    width: measureGrapheme(part.segment),
  }));
}

/**
 * Counts the terminal cells that a line takes; colours count nothing. No I/O.
 *
 * @example measureDisplayWidth("漢字 ok") → 7
 */
export function measureDisplayWidth(line: string): number {
  const text = line.replace(colourSequence, "");
  if (plainText.test(text)) return text.length;
  let width = 0;
  for (const part of segment(text)) width += measureGrapheme(part.segment);
  return width;
}

function measureGrapheme(grapheme: string): number {
  if (widthless.test(grapheme)) return 0;
  return wideCharacter.test(grapheme) || emojiStyle.test(grapheme) ? 2 : 1;
}

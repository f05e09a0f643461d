import type { Diagnostic } from "../model/diagnostic.ts";
import type { LineIndex } from "./line-index.ts";
import { makeDiagnostic } from "./make-diagnostic.ts";

/**
 * Finds text that was UTF-8, was read as Windows-1252 and saved again: `â€”` for `—`.
 *
 * Only sequences that turn back into a character count that such documents commonly have: accented
 * letters and signs of Latin-1, punctuation, arrows, box drawing, emoji. Letters that real text
 * ends a word with, and quotation marks behind them, are let pass: a false alarm is worse than a
 * miss here. No I/O.
 */
export function findBrokenCharacters(path: string, text: string, lines: LineIndex): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let at = nextLead(text, 0); at !== -1; at = nextLead(text, at)) {
    const repaired = repairCharacter(text.slice(at, at + 4));
    const isBroken = repaired !== undefined && !isRealText(text, at, repaired.length);
    const end = at + (isBroken ? repaired.length : 1);
    if (isBroken) {
      found.push(
        makeDiagnostic(
          "broken-characters",
          { found: text.slice(at, end), meant: repaired.character },
          { path, span: lines.spanOf(at, end) },
        ),
      );
    }
    at = end;
  }
  return found;
}

/** The next character that could be a UTF-8 lead byte read as Windows-1252. */
function nextLead(text: string, from: number): number {
  leads.lastIndex = from;
  return leads.exec(text)?.index ?? -1;
}

/** Leads of Latin-1 (C2, C3), of signs (E2), of presentation forms (EF) and of emoji (F0). */
const leads = /[ÂÃâïð]/g;

/** What a broken sequence can have been: see `findBrokenCharacters`. */
const commonCharacters =
  /^(?:[\u00A0-\u00FF\u2000-\u2BFF\uFB00-\uFB06\uFEFF\uFFFD\u{1F000}-\u{1FAFF}]|\uFE0F)$/u;

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads the sequence's characters back into bytes and those as one UTF-8 character. */
function repairCharacter(sequence: string): { character: string; length: number } | undefined {
  const bytes = Array.from(sequence, toWindows1252Byte);
  const first = bytes[0] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const own = bytes.slice(0, length).filter((byte) => byte !== undefined);
  const isWhole =
    own.length === length && own.slice(1).every((byte) => byte >= 0x80 && byte <= 0xbf);
  if (!isWhole) return undefined;
  const character = utf8.decode(Uint8Array.from(own));
  return commonCharacters.test(character) ? { character, length } : undefined;
}

/** Marks that real text has behind a word: closing quotes, dashes, an ellipsis, a hard space. */
const wordEnd = /^[\u2018-\u201E\u2013\u2014\u2026\u203A\u00BB\u2122\u00AE\u00A0]+$/u;

/**
 * True for a word that ends in one of these letters with punctuation behind it (`AMANHÃ”`,
 * `belâ…”`) and for a letter in quotes (`“Â”`).
 */
function isRealText(text: string, at: number, length: number): boolean {
  if (!wordEnd.test(text.slice(at + 1, at + length))) return false;
  const before = text.charAt(at - 1);
  const after = text.charAt(at + length);
  if (/["'“‘«(]/u.test(before)) return !/\p{L}/u.test(after);
  // A broken letter stands among small ones (`voilÃ `); a capital that ends a word, behind capitals.
  const isBehindWord = length === 2 ? /\p{Lu}/u.test(before) : /\p{L}/u.test(before);
  return (
    isBehindWord && !(length === 2 && /\p{L}/u.test(after) && !/[’–—]/.test(text.charAt(at + 1)))
  );
}

/** The bytes 80 to 9F of Windows-1252 that are not the code point of the same number. */
const windows1252 = new Map<number, number>(
  (
    [
      [0x20ac, 0x80],
      [0x201a, 0x82],
      [0x0192, 0x83],
      [0x201e, 0x84],
      [0x2026, 0x85],
      [0x2020, 0x86],
      [0x2021, 0x87],
      [0x02c6, 0x88],
      [0x2030, 0x89],
      [0x0160, 0x8a],
      [0x2039, 0x8b],
      [0x0152, 0x8c],
      [0x017d, 0x8e],
      [0x2018, 0x91],
      [0x2019, 0x92],
      [0x201c, 0x93],
      [0x201d, 0x94],
      [0x2022, 0x95],
      [0x2013, 0x96],
      [0x2014, 0x97],
      [0x02dc, 0x98],
      [0x2122, 0x99],
      [0x0161, 0x9a],
      [0x203a, 0x9b],
      [0x0153, 0x9c],
      [0x017e, 0x9e],
      [0x0178, 0x9f],
    ] as const
  ).map(([codePoint, byte]) => [codePoint, byte]),
);

function toWindows1252Byte(character: string): number | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  return windows1252.get(codePoint) ?? (codePoint <= 0xff ? codePoint : undefined);
}

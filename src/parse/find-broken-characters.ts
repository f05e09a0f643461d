import type { Diagnostic } from "../model/diagnostic.ts";
import type { LineIndex } from "./line-index.ts";
import { makeDiagnostic } from "./make-diagnostic.ts";

/**
 * Finds text that was UTF-8, was read as Windows-1252 and saved again: `â€"` for `—`.
 *
 * Only sequences that turn back into a well-formed UTF-8 character of two to four bytes count, and
 * two-byte ones only where the result is a letter or sign that text commonly has, since a false
 * alarm is worse than a miss here. No I/O.
 */
export function findBrokenCharacters(path: string, text: string, lines: LineIndex): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let at = nextLead(text, 0); at !== -1; at = nextLead(text, at)) {
    const repaired = repairCharacter(text.slice(at, at + 4));
    const end = at + (repaired?.length ?? 1);
    if (repaired !== undefined) {
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

const leads = /[\u00C2-\u00F4]/g;

/** Reads the sequence's characters back into bytes and those as one UTF-8 character. */
function repairCharacter(sequence: string): { character: string; length: number } | undefined {
  const bytes = Array.from(sequence, toWindows1252Byte);
  const first = bytes[0] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (bytes.length < length) return undefined;
  const own = bytes.slice(0, length);
  if (
    own.some((byte, index) => byte === undefined || (index > 0 && (byte < 0x80 || byte > 0xbf)))
  ) {
    return undefined;
  }
  let character: string;
  try {
    character = new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(own as number[]));
  } catch {
    return undefined;
  }
  // `Ã©` and `Â°` are broken; other pairs of accented letters and signs can be real text.
  if (length === 2 && !/[\u00A0-\u00FF]/.test(character)) return undefined;
  return { character, length };
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

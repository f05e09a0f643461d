/** A byte that is no part of valid UTF-8 is kept as this code plus the byte: a half of a pair that no text has. */
const strayByteBase = 0xdc00;

/**
 * Decodes UTF-8 so that nothing is lost: each byte that does not belong to a valid character becomes the
 * lone surrogate U+DC80 to U+DCFF with its value, as Python's `surrogateescape` does it (PEP 383).
 *
 * Takes time linear in the bytes. No I/O.
 *
 * @example decodeOutput(Uint8Array.of(0x61, 0xff)) → "a\udcff"
 */
export function decodeOutput(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeStray(bytes);
  }
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeStray(bytes: Uint8Array): string {
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = measureCharacter(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(strict.decode(bytes.subarray(from, at)));
    parts.push(String.fromCharCode(strayByteBase + (bytes[at] ?? 0)));
    at += 1;
    from = at;
  }
  parts.push(strict.decode(bytes.subarray(from)));
  return parts.join("");
}

/** How many bytes the character has that begins here; 0 where none does. The table is that of RFC 3629. */
function measureCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  const isTail = (byte: number | undefined): boolean =>
    byte !== undefined && (byte & 0xc0) === 0x80;
  if (first >= 0xc2 && first <= 0xdf) return isTail(second) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const lowest = first === 0xe0 ? 0xa0 : 0x80;
    const highest = first === 0xed ? 0x9f : 0xbf;
    return second >= lowest && second <= highest && isTail(bytes[at + 2]) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const lowest = first === 0xf0 ? 0x90 : 0x80;
    const highest = first === 0xf4 ? 0x8f : 0xbf;
    const isCharacter =
      second >= lowest && second <= highest && isTail(bytes[at + 2]) && isTail(bytes[at + 3]);
    return isCharacter ? 4 : 0;
  }
  return 0;
}

/** The bytes of a text that `decodeOutput` has made. No I/O. */
export function encodeOutput(text: string): Uint8Array {
  const parts = text
    .split(/([\udc80-\udcff]+)/u)
    .map((part, index) =>
      index % 2 === 1
        ? Uint8Array.from(part, (character) => character.charCodeAt(0) - strayByteBase)
        : new TextEncoder().encode(part),
    );
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A text in which stray bytes that have come to stand together are the character that they make. No I/O. */
export function joinStrayBytes(text: string): string {
  return /[\udc80-\udcff]/u.test(text) ? decodeOutput(encodeOutput(text)) : text;
}

/** One way in which a value can stand in what a program prints. */
export interface SecretForm {
  readonly text: string;
  /** True for an encoding that programs break into lines, at any group of its characters. */
  readonly canWrap: boolean;
}

/** Shorter values are not looked for: they would eat ordinary text. In characters. */
export const shortestSecret = 4;

/** From here on a line of a value of several lines is looked for on its own. In characters. */
const shortestLine = 12;
/** From here on a piece of an encoding, without its beginning and its end, is no guess. In bytes. */
const shortestEncoded = 6;

/**
 * All forms of a value that are looked for; none for a value that is shorter than `shortestSecret`.
 *
 * As it is, percent-encoded, quoted for a shell, escaped for JSON, in base64 at all three alignments and
 * in hexadecimal digits. Of a value of several lines each longer line has these forms as well, but for
 * the encodings that make one text of all lines. No I/O.
 */
export function listSecretForms(value: string): readonly SecretForm[] {
  return [...listWholeForms(value), ...listPlainForms(listLongLines(value))];
}

/** All forms of a value without those that its lines have on their own. No I/O. */
export function listWholeForms(value: string): readonly SecretForm[] {
  const whole = value.trim();
  if (whole.length < shortestSecret) return [];
  // A shell drops line breaks at an end, and turns blanks into single ones where it is not quoted.
  const texts = [value, whole, whole.split(/\s+/u).join(" ")];
  const wrapped = new Set(encodeWhole(whole));
  return [...listPlainForms(texts), ...Array.from(wrapped, (text) => ({ text, canWrap: true }))];
}

/** The lines of a value that are looked for on their own; none of a value of one line. No I/O. */
export function listLongLines(value: string): readonly string[] {
  const lines = value.trim().split(/\r?\n/u);
  if (lines.length === 1) return [];
  return lines.map((line) => line.trim()).filter((line) => line.length >= shortestLine);
}

function listPlainForms(texts: readonly string[]): readonly SecretForm[] {
  const forms = new Set(texts.flatMap((text) => [...quote(text), ...encodePercent(text)]));
  return Array.from(forms, (text) => ({ text, canWrap: false }));
}

function quote(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const asciiJson = json.replaceAll(/[^\0-\x7f]/gu, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
  const toCode = (character: string): string =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return [
    text,
    text.replaceAll("'", `'\\''`),
    text.replaceAll("'", `'"'"'`),
    text.replaceAll(/["\\$`]/gu, String.raw`\$&`),
    escapeWord(text),
    // At the beginning of a word two more characters are escaped.
    escapeWord(text).replace(/^[~#]/u, String.raw`\$&`),
    escapeAnsi(text),
    escapeAnsi(text).replaceAll(/[^\0-\x7f]/gu, (character) =>
      Array.from(toBytes(character), toOctal).join(""),
    ),
    json,
    asciiJson,
    json.replaceAll("/", String.raw`\/`),
    asciiJson.replaceAll("/", String.raw`\/`),
    // As Go writes it.
    json.replaceAll(/[<>&]/gu, toCode),
  ];
}

/** As `printf %q` does it for a text without control characters. */
function escapeWord(text: string): string {
  return text
    .replaceAll(/[ \t'"\\|&;()<>!{}*[\]?^$`,]/gu, String.raw`\$&`)
    .replaceAll(/(?<=[=:])~/gu, String.raw`\~`);
}

const ansiEscapes: Readonly<Record<string, string>> = {
  "\x07": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\x1b": "E",
};

/** What stands between `$'` and `'`. */
function escapeAnsi(text: string): string {
  return text
    .replaceAll(/['\\]/gu, String.raw`\$&`)
    .replaceAll(/[\x00-\x1f\x7f]/gu, (character) => {
      const letter = ansiEscapes[character];
      return letter === undefined ? toOctal(character.charCodeAt(0)) : `\\${letter}`;
    });
}

function toOctal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, "0")}`;
}

/** What each encoder leaves as it is: two of JavaScript's, RFC 3986, Python's for a path, forms. */
const keptCharacters = [
  /[\w.!~*'()-]/u,
  /[\w.!~*'();/?:@&=+$,#-]/u,
  /[\w.~-]/u,
  /[\w.~/-]/u,
  /[\w.*-]/u,
];

function encodePercent(text: string): readonly string[] {
  const bytes = [...toBytes(text)];
  return keptCharacters.flatMap((kept) =>
    ["%20", "+"].flatMap((blank) => {
      const upper = bytes.map((byte) => {
        const character = String.fromCharCode(byte);
        if (character === " ") return blank;
        if (byte < 0x80 && kept.test(character)) return character;
        return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
      });
      const lower = upper.map((one) => (one.length === 3 ? one.toLowerCase() : one));
      return [upper.join(""), lower.join("")];
    }),
  );
}

/** What of an encoding of bytes does not depend on what stands before and behind them. */
function encodeWhole(text: string): readonly string[] {
  const bytes = toBytes(text);
  const standard = [toBase64(bytes)];
  if (bytes.length < shortestEncoded) standard.push(toBase64(bytes).replace(/=+$/u, ""));
  else standard.push(...[0, 1, 2].flatMap((offset) => cutBase64(bytes, offset)));
  const urlSafe = standard.map((one) => one.replaceAll("+", "-").replaceAll("/", "_"));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  const digits = bytes.length < shortestEncoded ? [] : [hex.join(""), hex.slice(1).join("")];
  return [...standard, ...urlSafe, ...digits, ...digits.map((one) => one.toUpperCase())];
}

/** The inner part for bytes that begin so many bytes into a group of three. */
function cutBase64(bytes: Uint8Array, offset: number): readonly string[] {
  const shifted = new Uint8Array(offset + bytes.length);
  shifted.set(bytes, offset);
  const begin = Math.ceil((offset * 8) / 6);
  const inner = toBase64(shifted).slice(begin, Math.floor((shifted.length * 8) / 6));
  // Lines end between groups of four: one that ends within the first of them cuts off its beginning.
  return [inner, inner.slice((4 - begin) % 4)];
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

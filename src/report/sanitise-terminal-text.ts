/**
 * Control, bidirectional, zero-width and tag characters, lone surrogates, and each ZWJ or ZWNJ that
 * does not stand between emoji or between letters of a script that needs it.
 */
const deceivingCharacters =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}[[\p{L}\p{M}]--[\u{0}-\u{7f}]]])[\u{200c}\u{200d}]|[\u{200c}\u{200d}](?![\p{Extended_Pictographic}[[\p{L}\p{M}]--[\u{0}-\u{7f}]]])|[\u{0}-\u{8}\u{b}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{115f}\u{1160}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{feff}\u{ffa0}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}\p{Cs}]/gv;

/**
 * Makes every character visible that could deceive the reader of a terminal: control characters,
 * escape sequences, characters that turn the direction of writing, characters without width.
 *
 * Line feeds and tabs stay; so do joiners within emoji and within scripts that need them. Meant for
 * words of documents and for names, which have no business with any of these. No I/O.
 *
 * @example escapeControlCharacters("rm \u202e -rf\u001b[8m") → "rm \\u202e -rf\\x1b[8m"
 */
export function escapeControlCharacters(text: string): string {
  return text.replace(deceivingCharacters, escapeCharacter);
}

/**
 * The same for what must stay in its line, such as the name of a file, which can hold a line feed. No
 * I/O.
 *
 * @example escapeToLine("a\n::error::b.md") → "a\\x0a::error::b.md"
 */
export function escapeToLine(text: string): string {
  return escapeControlCharacters(text).replaceAll(/[\n\t]/gu, escapeCharacter);
}

/** String-like sequences: OSC, DCS, SOS, PM and APC, up to their end or the end of the line. */
const stringSequence = String.raw`(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c|(?=\n|\x1b|$))`;
const controlSequence = String.raw`(?:\x1b\[|\x9b)([\x30-\x3f]*)([\x20-\x2f]*)([\x40-\x7e]?)`;
const shortEscape = String.raw`\x1b[\x20-\x2f]*[\x30-\x7e]?`;
const terminalSequence = new RegExp(`${stringSequence}|${controlSequence}|${shortEscape}`, "g");

/** Characters that act on a terminal and print nothing; what deceives is shown, these are dropped. */
const silentControls = /[\u{0}\u{7}\u{e}\u{f}]/gu;

/**
 * Takes from a program's output everything that acts on the terminal, and keeps what it says.
 *
 * Sequences that move the cursor, erase, set the title, make links or read the clipboard are
 * dropped; colours (SGR) are kept where `keepsColours`, except the one that hides text. What is left
 * of control characters is made visible as by `escapeControlCharacters`. Line feeds and tabs stay;
 * carriage returns are for the caller to divide lines at, before. No I/O.
 *
 * @example sanitiseProgramOutput("\u001b[2J\u001b[31mred\u001b[0m", { keepsColours: false }) → "red"
 */
export function sanitiseProgramOutput(
  text: string,
  options: { readonly keepsColours: boolean },
): string {
  const kept: string[] = [];
  let end = 0;
  for (const match of text.matchAll(terminalSequence)) {
    kept.push(escapeControlCharacters(text.slice(end, match.index).replace(silentControls, "")));
    end = match.index + match[0].length;
    const [, parameters, intermediates, final] = match;
    if (options.keepsColours && final === "m" && intermediates === "") {
      kept.push(keepHarmlessColours(parameters ?? ""));
    }
  }
  kept.push(escapeControlCharacters(text.slice(end).replace(silentControls, "")));
  return kept.join("");
}

/** SGR parameters that show text otherwise; 8 hides it, 38 and 48 are read with their arguments. */
function keepHarmlessColours(parameters: string): string {
  if (!/^[\d;]*$/u.test(parameters)) return "";
  const given = parameters.split(";").map((digits) => (digits === "" ? 0 : Number(digits)));
  const kept: number[] = [];
  for (let index = 0; index < given.length; index += 1) {
    const parameter = given[index] ?? 0;
    if (parameter === 38 || parameter === 48) {
      const length = given[index + 1] === 5 ? 3 : given[index + 1] === 2 ? 5 : Number.NaN;
      if (!(index + length <= given.length)) break;
      kept.push(...given.slice(index, index + length));
      index += length - 1;
    } else if (parameter !== 8) {
      kept.push(parameter);
    }
  }
  return kept.length === 0 ? "" : `\u001B[${kept.join(";")}m`;
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, "0")}` : `\\u{${digits}}`;
}

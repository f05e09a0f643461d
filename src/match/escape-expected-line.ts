import type { MatchMode } from "../model/expectation.ts";
import type { OutputLine } from "./output-lines.ts";
import { readExitCode, readExpectedLine } from "./read-expected-text.ts";

/** What no reader could see, or no editor would keep: control characters, stray bytes, blanks at the end. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[ \u00a0](?=[ \u00a0]*$)/g;

/** Where a line stands, as far as that changes its meaning. */
export interface LinePlace {
  /** `[1]` is an exit code there. */
  readonly isLast: boolean;
  /** False for a line that the output ends with, and which has no line end. */
  readonly hasLineEnd?: boolean;
}

/**
 * Writes a line of output as the expected line that stands for it and no other.
 *
 * `line` is a text of `decodeOutput`, without a line end. A line with characters that cannot be seen becomes
 * `… (esc)`, one that would stand for something else `… (eq)`. No I/O.
 *
 * @example escapeExpectedLine("50% (glob)", { isLast: false }) → "50% (glob) (eq)"
 * @example escapeExpectedLine("a\tb", { isLast: false }) → "a\\tb (esc)"
 */
export function escapeExpectedLine(line: string, { isLast, hasLineEnd = true }: LinePlace): string {
  const end = hasLineEnd ? "" : " (no-eol)";
  if (line.search(unseen) >= 0) return `${escapeCharacters(line)} (esc)${end}`;
  const isExitCode = isLast && readExitCode(line) !== undefined;
  return !isExitCode && standsForItself(line, end) ? `${line}${end}` : `${line} (eq)${end}`;
}

function standsForItself(line: string, end: string): boolean {
  const { matcher, quantifier, hasNoLineEnd } = readExpectedLine(`${line}${end}`, 0);
  if (matcher.kind !== "literal" || quantifier !== "one") return false;
  if (hasNoLineEnd !== (end !== "")) return false;
  const [first] = matcher.parts;
  if (first === undefined) return line === "";
  return matcher.parts.length === 1 && first.kind === "text" && first.text === line;
}

function escapeCharacters(line: string): string {
  // In front of `(esc)` nothing else may be read: a bracket is a sign that could be.
  const body = line
    .replaceAll("\\", "\\\\")
    .replaceAll("[", String.raw`\x5b`)
    .replaceAll(unseen, escapeCharacter)
    // What would be read as one more suffix.
    .replace(/ \((?=[a-z-]*[?*+]?\)$)/, String.raw` \x28`);
  return readable(body);
}

/** Brackets that were no sign of anything are themselves again. */
function readable(body: string): string {
  return /\\x5b(?:\.\.|TIME\]|UUID\]|TMP\]|SHA\]|CWD\]|PORT\]|DURATION\])/.test(body)
    ? body
    : body.replaceAll(String.raw`\x5b`, "[");
}

const names: Readonly<Record<string, string>> = { "\t": "t", "\r": "r", "\u001b": "e" };

function escapeCharacter(character: string): string {
  const name = names[character];
  if (name !== undefined) return `\\${name}`;
  const code = character.charCodeAt(0);
  if (code >= 0xdc80 && code <= 0xdcff) return String.raw`\x` + (code - 0xdc00).toString(16);
  // Bytes of 0x80 and more are no characters.
  const hex = code.toString(16);
  return code < 0x80
    ? String.raw`\x` + hex.padStart(2, "0")
    : String.raw`\u` + hex.padStart(4, "0");
}

/**
 * Writes an output as the expected text that stands for it and no other, in the modes that read lines.
 *
 * A last, empty line is written so that it counts. With `exact` only what cannot be seen is escaped. No I/O.
 */
export function escapeExpectedText(
  lines: readonly OutputLine[],
  mode: Exclude<MatchMode, "json"> = "lines",
): string {
  const isExact = mode === "exact";
  const written = lines.map(({ raw, text, hasLineEnd }, index) =>
    isExact
      ? escapeExactLine(raw, hasLineEnd)
      : escapeExpectedLine(text, { isLast: index === lines.length - 1 }),
  );
  if (written.at(-1) === "" && (!isExact || written.length === 1)) {
    return [...written.slice(0, -1), isExact ? " (esc)" : " (eq)"].join("\n");
  }
  return written.join("\n");
}

function escapeExactLine(raw: string, hasLineEnd: boolean): string {
  const isMarked = raw.search(unseen) >= 0 || / \((?:esc|no-eol)\)$/.test(raw);
  const body = isMarked ? `${escapeCharacters(raw)} (esc)` : raw;
  return hasLineEnd ? body : `${body} (no-eol)`;
}

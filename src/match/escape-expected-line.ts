import type { LinePart, MatchMode } from "../model/expectation.ts";
import type { OutputLine } from "./output-lines.ts";
import { readExitCode, readExpectedLine } from "./read-expected-text.ts";
import { findSuffixProblem } from "./read-line-suffix.ts";

/** What no reader could see, or no editor would keep: control characters, stray bytes, blanks at the end. */
const unseen =
  /[\u0000-\u001f\u007f-\u009f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[ \u00a0](?=[ \u00a0]*$)/g;

/** Where a line stands, as far as that changes its meaning. */
export interface LinePlace {
  /** `[1]` is an exit code there. */
  readonly isLast: boolean;
  /** False for a line that the output ends with, and which has no line end. */
  readonly hasLineEnd?: boolean;
  /** True where its first character would make it a command of a transcript. */
  readonly startsCommand?: boolean;
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
export function escapeExpectedLine(line: string, place: LinePlace): string {
  const { isLast, hasLineEnd = true, startsCommand = false } = place;
  const end = hasLineEnd ? "" : " (no-eol)";
  if (startsCommand) return `${escapeFirst(line, escapeCharacters)} (esc)${end}`;
  if (line.search(unseen) >= 0) return `${escapeCharacters(line)} (esc)${end}`;
  const isExitCode = isLast && readExitCode(line) !== undefined;
  const parts = line === "" ? [] : [{ kind: "text", text: line } as const];
  return !isExitCode && standsFor(parts, line, end) ? `${line}${end}` : `${line} (eq)${end}`;
}

/**
 * Writes an expected line of texts, volatile words, names and `[..]`, so that its texts stand for nothing but
 * themselves; undefined where that cannot be written.
 *
 * The texts are those of `decodeOutput`. No I/O.
 *
 * @example writeExpectedParts([{ kind: "text", text: "up\t" }, { kind: "volatile", word: "TIME" }], { isLast: false })
 *   → "up\\t[TIME] (esc)"
 */
export function writeExpectedParts(
  parts: readonly LinePart[],
  { hasLineEnd = true, startsCommand = false }: LinePlace,
): string | undefined {
  const end = hasLineEnd ? "" : " (no-eol)";
  const plain = parts.map((part) => writePart(part, (text) => text)).join("");
  const isSeen = plain.search(unseen) < 0;
  if (isSeen && !startsCommand && standsFor(parts, plain, end)) return `${plain}${end}`;
  // A blank is at the line's end in its last text alone.
  const escape = (text: string, isLast: boolean): string =>
    isLast ? escapeAll(text) : escapeAll(`${text}.`).slice(0, -1);
  const body = parts
    .map((part, at) => writePart(part, (text) => escape(text, at === parts.length - 1)))
    .join("");
  const escaped = startsCommand ? escapeFirst(body, (rest) => rest) : body;
  return standsFor(parts, escaped, ` (esc)${end}`) ? `${escaped} (esc)${end}` : undefined;
}

function writePart(part: LinePart, writeText: (text: string) => string): string {
  switch (part.kind) {
    case "text":
      return writeText(part.text);
    case "any":
      return "[..]";
    case "capture":
      return `[..${part.name}..]`;
    case "volatile":
      return `[${part.word}]`;
    case "one":
      // No line but a glob has it, and globs are not written.
      return "?";
  }
}

/** True where a line is read as these parts, and as one line of output. */
function standsFor(parts: readonly LinePart[], body: string, end: string): boolean {
  const source = body + end;
  const { matcher, quantifier, hasNoLineEnd } = readExpectedLine(source, 0);
  if (matcher.kind !== (end.startsWith(" (esc)") ? "esc" : "literal")) return false;
  if (quantifier !== "one" || hasNoLineEnd !== end.endsWith(" (no-eol)")) return false;
  // What looks like a slip would be told as one.
  if (findSuffixProblem(source) !== undefined) return false;
  return JSON.stringify(matcher.parts) === JSON.stringify(parts);
}

/** A first character that is none of Markdown's or a prompt's. */
function escapeFirst(line: string, writeRest: (rest: string) => string): string {
  const first = String.fromCodePoint(line.codePointAt(0) ?? 0);
  const code = first.codePointAt(0) ?? 0;
  const written = code < 0x80 ? hexByte(code) : String.raw`\u{` + `${code.toString(16)}}`;
  return written + writeRest(line.slice(first.length));
}

function escapeCharacters(line: string): string {
  return readable(escapeAll(line));
}

/** In front of `(esc)` nothing else may be read: a bracket is a sign that could be. */
function escapeAll(line: string): string {
  return (
    line
      .replaceAll("\\", "\\\\")
      .replaceAll("[", String.raw`\x5b`)
      .replaceAll(unseen, escapeCharacter)
      // What would be read as one more suffix.
      .replace(/ \((?=[a-z-]*[?*+]?\)$)/, String.raw` \x28`)
  );
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
  return code < 0x80 ? hexByte(code) : String.raw`\u` + code.toString(16).padStart(4, "0");
}

function hexByte(code: number): string {
  return String.raw`\x` + code.toString(16).padStart(2, "0");
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

import type { ShellScript, TextRange } from "../model/shell-script.ts";
import type { ScannedScript } from "./scanned-script.ts";
import { scanScript } from "./scan-script.ts";

/** What a stretch of a script is, for a reader's eye. */
export type ShellTokenKind =
  | "plain"
  | "command"
  | "option"
  | "variable"
  | "string"
  | "keyword"
  | "operator"
  | "comment"
  | "blank";

/** A stretch of a script that is one thing; all of them in a row are the script. */
export interface ShellToken {
  readonly text: string;
  readonly kind: ShellTokenKind;
  /** The variable that stands here alone, as `$NAME` or `${NAME}`, where the shell replaces it. */
  readonly variable?: string | undefined;
  /** Why this place is risky: an index into the script's `risk.reasons`. */
  readonly risk?: number | undefined;
}

/**
 * Divides a script into what a reader tells apart: commands, options, variables, strings, comments,
 * keywords, operators, blanks, and where its risk comes from.
 *
 * `read` is what `readScript` made of the same text. The texts of all tokens, joined, are `script`, to
 * the character, whatever it holds. No I/O.
 *
 * @example tokeniseScript('git push -f "$TO"', read) →
 *   git (command) ␣push␣ (plain) -f (option, risk 0) ␣ (plain) " (string) $TO (variable) " (string)
 */
export function tokeniseScript(script: string, read: ShellScript): readonly ShellToken[] {
  const scanned = scanScript(script);
  const painter = new Painter(script.length);
  paintBetweenWords(painter, scanned);
  for (const { start, end, quote } of scanned.quoted) {
    const marks = quote === "here-document" ? 0 : 1;
    painter.paint(start - marks, end + marks, "string");
  }
  for (const command of read.commands) paintCommand(painter, command, script);
  for (const { name, range } of scanned.writes) painter.paintName(script, name, range);
  for (const { name, range } of scanned.reads) {
    painter.paint(range.start, range.end, "variable");
    const text = script.slice(range.start, range.end);
    if (text === `$${name}` || text === `\${${name}}`) painter.name(range.start, name);
  }
  for (const { start, end } of scanned.comments) painter.paint(start, end, "comment");
  for (const { range } of read.placeholders) painter.paint(range.start, range.end, "blank");
  // The gravest is painted last, so that it is what a reader sees where two meet.
  const order = { safe: 0, change: 1, destructive: 2 } as const;
  const reasons = [...read.risk.reasons.entries()].toSorted(
    ([, one], [, other]) => order[one.level] - order[other.level],
  );
  for (const [index, { level, range }] of reasons) {
    if (level !== "safe") painter.paintRisk(range, index);
  }
  return painter.divide(script);
}

/** Bash's manual, "Reserved Words", but those that are no names. */
const reservedWords: ReadonlySet<string> = new Set(
  "if then elif else fi time for in until while do done case esac coproc select function".split(
    " ",
  ),
);

/** What stands outside of words, redirections and here-documents: keywords and operators. */
function paintBetweenWords(painter: Painter, { text, commands }: ScannedScript): void {
  const isWord = new Uint8Array(text.length);
  for (const { words, redirections } of commands) {
    for (const { start, end, isArithmetic } of words) if (!isArithmetic) isWord.fill(1, start, end);
    for (const { start, end } of words) {
      const name = /^[A-Za-z_]\w*(?=\+?=)/.exec(text.slice(start, end))?.[0];
      if (name === undefined) break;
      painter.paint(start, start + name.length, "variable");
    }
    for (const { start, end, target, hereDocument } of redirections) {
      const signEnd = target?.start ?? end;
      painter.paint(start, signEnd, "operator");
      isWord.fill(1, start, Math.max(end, target?.end ?? end));
      if (hereDocument === undefined) continue;
      const lineEnd = text.indexOf("\n", hereDocument.end);
      const delimiterEnd = lineEnd === -1 ? text.length : lineEnd;
      painter.paint(hereDocument.end, delimiterEnd, "operator");
      isWord.fill(1, hereDocument.start, delimiterEnd);
    }
  }
  for (const { 0: found, index } of text.matchAll(/[A-Za-z_][\w-]*|[;&|(){}!<>=]+/g)) {
    if (isWord[index] === 1) continue;
    // The words that a loop goes through stand here too, and they are no keywords.
    const kind = /^\w/.test(found) ? (reservedWords.has(found) ? "keyword" : "plain") : "operator";
    painter.paint(index, index + found.length, kind);
  }
}

function paintCommand(
  painter: Painter,
  { words, ranges, isLiteral }: ShellScript["commands"][number],
  script: string,
): void {
  for (const [at, range] of ranges.entries()) {
    const word = words[at] ?? "";
    const source = script.slice(range.start, range.end);
    if (at === 0 && isLiteral[0] === true) painter.paint(range.start, range.end, "command");
    const option = at === 0 ? undefined : /^--?[A-Za-z0-9][\w-]*/.exec(source)?.[0];
    if (option !== undefined && word.startsWith("-")) {
      painter.paint(range.start, range.start + option.length, "option");
    }
  }
}

const kinds: readonly ShellTokenKind[] = [
  "plain",
  "command",
  "option",
  "variable",
  "string",
  "keyword",
  "operator",
  "comment",
  "blank",
];

/** Remembers for each character what it is; what is painted later covers what was there. */
class Painter {
  readonly #kinds: Uint8Array;
  readonly #risks: Int16Array;
  readonly #names = new Map<number, string>();

  constructor(length: number) {
    this.#kinds = new Uint8Array(length);
    this.#risks = new Int16Array(length).fill(-1);
  }

  paint(start: number, end: number, kind: ShellTokenKind): void {
    this.#kinds.fill(kinds.indexOf(kind), Math.max(0, start), Math.max(0, end));
  }

  paintRisk({ start, end }: TextRange, index: number): void {
    this.#risks.fill(index, start, end);
  }

  /** Paints a variable that is set, if its name stands there. */
  paintName(script: string, name: string, { start }: TextRange): void {
    if (script.startsWith(name, start)) this.paint(start, start + name.length, "variable");
  }

  name(start: number, name: string): void {
    this.#names.set(start, name);
  }

  divide(script: string): ShellToken[] {
    const tokens: ShellToken[] = [];
    for (let start = 0, end = 0; start < script.length; start = end) {
      end = start + 1;
      while (end < script.length && this.#isSame(start, end)) end += 1;
      const kind = kinds[this.#kinds[start] ?? 0] ?? "plain";
      const risk = this.#risks[start] ?? -1;
      tokens.push({
        text: script.slice(start, end),
        kind,
        variable: kind === "variable" ? this.#names.get(start) : undefined,
        risk: risk < 0 ? undefined : risk,
      });
    }
    return tokens;
  }

  #isSame(start: number, at: number): boolean {
    return (
      this.#kinds[at] === this.#kinds[start] &&
      this.#risks[at] === this.#risks[start] &&
      !this.#names.has(at)
    );
  }
}

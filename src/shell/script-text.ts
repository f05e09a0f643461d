import type { TextRange } from "../model/shell-script.ts";
import type { HereDocument, ScannedWord } from "./scanned-script.ts";

/**
 * Shell text as a shell would see it, with the way back to where each character stands in the
 * runbook's script.
 *
 * `starts` and `ends` hold, for each character, where its source begins and ends (`\"` is one
 * character of two); both are absent where the text is the script itself. `expanded` are stretches
 * that the outer shell has replaced before this text is read: their source stands for their value.
 */
export interface ScriptText {
  readonly text: string;
  readonly starts?: readonly number[] | undefined;
  readonly ends?: readonly number[] | undefined;
  readonly expanded: readonly TextRange[];
}

/** The place in the runbook's script of a stretch of `source`. No I/O. */
export function toSourceRange(source: ScriptText, range: TextRange): TextRange {
  const { starts, ends } = source;
  if (starts === undefined || ends === undefined) return { start: range.start, end: range.end };
  const last = starts.length - 1;
  const start = starts[Math.min(range.start, last)] ?? 0;
  const end = range.end > range.start ? (ends[Math.min(range.end - 1, last)] ?? start) : start;
  return { start, end: Math.max(start, end) };
}

/** Where a text ends in the runbook's script. No I/O. */
export function findSourceEnd(source: ScriptText): number {
  const { length } = source.text;
  return toSourceRange(source, { start: Math.max(0, length - 1), end: length }).end;
}

/** Collects characters with their places, and passes `expanded` stretches on. */
class TextBuilder {
  readonly parts: string[] = [];
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly expanded: TextRange[] = [];
  length = 0;

  add(characters: string, start: number, end: number): void {
    this.parts.push(characters);
    this.length += characters.length;
    const isOneToOne = characters.length === end - start;
    for (let index = 0; index < characters.length; index += 1) {
      this.starts.push(isOneToOne ? start + index : start);
      this.ends.push(isOneToOne ? start + index + 1 : end);
    }
  }

  addExpansion(characters: string, start: number): void {
    this.expanded.push({ start: this.length, end: this.length + characters.length });
    this.add(characters, start, start + characters.length);
  }

  /** What was replaced before the outer text was read stays replaced. */
  passExpandedOn(ranges: readonly TextRange[]): void {
    let at = 0;
    for (const range of ranges) {
      while (at < this.length && (this.starts[at] ?? 0) < range.start) at += 1;
      const start = at;
      while (at < this.length && (this.starts[at] ?? 0) < range.end) at += 1;
      if (at > start) this.expanded.push({ start, end: at });
    }
  }

  /** Offsets so far are into `outer.text`; the result's are into the runbook's script. */
  finish(outer: ScriptText): ScriptText {
    const text = this.parts.join("");
    this.passExpandedOn(outer.expanded);
    if (outer.starts === undefined || outer.ends === undefined) {
      return { text, starts: this.starts, ends: this.ends, expanded: this.expanded };
    }
    const starts: number[] = [];
    const ends: number[] = [];
    for (let index = 0; index < this.starts.length; index += 1) {
      const start = this.starts[index] ?? 0;
      const end = this.ends[index] ?? start;
      const range = toSourceRange(outer, { start, end });
      starts.push(range.start);
      ends.push(range.end);
    }
    return { text, starts, ends, expanded: this.expanded };
  }
}

type AddText = (characters: string, start: number, end: number, isExpansion: boolean) => void;

const ansiEscapes: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  e: "\u001B",
  E: "\u001B",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Removes quotes and backslashes as bash does, and hands out what remains, piece by piece. */
function unquote(text: string, word: ScannedWord, add: AddText): void {
  let isInDouble = false;
  let next = 0;
  let at = word.start;
  while (at < word.end) {
    const expansion = word.expansions[next];
    if (expansion !== undefined && at >= expansion.start) {
      add(text.slice(at, expansion.end), at, expansion.end, true);
      at = Math.max(at + 1, expansion.end);
      next += 1;
      continue;
    }
    const character = text.charAt(at);
    if (character === '"') {
      isInDouble = !isInDouble;
      at += 1;
    } else if (character === "\\") {
      at = unquoteBackslash(text, at, isInDouble, add);
    } else if (isInDouble) {
      at = addPlain(text, at, expansion?.start ?? word.end, /["\\]/u, add);
    } else if (character === "'") {
      const close = text.indexOf("'", at + 1);
      const end = close === -1 || close >= word.end ? word.end : close;
      add(text.slice(at + 1, end), at + 1, end, false);
      at = end + 1;
    } else if (character === "$" && text[at + 1] === "'") {
      at = unquoteAnsi(text, at + 2, word.end, add);
    } else if (character === "$" && text[at + 1] === '"') {
      at += 1;
    } else {
      at = addPlain(text, at, expansion?.start ?? word.end, /["'\\$]/u, add);
    }
  }
}

/** Adds characters up to the next one that means something. */
function addPlain(text: string, at: number, end: number, stop: RegExp, add: AddText): number {
  const found = text.slice(at + 1, end).search(stop);
  const to = found === -1 ? end : at + 1 + found;
  add(text.slice(at, to), at, to, false);
  return to;
}

function unquoteBackslash(text: string, at: number, isInDouble: boolean, add: AddText): number {
  const next = text.charAt(at + 1);
  if (next === "\n") return at + 2;
  if (next === "\r" && text[at + 2] === "\n") return at + 3;
  if (isInDouble && !'$`"\\'.includes(next)) {
    add("\\", at, at + 1, false);
    return at + 1;
  }
  if (next !== "") add(next, at, at + 2, false);
  return at + 2;
}

function unquoteAnsi(text: string, from: number, limit: number, add: AddText): number {
  let at = from;
  while (at < limit && text[at] !== "'") {
    if (text[at] !== "\\") {
      at = addPlain(text, at, limit, /['\\]/u, add);
      continue;
    }
    const escape =
      /^\\(?:x[\dA-Fa-f]{1,2}|u[\dA-Fa-f]{1,4}|U[\dA-Fa-f]{1,8}|[0-7]{1,3}|.|$)/su.exec(
        text.slice(at, at + 10),
      )?.[0];
    const end = Math.min(limit, at + (escape?.length ?? 1));
    add(decodeEscape(text.slice(at + 1, end)), at, end, false);
    at = end;
  }
  return at + 1;
}

function decodeEscape(body: string): string {
  if (/^[xuU][\dA-Fa-f]+$/u.test(body)) return characterFor(Number.parseInt(body.slice(1), 16));
  if (/^[0-7]+$/u.test(body)) return characterFor(Number.parseInt(body, 8) & 0xff);
  return ansiEscapes[body] ?? ("'\"?\\".includes(body) ? body : `\\${body}`);
}

function characterFor(codePoint: number): string {
  return codePoint <= 0x10_ffff ? String.fromCodePoint(codePoint) : "\uFFFD";
}

/**
 * A word as the shell would pass it; expansions stand in it as they are written. No I/O.
 *
 * @example `"a b"c` → "a bc"; `"$HOME"/x` → "$HOME/x"
 */
export function readWordValue(text: string, word: ScannedWord): string {
  if (!word.hasQuotes) return text.slice(word.start, word.end);
  const parts: string[] = [];
  unquote(text, word, (characters) => parts.push(characters));
  return parts.join("");
}

/** The text that a shell reads when it is given these words, joined by blanks as `ssh` and `eval` do. */
export function joinWordsAsScript(outer: ScriptText, words: readonly ScannedWord[]): ScriptText {
  const builder = new TextBuilder();
  for (const [index, word] of words.entries()) {
    if (index > 0) {
      const gap = words[index - 1]?.end ?? word.start;
      builder.add(" ", gap, gap);
    }
    addWord(builder, outer, word);
  }
  return builder.finish(outer);
}

function addWord(builder: TextBuilder, outer: ScriptText, word: ScannedWord): void {
  unquote(outer.text, word, (characters, start, end, isExpansion) => {
    if (isExpansion) builder.addExpansion(characters, start);
    else builder.add(characters, start, end);
  });
}

/** A here-document's body as the program on its standard input reads it. No I/O. */
export function readHereDocument(outer: ScriptText, document: HereDocument): ScriptText {
  const builder = new TextBuilder();
  const { text } = outer;
  let next = 0;
  let at = document.start;
  while (at < document.end) {
    const expansion = document.expansions[next];
    const isLineStart = at === document.start || text[at - 1] === "\n";
    if (document.stripsTabs && isLineStart && text[at] === "\t") {
      while (at < document.end && text[at] === "\t") at += 1;
      continue;
    }
    if (expansion !== undefined && at >= expansion.start) {
      builder.addExpansion(text.slice(at, expansion.end), at);
      at = Math.max(at + 1, expansion.end);
      next += 1;
      continue;
    }
    if (text[at] === "\\" && !document.isQuoted && /[$`\\\n]/u.test(text.charAt(at + 1))) {
      if (text[at + 1] !== "\n") builder.add(text.charAt(at + 1), at, at + 2);
      at += 2;
      continue;
    }
    const newline = text.indexOf("\n", at) + 1;
    const lineEnd = newline === 0 ? document.end : Math.min(newline, document.end);
    const stop = Math.min(lineEnd, expansion?.start ?? lineEnd);
    const backslash = document.isQuoted ? -1 : text.slice(at + 1, stop).indexOf("\\");
    const end = backslash === -1 ? stop : at + 1 + backslash;
    builder.add(text.slice(at, end), at, end);
    at = end;
  }
  return builder.finish(outer);
}

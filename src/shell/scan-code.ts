import { matchBraceBlank, matchBracketBlank } from "./match-blank.ts";
import type { CodeFrame } from "./scan-frame.ts";
import { enterHereDocuments } from "./scan-here-document.ts";
import { closeCode, scanCloseParenthesis, scanOpenParenthesis } from "./scan-parentheses.ts";
import { scanRedirection } from "./scan-redirection.ts";
import type { ScanState } from "./scan-state.ts";
import { scanComment, scanDollar, scanSingleQuote } from "./scan-text.ts";
import { endCommand, endWord, recordStatementEnd, resetPosition, startWord } from "./scan-words.ts";
import type { ScannedWord } from "./scanned-script.ts";

const plainRun = /[A-Za-z0-9_./:=+,%^-]+/uy;
const braceExpansion = /^\{[^\s{}'"]*(?:,|\.\.)[^\s}]*\}/u;
const characterSet = /^\[[^\s\]]+\]/u;

function isBlank(character: string, text: string, at: number): boolean {
  return (
    character === " " ||
    character === "\t" ||
    (character === "\r" && /^\n?$/u.test(text.charAt(at + 1)))
  );
}

function isBraceExpansion(text: string, at: number): boolean {
  return braceExpansion.test(text.slice(at, at + 200));
}

function isCharacterSet(text: string, at: number): boolean {
  return characterSet.test(text.slice(at, at + 100));
}

/** A `?` in a URL is a glob to the shell, and matches no file but by the worst of luck. */
function isInUrl(text: string, word: ScannedWord | undefined): boolean {
  return word !== undefined && text.slice(word.start, word.start + 200).includes("://");
}

/** Reads one piece of code: a word, a quote, an operator or a blank. Moves the scan on. No I/O. */
export function scanCode(scan: ScanState, frame: CodeFrame): void {
  const character = scan.text.charAt(scan.at);
  if (character === "\n") return scanNewline(scan, frame);
  if (isBlank(character, scan.text, scan.at)) {
    endWord(scan, frame);
    scan.show(scan.at, " ");
    scan.at += 1;
    return;
  }
  const isCloser = character === frame.closer && frame.depth === 0;
  frame.hasContent ||= !isCloser && (character !== "#" || frame.word !== undefined);
  if (frame.mode === "test" && "&|()<>;".includes(character)) return scanTestOperator(scan, frame);
  switch (character) {
    case "\\":
      return scanBackslash(scan, frame);
    case "'":
    case '"':
    case "$":
      startWord(scan, frame);
      return scanQuoteOrDollar(scan, frame, character);
    case "`":
      if (frame.closer === "`") return closeCode(scan, frame);
      startWord(scan, frame);
      return scan.pushCode("`", 1);
    case "#":
      if (frame.word === undefined) return scanComment(scan);
      break;
    case ";":
    case "&":
    case "|":
      if (scan.text.startsWith("&>", scan.at)) return scanRedirection(scan, frame);
      return scanControlOperator(scan, frame, character);
    case "(":
      return scanOpenParenthesis(scan, frame);
    case ")":
      return scanCloseParenthesis(scan, frame);
    case "<":
    case ">":
      return scanRedirection(scan, frame);
    case "{":
    case "}":
    case "[":
    case "*":
    case "?":
    case "~":
      return scanSign(scan, frame, character);
  }
  scanPlain(scan, frame);
}

function scanPlain(scan: ScanState, frame: CodeFrame): void {
  startWord(scan, frame);
  plainRun.lastIndex = scan.at;
  const run = plainRun.exec(scan.text)?.[0] ?? "";
  for (let index = 0; index < run.length; index += 1) {
    const code = run.charCodeAt(index);
    // the comma, the percent sign and the caret stay hidden
    if (code !== 44 && code !== 37 && code !== 94) scan.mask[scan.at + index] = code;
  }
  scan.at += run.length || 1;
}

function scanNewline(scan: ScanState, frame: CodeFrame): void {
  endWord(scan, frame);
  if (frame.mode === "test") {
    scan.show(scan.at, " ");
  } else {
    recordStatementEnd(scan, frame);
    endCommand(scan, frame);
    scan.show(scan.at, "\n");
    resetPosition(frame);
  }
  scan.at += 1;
  enterHereDocuments(scan);
}

function scanBackslash(scan: ScanState, frame: CodeFrame): void {
  const next = scan.text.charAt(scan.at + 1);
  const isCarriageReturn = next === "\r" && scan.text.charAt(scan.at + 2) === "\n";
  if (next === "\n" || next === "" || isCarriageReturn) {
    const length = isCarriageReturn ? 3 : next === "" ? 1 : 2;
    if (frame.word !== undefined) frame.word.hasQuotes = true;
    scan.hide(scan.at, scan.at + length, frame.word === undefined ? 32 : 95);
    // a word that goes on with a blank ends here
    if (/[\s]|$/uy.test(scan.text.charAt(scan.at + length)) && frame.word !== undefined) {
      const end = scan.at;
      scan.hide(end, end + length, 32);
      endWord(scan, frame);
    }
    scan.at += length;
    return;
  }
  startWord(scan, frame).hasQuotes = true;
  scan.at += 2;
}

function scanQuoteOrDollar(scan: ScanState, frame: CodeFrame, character: string): void {
  if (frame.word !== undefined && character !== "$") frame.word.hasQuotes = true;
  if (character === "'") return scanSingleQuote(scan, scan.at, false);
  if (character === '"') return scan.pushText("double", 1);
  if (scan.text.startsWith("$'", scan.at) && frame.word !== undefined) frame.word.hasQuotes = true;
  scanDollar(scan, false);
}

function scanControlOperator(scan: ScanState, frame: CodeFrame, character: string): void {
  const operator = /^(?:;;&|;;|;&|;|&&|&|\|\||\|&|\|)/u.exec(
    scan.text.slice(scan.at, scan.at + 3),
  )?.[0];
  const length = operator?.length ?? 1;
  endWord(scan, frame);
  // the grammar knows `;&` and `;;&` before other branches only
  scan.show(
    scan.at,
    operator === ";&" ? ";;" : operator === ";;&" ? ";; " : (operator ?? character),
  );
  scan.at += length;
  if (operator === ";" || operator === "&") recordStatementEnd(scan, frame);
  const current = frame.cases.at(-1);
  if (current?.state === "pattern" && character === "|") return;
  endCommand(scan, frame);
  if (current !== undefined && character === ";" && length > 1) current.state = "pattern";
  resetPosition(frame);
}

function scanSign(scan: ScanState, frame: CodeFrame, character: string): void {
  const isFirst = frame.word === undefined;
  const next = scan.text.charAt(scan.at + 1);
  if (character === "{") {
    const end = matchBraceBlank(scan.text, scan.at);
    const isKeyword = isFirst && frame.isCommandPosition && /^\s?$/u.test(next);
    if (end !== -1) {
      startWord(scan, frame);
      scan.blanks.push({ start: scan.at, end, form: "brace" });
      scan.at = end;
      return;
    }
    if (isKeyword) scan.show(scan.at, "{");
    else if (isBraceExpansion(scan.text, scan.at)) startWord(scan, frame).hasPattern = true;
  } else if (character === "}") {
    if (isFirst && frame.isCommandPosition) scan.show(scan.at, "}");
  } else if (character === "[") {
    const end = isFirst && !frame.isCommandPosition ? matchBracketBlank(scan.text, scan.at) : -1;
    if (end !== -1 && frame.command !== undefined) {
      startWord(scan, frame).hasPattern = true;
      scan.blanks.push({ start: scan.at, end, form: "bracket" });
      scan.at = end;
      return;
    }
    if (isCharacterSet(scan.text, scan.at)) startWord(scan, frame).hasPattern = true;
  } else if (character === "~") {
    if (isFirst) startWord(scan, frame).hasPattern = true;
  } else if (character === "*" || !isInUrl(scan.text, frame.word)) {
    startWord(scan, frame).hasPattern = true;
  }
  startWord(scan, frame);
  scan.at += 1;
}

function scanTestOperator(scan: ScanState, frame: CodeFrame): void {
  const { word } = frame;
  if (word !== undefined && scan.at - word.start === 2 && scan.text.startsWith("]]", word.start)) {
    return endWord(scan, frame);
  }
  if (scan.text.startsWith("<(", scan.at)) {
    startWord(scan, frame);
    return scan.pushCode(")", 2);
  }
  startWord(scan, frame);
  scan.at += 1;
}

import type { TextFrame } from "./scan-frame.ts";
import type { ScanState } from "./scan-state.ts";
import { endCommand, endWord, resetPosition } from "./scan-words.ts";

/** How far `((` looks for its `))` before it is taken as two subshells. */
const arithmeticReach = 2_000;

/** Reads one piece of quoted or otherwise enclosed text. Moves the scan on. No I/O. */
export function scanText(scan: ScanState, frame: TextFrame): void {
  const character = scan.text.charAt(scan.at);
  if (character === "$") return scanDollar(scan, frame.kind === "double" || frame.isInDouble);
  if (character === "`") {
    // an unquoted back-tick inside `…"` ends nothing: the quote is closed first
    return scan.pushCode("`", 1);
  }
  if (character === "\\") {
    scan.at += 2;
    return;
  }
  switch (frame.kind) {
    case "double":
      if (character !== '"') return scan.skipTo(/["$`\\]/u);
      scan.quoted.push({ start: frame.start + 1, end: scan.at, quote: "double" });
      return closeText(scan);
    case "here-document":
      return scan.skipTo(/[$`\\]/u);
    case "parameter":
      if (character === "}") return closeText(scan);
      if (character === '"') return scan.pushText("double", 1);
      // bash reads it as a quote inside `"${…}"` too, and as a letter in a here-document
      if (character === "'" && scan.stack.at(-2)?.kind !== "here-document") {
        return scanSingleQuote(scan, scan.at, false);
      }
      scan.at += 1;
      return;
    case "arithmetic":
      return scanArithmetic(scan, frame, character);
    case "group":
      return scanGroup(scan, frame, character);
  }
}

function closeText(scan: ScanState, length = 1): void {
  const frame = scan.stack.pop();
  scan.at += length;
  if (frame?.kind === "parameter" || frame?.kind === "arithmetic") {
    scan.recordExpansion(frame.start, scan.at);
  }
}

function scanGroup(scan: ScanState, frame: TextFrame, character: string): void {
  if (character === "'") return scanSingleQuote(scan, scan.at, false);
  if (character === '"') return scan.pushText("double", 1);
  if (character === "(") frame.depth += 1;
  if (character === ")") {
    if (frame.depth === 0) return closeText(scan);
    frame.depth -= 1;
  }
  if (character === "#" && /\s/u.test(scan.text.charAt(scan.at - 1))) {
    scanComment(scan);
    scan.hide(scan.comments.at(-1)?.start ?? scan.at, scan.at);
    return;
  }
  if (/^[<>]\(/u.test(scan.text.slice(scan.at, scan.at + 2))) return scan.pushCode(")", 2);
  scan.at += 1;
}

function scanArithmetic(scan: ScanState, frame: TextFrame, character: string): void {
  if (character === "(") frame.depth += 1;
  else if (character === ")") {
    if (frame.depth === 0 && scan.text[scan.at + 1] === ")") return closeArithmetic(scan);
    frame.depth = Math.max(0, frame.depth - 1);
  } else if (character === '"') {
    return scan.pushText("double", 1);
  } else if (/[A-Za-z_]/u.test(character)) {
    return scanArithmeticName(scan);
  } else if (/\d/u.test(character)) {
    // 16#ff and 0x1f hold letters that are no names
    return scan.skipRun(/[\w#@]+/uy);
  }
  scan.at += 1;
}

function closeArithmetic(scan: ScanState): void {
  const opener = scan.top().start;
  closeText(scan, 2);
  const frame = scan.top();
  if (frame.kind !== "code" || frame.word?.start !== opener) return;
  const next = /^[ \t]*(do\b|then\b|\{)/u.exec(scan.text.slice(scan.at, scan.at + 40))?.[1];
  if (next === undefined) return;
  endWord(scan, frame);
  if (next === "{" && scan.text.slice(0, opener).trimEnd().endsWith("for")) {
    // the grammar has no `for ((…)) { … }`: the group alone is as good
    scan.hide(scan.text.lastIndexOf("for", opener), scan.at, 32);
  } else scan.show(scan.at - 1, ";");
  endCommand(scan, frame);
  frame.mode = "";
  resetPosition(frame);
}

function scanArithmeticName(scan: ScanState): void {
  const start = scan.at;
  scan.skipRun(/\w+/uy);
  const name = scan.text.slice(start, scan.at);
  const range = { start, end: scan.at };
  const after = /^\s*(?:\[[^\]]*\]\s*)?(\+\+|--|(?:\*\*|<<|>>|[-+*/%&^|])?=(?!=))?/u.exec(
    scan.text.slice(scan.at, scan.at + 80),
  )?.[1];
  const isBefore = /(?:\+\+|--)\s*$/u.test(scan.text.slice(Math.max(0, start - 4), start));
  if (after !== undefined || isBefore) scan.writes.push({ name, range, hasDefault: false });
  if (after !== "=") scan.reads.push({ name, range, hasDefault: false });
}

/** What follows a `$`; `isInDouble` where `$'` and `$"` mean nothing. */
export function scanDollar(scan: ScanState, isInDouble: boolean): void {
  const start = scan.at;
  const next = scan.text.charAt(start + 1);
  if (next === "(") {
    if (scan.text[start + 2] === "(" && closesAsArithmetic(scan, start + 1)) {
      return scan.pushText("arithmetic", 3, isInDouble);
    }
    return scan.pushCode(")", 2);
  }
  if (next === "{") {
    readParameter(scan, start);
    return scan.pushText("parameter", 2, isInDouble);
  }
  if (next === "'" && !isInDouble) return scanSingleQuote(scan, start, true);
  if (/[A-Za-z_]/u.test(next)) {
    scan.at += 1;
    scan.skipRun(/\w+/uy);
    const name = scan.text.slice(start + 1, scan.at);
    if (name !== "_") scan.reads.push({ name, range: { start, end: scan.at }, hasDefault: false });
    scan.recordExpansion(start, scan.at);
    return;
  }
  scan.at += 1;
  if (/[\d@*#?$!-]/u.test(next)) {
    scan.at += 1;
    scan.recordExpansion(start, scan.at);
  }
}

/** Reads the name and operator of the `${…}` that begins at `start`. */
function readParameter(scan: ScanState, start: number): void {
  const head = scan.text.slice(start, start + 200);
  const match = /^\$\{([!#]?)([A-Za-z_]\w*)(?:\[[^\]]*\])?(:?[-=+?]|.|$)/su.exec(head);
  const name = match?.[2];
  if (match === null || name === undefined) return;
  const operator = match[3] ?? "";
  const close = head.indexOf("}");
  const range = { start, end: start + (close === -1 ? match[0].length : close + 1) };
  if (operator === " " || operator === "\n") {
    scan.errors.push(range);
    return;
  }
  if (name === "_") return;
  const hasDefault = /^:?[-=+]$/u.test(operator);
  scan.reads.push({ name, range, hasDefault });
  if (/^:?=$/u.test(operator)) scan.writes.push({ name, range, hasDefault });
}

/** `opener` is where the quote begins; `$'…'` knows backslashes. */
export function scanSingleQuote(scan: ScanState, opener: number, isAnsi: boolean): void {
  const start = scan.text.indexOf("'", opener) + 1;
  let end = scan.find("'", start);
  if (isAnsi) {
    for (end = start; end < scan.limit && scan.text[end] !== "'"; end += 1) {
      if (scan.text[end] === "\\") end += 1;
    }
  }
  if (end >= scan.limit) {
    end = scan.limit;
    scan.errors.push({ start: opener, end: start });
  }
  scan.quoted.push({ start, end, quote: "single" });
  scan.at = Math.min(end + 1, scan.limit);
}

/** Reads a comment to the end of its line, and hides it from the grammar. No I/O. */
export function scanComment(scan: ScanState): void {
  const end = scan.find("\n", scan.at);
  scan.comments.push({ start: scan.at, end });
  scan.hide(scan.at, end, 32);
  scan.at = end;
}

/** True where the `((` at `start` meets `))` before its parentheses are closed otherwise. */
export function closesAsArithmetic(scan: ScanState, start: number): boolean {
  let depth = 0;
  const end = Math.min(scan.limit, start + arithmeticReach);
  for (let index = start; index < end && scan.arithmeticBudget > 0; index += 1) {
    scan.arithmeticBudget -= 1;
    const character = scan.text[index];
    if (character === "(") depth += 1;
    else if (character === ")") {
      depth -= 1;
      if (depth === 1) return scan.text[index + 1] === ")";
    } else if (character === "\\") index += 1;
  }
  return false;
}

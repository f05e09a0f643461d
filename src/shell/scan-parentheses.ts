import type { CodeFrame } from "./scan-frame.ts";
import type { ScanState } from "./scan-state.ts";
import { closesAsArithmetic } from "./scan-text.ts";
import {
  endCommand,
  endWord,
  resetPosition,
  skipEmptyParentheses,
  startWord,
} from "./scan-words.ts";

const assignmentStart = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=$/u;

/** Reads a `(`: a subshell, an array, a pattern, a function's head, `((…))` or an error. No I/O. */
export function scanOpenParenthesis(scan: ScanState, frame: CodeFrame): void {
  const word = frame.word;
  if (word !== undefined && frame.redirection === undefined) {
    if (assignmentStart.test(scan.text.slice(word.start, scan.at).slice(0, 200))) {
      return scan.pushText("group", 1);
    }
    const isNegation = frame.isCommandPosition && scan.text.slice(word.start, scan.at) === "!";
    if (/[?*+@!]/u.test(scan.text.charAt(scan.at - 1)) && !isNegation) {
      word.hasPattern = true;
      return scan.pushText("group", 1);
    }
  }
  if (startFunction(scan, frame)) return;
  endWord(scan, frame);
  if ((frame.command?.words.length ?? 0) > 0)
    scan.errors.push({ start: scan.at, end: scan.at + 1 });
  const isCommandPlace = frame.isCommandPosition || frame.mode === "for-name";
  if (isCommandPlace && scan.text[scan.at + 1] === "(" && closesAsArithmetic(scan, scan.at)) {
    startWord(scan, frame).isArithmetic = true;
    return scan.pushText("arithmetic", 2);
  }
  scan.show(scan.at, "(");
  scan.at += 1;
  if (frame.cases.at(-1)?.state === "pattern") return;
  endCommand(scan, frame);
  if (scan.stack.length === 1 && frame.depth === 0) scan.lastOpening = scan.at - 1;
  frame.depth += 1;
  if (scan.text[scan.at] === "(") {
    // two subshells, which the grammar would take for arithmetic: one is enough for it
    scan.show(scan.at - 1, " ");
    frame.hiddenDepths.push(frame.depth);
  }
  frame.isCommandPosition = true;
  frame.isBehindCompound = false;
}

/** `name()` and `name ()`: true where that is what stands here. */
function startFunction(scan: ScanState, frame: CodeFrame): boolean {
  if (!/^\([ \t]*\)/u.test(scan.text.slice(scan.at, scan.at + 20))) return false;
  if (frame.cases.at(-1)?.state === "pattern") return false;
  const opener = scan.at;
  endWord(scan, frame);
  // behind `function NAME` they are skipped already
  if (scan.at > opener) return true;
  const command = frame.command;
  const name = command?.words[0];
  if (command === undefined || name === undefined || command.words.length !== 1) return false;
  if (name.hasQuotes || name.expansions.length > 0 || command.redirections.length > 0) return false;
  scan.commands.splice(scan.commands.lastIndexOf(command), 1);
  frame.command = undefined;
  scan.functions.push(scan.text.slice(name.start, name.end));
  skipEmptyParentheses(scan);
  frame.isCommandPosition = true;
  return true;
}

/** Reads a `)`: the end of a subshell, a substitution or a pattern of `case`. No I/O. */
export function scanCloseParenthesis(scan: ScanState, frame: CodeFrame): void {
  endWord(scan, frame);
  const current = frame.cases.at(-1);
  if (current?.state === "pattern" && current.depth === frame.depth) {
    current.state = "branch";
    scan.show(scan.at, ")");
    scan.at += 1;
    resetPosition(frame);
    return;
  }
  if (frame.depth === 0 && frame.closer === ")") return closeCode(scan, frame);
  endCommand(scan, frame);
  const isHidden = frame.hiddenDepths.at(-1) === frame.depth;
  if (isHidden) frame.hiddenDepths.pop();
  scan.show(scan.at, isHidden ? " " : ")");
  scan.at += 1;
  frame.depth = Math.max(0, frame.depth - 1);
  frame.isCommandPosition = false;
  frame.isBehindCompound = true;
}

/** Ends a `$(…)`, `<(…)` or back-ticks, and tells the word around it. No I/O. */
export function closeCode(scan: ScanState, frame: CodeFrame): void {
  endCommand(scan, frame);
  const end = scan.at + 1;
  scan.stack.pop();
  if (frame.hasContent) scan.show(scan.at, frame.closer);
  else scan.hide(frame.start, end);
  if (scan.top().kind === "here-document") unhideWords(scan, frame.start, end);
  scan.at = end;
  scan.recordExpansion(frame.start, end);
}

/** In a here-document all is hidden by blanks; a word in a substitution is no blank. */
function unhideWords(scan: ScanState, start: number, end: number): void {
  for (let index = start; index < end; index += 1) {
    if (scan.mask[index] === 32 && !/\s/u.test(scan.text.charAt(index))) scan.mask[index] = 95;
  }
}

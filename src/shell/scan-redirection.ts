import { matchAngleBlank, matchDoubleAngleBlank } from "./match-blank.ts";
import type { CodeFrame } from "./scan-frame.ts";
import { startHereDocument } from "./scan-here-document.ts";
import type { ScanState } from "./scan-state.ts";
import { currentCommand, endWord, startWord } from "./scan-words.ts";
import type { ScannedRedirection } from "./scanned-script.ts";

/** Reads a redirection, a process substitution, or a blank in angle brackets. No I/O. */
export function scanRedirection(scan: ScanState, frame: CodeFrame): void {
  const start = scan.at;
  if (scanAngleBlank(scan, frame)) return;
  if (/^[<>]\(/u.test(scan.text.slice(start, start + 2))) {
    startWord(scan, frame);
    return scan.pushCode(")", 2);
  }
  const descriptor = takeDescriptor(scan, frame);
  endWord(scan, frame);
  const pattern = /^(?:<<<|<<-|<<|<&|<>|<|>>|>&|>\||>|&>>|&>)/u;
  const operator = pattern.exec(scan.text.slice(start, start + 3))?.[0] ?? "<";
  const shown = { "<<<": "<  ", "<<-": "<  ", "<<": "< ", "<>": ">>" }[operator] ?? operator;
  scan.show(start, shown);
  scan.at = start + operator.length;
  const from = start - descriptor.length;
  const redirection: ScannedRedirection = { operator, descriptor, start: from, end: scan.at };
  const command = currentCommand(scan, frame, from);
  command.redirections.push(redirection);
  command.end = scan.at;
  if (operator === "<<" || operator === "<<-") return startHereDocument(scan, redirection, command);
  if (/^&$/u.test(operator.slice(-1)) && scan.text[scan.at] === "-") {
    scan.show(scan.at, "-");
    scan.at += 1;
    redirection.end = scan.at;
    return;
  }
  scan.skipBlanks();
  if (!/[\n;&|()]/u.test(scan.text.charAt(scan.at) || "\n")) frame.redirection = redirection;
}

/** `<name>` and `<<NAME>>` become part of a word. */
function scanAngleBlank(scan: ScanState, frame: CodeFrame): boolean {
  if (scan.text[scan.at] !== "<") return false;
  let end = matchAngleBlank(scan.text, scan.at);
  if (end === -1) {
    end = matchDoubleAngleBlank(scan.text, scan.at);
    const name = /^\S*/u.exec(scan.text.slice(scan.at + 2, Math.max(scan.at, end - 2)))?.[0] ?? "";
    if (end === -1 || (lineStartsByText(scan).get(name) ?? -1) > scan.at) return false;
  }
  if (end > scan.limit) return false;
  startWord(scan, frame);
  scan.blanks.push({ start: scan.at, end, form: "angle" });
  scan.at = end;
  return true;
}

/** The last line that consists of a text, for all lines: made once, where first asked for. */
function lineStartsByText(scan: ScanState): Map<string, number> {
  if (scan.lastLineStarts === undefined) {
    scan.lastLineStarts = new Map();
    let start = 0;
    for (const line of scan.text.split("\n")) {
      scan.lastLineStarts.set(line.trim(), start);
      start += line.length + 1;
    }
  }
  return scan.lastLineStarts;
}

/** The `2` of `2>` and the `{name}` of `{name}>`, taken back from the word that they seemed. */
function takeDescriptor(scan: ScanState, frame: CodeFrame): string {
  const word = frame.word;
  if (word === undefined || frame.redirection !== undefined || word.expansions.length > 0)
    return "";
  const source = scan.text.slice(word.start, scan.at).slice(0, 80);
  if (!/^(?:\d+|\{\w+\})$/u.test(source)) return "";
  frame.word = undefined;
  if (source.startsWith("{")) {
    const range = { start: word.start + 1, end: scan.at - 1 };
    scan.writes.push({ name: source.slice(1, -1), range, hasDefault: false });
    scan.hide(word.start, scan.at, 32);
  }
  return source;
}

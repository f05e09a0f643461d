import type { CodeFrame } from "./scan-frame.ts";
import type { ScanState } from "./scan-state.ts";
import type { ScannedCommand, ScannedWord } from "./scanned-script.ts";

const commandKeywords = new Set(["if", "then", "elif", "else", "while", "until", "do", "!", "{"]);
const closingKeywords = new Set(["fi", "done", "}"]);
const reservedWords = new Set(
  "if then elif else fi while until do done for select case esac function { } ! time in [[ ]] coproc".split(
    " ",
  ),
);

function plainWord(start: number, end: number): ScannedWord {
  return { start, end, expansions: [], hasPattern: false, hasQuotes: false, isArithmetic: false };
}

/** The word that is being read, begun here if there is none. No I/O. */
export function startWord(scan: ScanState, frame: CodeFrame): ScannedWord {
  frame.word ??= {
    start: scan.at,
    end: scan.at,
    expansions: [],
    hasPattern: false,
    hasQuotes: false,
    isArithmetic: false,
  };
  return frame.word;
}

/** Ends the word that is being read, if any, and decides what it is. No I/O. */
export function endWord(scan: ScanState, frame: CodeFrame): void {
  const word = frame.word;
  if (word === undefined) return;
  frame.word = undefined;
  word.end = scan.at;
  if (frame.redirection !== undefined) return endTarget(frame, word);
  const isPlain = !word.hasQuotes && word.expansions.length === 0;
  const source = isPlain && word.end - word.start < 64 ? scan.text.slice(word.start, word.end) : "";
  if (frame.mode === "test") return endTestWord(scan, frame, word, source);
  if (frame.mode !== "" && endHeaderWord(scan, frame, word, source)) return;
  if (endCaseWord(scan, frame, source)) return;
  if (frame.isCommandPosition && frame.command === undefined && startKeyword(scan, frame, source))
    return;
  if (reservedWords.has(source) || /^[=+]/u.test(source)) scan.hide(word.start, word.end);
  addWord(scan, frame, word);
}

function addWord(scan: ScanState, frame: CodeFrame, word: ScannedWord): void {
  const command = currentCommand(scan, frame, word.start);
  if (command.isTrailing) return;
  command.words.push(word);
  command.end = word.end;
  frame.isCommandPosition = false;
}

/** The command that is being read, begun at `start` if there is none. No I/O. */
export function currentCommand(scan: ScanState, frame: CodeFrame, start: number): ScannedCommand {
  if (frame.command === undefined) {
    const isTrailing = frame.isBehindCompound;
    frame.command = { start, end: start, words: [], redirections: [], isTrailing };
    scan.commands.push(frame.command);
  }
  return frame.command;
}

/** Ends the word and the command that are being read. No I/O. */
export function endCommand(scan: ScanState, frame: CodeFrame): void {
  endWord(scan, frame);
  frame.redirection = undefined;
  frame.command = undefined;
}

function endTarget(frame: CodeFrame, word: ScannedWord): void {
  const redirection = frame.redirection;
  if (redirection === undefined) return;
  frame.redirection = undefined;
  redirection.target = word;
  redirection.end = word.end;
  if (frame.command !== undefined) frame.command.end = word.end;
}

/** Words of `for NAME in …`, `select`, `function NAME`; true where the word is dealt with. */
function endHeaderWord(
  scan: ScanState,
  frame: CodeFrame,
  word: ScannedWord,
  source: string,
): boolean {
  const range = { start: word.start, end: word.end };
  if (frame.mode === "function-name") {
    scan.functions.push(scan.text.slice(word.start, word.end));
    frame.mode = "";
    frame.isCommandPosition = true;
    skipEmptyParentheses(scan);
    return true;
  }
  if (frame.mode === "for-name") {
    if (/^[A-Za-z_]\w*$/u.test(source))
      scan.writes.push({ name: source, range, hasDefault: false });
    frame.mode = "for-in";
    return true;
  }
  if (frame.mode === "for-in" && source === "do") {
    frame.mode = "";
    frame.isCommandPosition = true;
  } else if (frame.mode === "for-in") {
    frame.mode = "for-words";
  } else if (reservedWords.has(source)) {
    scan.hide(word.start, word.end);
  }
  return true;
}

/** The subject, `in`, and the patterns of `case`; true where the word is one of them. */
function endCaseWord(scan: ScanState, frame: CodeFrame, source: string): boolean {
  const current = frame.cases.at(-1);
  if (current === undefined || current.state === "branch") return false;
  if (current.state === "subject") current.state = "in";
  else if (current.state === "in") current.state = "pattern";
  else if (source === "esac") {
    frame.cases.pop();
    if (scan.stack.length === 1) countNesting(scan, source);
    frame.isBehindCompound = true;
    frame.isCommandPosition = false;
  }
  return true;
}

/** True where `source` is a reserved word in the place of a command. */
function startKeyword(scan: ScanState, frame: CodeFrame, source: string): boolean {
  if (source === "") return false;
  if (scan.stack.length === 1) countNesting(scan, source);
  if (commandKeywords.has(source)) return true;
  if (closingKeywords.has(source)) {
    frame.isBehindCompound = true;
    frame.isCommandPosition = false;
    return true;
  }
  switch (source) {
    case "for":
    case "select":
      frame.mode = "for-name";
      break;
    case "case":
      frame.cases.push({ depth: frame.depth, state: "subject" });
      break;
    case "esac":
      frame.cases.pop();
      frame.isBehindCompound = true;
      break;
    case "function":
      frame.mode = "function-name";
      break;
    case "[[":
      if (!/^\s/u.test(scan.text.charAt(scan.at))) return false;
      frame.mode = "test";
      addWord(scan, frame, { ...plainWord(scan.at - 2, scan.at) });
      scan.hide(scan.at - 2, scan.at);
      return true;
    case "coproc":
      return skipCoprocess(scan);
    case "time":
      // before a compound command it is a keyword; before a simple one it acts as a wrapper
      return /^[ \t]*(?:\w+[ \t]+)?[({]/u.test(scan.text.slice(scan.at, scan.at + 40));
    default:
      return false;
  }
  frame.isCommandPosition = false;
  return true;
}

/** `coproc` and its name stand before a command that is like any other. */
function skipCoprocess(scan: ScanState): boolean {
  const name = /^[ \t]+\w+(?=[ \t]+[({])/u.exec(scan.text.slice(scan.at, scan.at + 80))?.[0] ?? "";
  scan.hide(scan.at - "coproc".length, scan.at + name.length, 32);
  scan.at += name.length;
  return true;
}

function countNesting(scan: ScanState, keyword: string): void {
  if (/^(?:if|while|until|for|select|case|\{)$/u.test(keyword)) scan.nesting += 1;
  else if (/^(?:fi|done|esac|\})$/u.test(keyword)) scan.nesting = Math.max(0, scan.nesting - 1);
}

/** Goes behind the `()` of a function's head, if it stands here. No I/O. */
export function skipEmptyParentheses(scan: ScanState): void {
  const match = /^[ \t]*\([ \t]*\)/u.exec(scan.text.slice(scan.at, scan.at + 40))?.[0];
  if (match === undefined) return;
  scan.hide(scan.at, scan.at + match.length, 32);
  scan.show(scan.at + match.indexOf("("), "(");
  scan.show(scan.at + match.length - 1, ")");
  scan.at += match.length;
}

function endTestWord(scan: ScanState, frame: CodeFrame, word: ScannedWord, source: string): void {
  hideOutsideExpansions(scan, word);
  if (source === "]]") {
    frame.mode = "";
    addWord(scan, frame, word);
    endCommand(scan, frame);
    frame.isBehindCompound = true;
    if (/^\s*(?:then|do)\b/u.test(scan.text.slice(scan.at, scan.at + 80))) {
      scan.show(word.start, " ;");
      resetPosition(frame);
    }
    return;
  }
  addWord(scan, frame, word);
}

function hideOutsideExpansions(scan: ScanState, word: ScannedWord): void {
  let at = word.start;
  for (const expansion of word.expansions) {
    scan.hide(at, expansion.start);
    at = expansion.end;
  }
  scan.hide(at, word.end);
}

/** After an operator that ends a command, the next word is a command again. */
export function resetPosition(frame: CodeFrame): void {
  frame.isBehindCompound = false;
  const current = frame.cases.at(-1);
  if (current !== undefined && current.state !== "branch") {
    frame.isCommandPosition = false;
    return;
  }
  if (frame.mode === "for-in" || frame.mode === "for-words") frame.mode = "";
  if (frame.mode === "") frame.isCommandPosition = true;
}

/** Where the outermost code can be cut in two without cutting a statement. */
export function recordStatementEnd(scan: ScanState, frame: CodeFrame): void {
  if (scan.stack.length > 1 || scan.nesting > 0 || frame.depth > 0) return;
  if (frame.command !== undefined || frame.isBehindCompound) scan.statementEnds.push(scan.at);
}

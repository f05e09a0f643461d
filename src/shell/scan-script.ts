import type { TextRange } from "../model/shell-script.ts";
import { matchAngleBlank, matchBraceBlank, matchBracketBlank, matchDoubleAngleBlank } from "./match-blank.ts";
import { openCodeFrame, type CodeFrame, type Frame, type TextFrame } from "./scan-frame.ts";
import type {
  HereDocument,
  QuotedText,
  ScannedBlank,
  ScannedCommand,
  ScannedRedirection,
  ScannedScript,
  ScannedVariable,
  ScannedWord,
} from "./scanned-script.ts";

/** Deeper nesting than any person writes is taken as plain text. */
const maximumDepth = 400;
/** How far `((` looks for its `))` before it is taken as two subshells. */
const arithmeticReach = 2_000;

const plainRun = /[A-Za-z0-9_./:=+,%^-]+/uy;
const commandKeywords = new Set(["if", "then", "elif", "else", "while", "until", "do", "!", "{"]);
const closingKeywords = new Set(["fi", "done", "}"]);
const reservedWords = new Set(
  "if then elif else fi while until do done for select case esac function { } ! time in [[ ]] coproc".split(" "),
);
const assignmentStart = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=$/u;

/**
 * Splits a script into words, redirections and commands in one pass, by bash's own lexical rules.
 *
 * The grammar of tree-sitter-bash is good at statements and has gaps inside words (`a$/b`, `@(x|y)`,
 * `2>&1 <<<x`, words behind a redirection's target); so words are read here and masked for it. Linear
 * in the length of the text, never throws. Rules: bash(1), QUOTING, EXPANSION, REDIRECTION. No I/O.
 *
 * @example scanScript("a 'b c' >d").commands[0] has words "a", "'b c'" and redirection ">" to "d"
 */
export function scanScript(text: string): ScannedScript {
  return new ScriptScanner(text).scan();
}

class ScriptScanner {
  readonly text: string;
  readonly mask: Uint8Array;
  readonly stack: Frame[] = [openCodeFrame(0, "")];
  readonly pending: { document: HereDocument; delimiter: string; operator: TextRange }[] = [];
  readonly commands: ScannedCommand[] = [];
  readonly reads: ScannedVariable[] = [];
  readonly writes: ScannedVariable[] = [];
  readonly functions: string[] = [];
  readonly quoted: QuotedText[] = [];
  readonly blanks: ScannedBlank[] = [];
  readonly comments: TextRange[] = [];
  readonly errors: TextRange[] = [];
  readonly statementEnds: number[] = [];
  /** How many compound commands are open in the outermost code. */
  nesting = 0;
  /** Where the scan stands. */
  at = 0;
  /** Where the text ends, or the here-document that is being read. */
  limit: number;
  arithmeticBudget: number;
  lastLineStarts: Map<string, number> | undefined;

  constructor(text: string) {
    this.text = text;
    this.mask = new Uint8Array(text.length).fill(95);
    this.limit = text.length;
    this.arithmeticBudget = 20_000 + text.length * 4;
  }

  scan(): ScannedScript {
    for (;;) {
      const frame = this.top();
      if (this.at >= this.limit) {
        this.at = this.limit;
        if (!this.leaveHereDocument()) break;
      } else if (frame.kind === "code") this.scanCode(frame);
      else this.scanText(frame);
    }
    this.closeAll();
    this.commands.sort((a, b) => a.start - b.start);
    return {
      text: this.text,
      masked: new TextDecoder("latin1").decode(this.mask),
      commands: this.commands,
      reads: this.reads.sort((a, b) => a.range.start - b.range.start),
      writes: this.writes,
      functions: this.functions,
      quoted: this.quoted,
      blanks: this.blanks,
      comments: this.comments,
      errors: this.errors,
      statementEnds: this.statementEnds,
      hasCode: this.stack[0]?.kind === "code" && this.stack[0].hasContent,
    };
  }

  // --- frames -------------------------------------------------------------------------------------

  top(): Frame {
    return this.stack[this.stack.length - 1] as Frame;
  }

  /** Ends what is open at the end of the text; the outermost is the one to report. */
  closeAll(): void {
    for (const { operator } of this.pending) this.errors.push(operator);
    const unclosed = this.stack[1];
    if (unclosed !== undefined) {
      this.errors.push({ start: unclosed.start, end: Math.min(unclosed.start + 2, this.text.length) });
    }
    for (const frame of this.stack.toReversed()) {
      if (frame.kind !== "code") continue;
      this.endWord(frame);
      if (frame.mode === "test" && frame.command !== undefined) {
        const { start } = frame.command;
        this.errors.push({ start, end: start + 2 });
      }
      this.endCommand(frame);
    }
  }

  /** Tells the words that hold the closed expansion that these characters are no literal text. */
  recordExpansion(start: number, end: number): void {
    for (let index = this.stack.length - 1; index >= 0; index -= 1) {
      const frame = this.stack[index] as Frame;
      if (frame.kind === "code") {
        frame.word?.expansions.push({ start, end });
        return;
      }
      if (frame.kind === "here-document") {
        frame.hereDocument?.expansions.push({ start, end });
        return;
      }
      if (frame.kind === "parameter" || frame.kind === "arithmetic") return;
    }
  }

  pushText(kind: TextFrame["kind"], openerLength: number, isInDouble = false): void {
    if (this.stack.length < maximumDepth) {
      this.stack.push({ kind, start: this.at, depth: 0, isInDouble });
    }
    this.at += openerLength;
  }

  pushCode(closer: ")" | "`", openerLength: number): void {
    if (this.stack.length < maximumDepth) {
      if (closer === ")") this.show(this.at, "$(");
      else this.show(this.at, "`");
      this.stack.push(openCodeFrame(this.at, closer));
    }
    this.at += openerLength;
  }

  show(at: number, characters: string): void {
    for (let index = 0; index < characters.length; index += 1) {
      this.mask[at + index] = characters.charCodeAt(index);
    }
  }

  hide(start: number, end: number, character = 95): void {
    this.mask.fill(character, start, end);
  }

  // --- code ---------------------------------------------------------------------------------------

  scanCode(frame: CodeFrame): void {
    const character = this.text.charAt(this.at);
    if (character === "\n") return this.scanNewline(frame);
    if (isBlank(character, this.text, this.at)) {
      this.endWord(frame);
      this.show(this.at, " ");
      this.at += 1;
      return;
    }
    frame.hasContent ||= character !== "#" || frame.word !== undefined;
    if (frame.mode === "test" && "&|()<>;".includes(character)) return this.scanTestOperator(frame);
    switch (character) {
      case "\\":
        return this.scanBackslash(frame);
      case "'":
      case '"':
      case "$":
        this.startWord(frame);
        return this.scanQuoteOrDollar(frame, character);
      case "`":
        if (frame.closer === "`") return this.closeCode(frame);
        this.startWord(frame);
        return this.pushCode("`", 1);
      case "#":
        if (frame.word === undefined) return this.scanComment();
        break;
      case ";":
      case "&":
      case "|":
        if (this.text.startsWith("&>", this.at)) return this.scanRedirection(frame);
        return this.scanControlOperator(frame, character);
      case "(":
        return this.scanOpenParenthesis(frame);
      case ")":
        return this.scanCloseParenthesis(frame);
      case "<":
      case ">":
        return this.scanRedirection(frame);
      case "{":
      case "}":
      case "[":
      case "*":
      case "?":
      case "~":
        return this.scanSign(frame, character);
    }
    this.scanPlain(frame);
  }

  scanPlain(frame: CodeFrame): void {
    this.startWord(frame);
    plainRun.lastIndex = this.at;
    const run = plainRun.exec(this.text)?.[0] ?? "";
    for (let index = 0; index < run.length; index += 1) {
      const code = run.charCodeAt(index);
      // the comma, the percent sign and the caret stay hidden
      if (code !== 44 && code !== 37 && code !== 94) this.mask[this.at + index] = code;
    }
    this.at += run.length || 1;
  }

  scanNewline(frame: CodeFrame): void {
    this.endWord(frame);
    if (frame.mode === "test") {
      this.show(this.at, " ");
    } else {
      this.recordStatementEnd(frame);
      this.endCommand(frame);
      this.show(this.at, "\n");
      this.resetPosition(frame);
    }
    this.at += 1;
    this.enterHereDocuments();
  }

  /** Where the outermost code can be cut in two without cutting a statement. */
  recordStatementEnd(frame: CodeFrame): void {
    if (this.stack.length > 1 || this.nesting > 0 || frame.depth > 0) return;
    if (frame.command !== undefined || frame.isBehindCompound) this.statementEnds.push(this.at);
  }

  /** After an operator that ends a command, the next word is a command again. */
  resetPosition(frame: CodeFrame): void {
    frame.isBehindCompound = false;
    const current = frame.cases.at(-1);
    if (current !== undefined && current.state !== "branch") {
      frame.isCommandPosition = false;
      return;
    }
    if (frame.mode === "for-in" || frame.mode === "for-words") frame.mode = "";
    if (frame.mode === "") frame.isCommandPosition = true;
  }

  scanBackslash(frame: CodeFrame): void {
    const next = this.text.charAt(this.at + 1);
    const isCarriageReturn = next === "\r" && this.text.charAt(this.at + 2) === "\n";
    if (next === "\n" || next === "" || isCarriageReturn) {
      const length = isCarriageReturn ? 3 : next === "" ? 1 : 2;
      if (frame.word !== undefined) frame.word.hasQuotes = true;
      this.hide(this.at, this.at + length, frame.word === undefined ? 32 : 95);
      // a word that goes on with a blank ends here
      if (/[\s]|$/uy.test(this.text.charAt(this.at + length)) && frame.word !== undefined) {
        const end = this.at;
        this.hide(end, end + length, 32);
        this.endWord(frame);
      }
      this.at += length;
      return;
    }
    this.startWord(frame).hasQuotes = true;
    this.at += 2;
  }

  scanQuoteOrDollar(frame: CodeFrame, character: string): void {
    if (frame.word !== undefined && character !== "$") frame.word.hasQuotes = true;
    if (character === "'") return this.scanSingleQuote(this.at, false);
    if (character === '"') return this.pushText("double", 1);
    if (this.text.startsWith("$'", this.at) && frame.word !== undefined) frame.word.hasQuotes = true;
    this.scanDollar(false);
  }

  /** `opener` is where the quote begins; `$'…'` knows backslashes. */
  scanSingleQuote(opener: number, isAnsi: boolean): void {
    const start = this.text.indexOf("'", opener) + 1;
    let end = this.find("'", start);
    if (isAnsi) {
      for (end = start; end < this.limit && this.text[end] !== "'"; end += 1) {
        if (this.text[end] === "\\") end += 1;
      }
    }
    if (end >= this.limit) {
      end = this.limit;
      this.errors.push({ start: opener, end: start });
    }
    this.quoted.push({ start, end, quote: "single" });
    this.at = Math.min(end + 1, this.limit);
  }

  scanComment(): void {
    const end = this.find("\n", this.at);
    this.comments.push({ start: this.at, end });
    this.hide(this.at, end, 32);
    this.at = end;
  }

  scanControlOperator(frame: CodeFrame, character: string): void {
    const operator = /^(?:;;&|;;|;&|;|&&|&|\|\||\|&|\|)/u.exec(this.text.slice(this.at, this.at + 3))?.[0];
    const length = operator?.length ?? 1;
    this.endWord(frame);
    // the grammar knows `;&` and `;;&` before other branches only
    this.show(this.at, operator === ";&" ? ";;" : operator === ";;&" ? ";; " : (operator ?? character));
    this.at += length;
    if (operator === ";" || operator === "&") this.recordStatementEnd(frame);
    const current = frame.cases.at(-1);
    if (current?.state === "pattern" && character === "|") return;
    this.endCommand(frame);
    if (current !== undefined && character === ";" && length > 1) current.state = "pattern";
    this.resetPosition(frame);
  }

  scanSign(frame: CodeFrame, character: string): void {
    const isFirst = frame.word === undefined;
    const next = this.text.charAt(this.at + 1);
    if (character === "{") {
      const end = matchBraceBlank(this.text, this.at);
      const isKeyword = isFirst && frame.isCommandPosition && /^\s?$/u.test(next);
      if (end !== -1) {
        this.startWord(frame);
        this.blanks.push({ start: this.at, end, form: "brace" });
        this.at = end;
        return;
      }
      if (isKeyword) this.show(this.at, "{");
      else if (isBraceExpansion(this.text, this.at)) this.startWord(frame).hasPattern = true;
    } else if (character === "}") {
      if (isFirst && frame.isCommandPosition) this.show(this.at, "}");
    } else if (character === "[") {
      const end = isFirst && !frame.isCommandPosition ? matchBracketBlank(this.text, this.at) : -1;
      if (end !== -1 && frame.command !== undefined) {
        this.startWord(frame).hasPattern = true;
        this.blanks.push({ start: this.at, end, form: "bracket" });
        this.at = end;
        return;
      }
      if (isCharacterSet(this.text, this.at)) this.startWord(frame).hasPattern = true;
    } else if (character === "~") {
      if (isFirst) this.startWord(frame).hasPattern = true;
    } else if (character === "*" || !isInUrl(this.text, frame.word)) {
      this.startWord(frame).hasPattern = true;
    }
    this.startWord(frame);
    this.at += 1;
  }

  // --- words --------------------------------------------------------------------------------------

  startWord(frame: CodeFrame): ScannedWord {
    frame.word ??= {
      start: this.at,
      end: this.at,
      expansions: [],
      hasPattern: false,
      hasQuotes: false,
      isArithmetic: false,
    };
    return frame.word;
  }

  endWord(frame: CodeFrame): void {
    const word = frame.word;
    if (word === undefined) return;
    frame.word = undefined;
    word.end = this.at;
    if (frame.redirection !== undefined) return this.endTarget(frame, word);
    const isPlain = !word.hasQuotes && word.expansions.length === 0;
    const source = isPlain && word.end - word.start < 64 ? this.text.slice(word.start, word.end) : "";
    if (frame.mode === "test") return this.endTestWord(frame, word, source);
    if (frame.mode !== "" && this.endHeaderWord(frame, word, source)) return;
    if (this.endCaseWord(frame, source)) return;
    if (frame.isCommandPosition && frame.command === undefined && this.startKeyword(frame, source)) return;
    if (reservedWords.has(source) || /^[=+]/u.test(source)) this.hide(word.start, word.end);
    this.addWord(frame, word);
  }

  addWord(frame: CodeFrame, word: ScannedWord): void {
    const command = this.currentCommand(frame, word.start);
    if (command.isTrailing) return;
    command.words.push(word);
    command.end = word.end;
    frame.isCommandPosition = false;
  }

  currentCommand(frame: CodeFrame, start: number): ScannedCommand {
    if (frame.command === undefined) {
      const isTrailing = frame.isBehindCompound;
      frame.command = { start, end: start, words: [], redirections: [], isTrailing };
      this.commands.push(frame.command);
    }
    return frame.command;
  }

  endCommand(frame: CodeFrame): void {
    this.endWord(frame);
    frame.redirection = undefined;
    frame.command = undefined;
  }

  /** Words of `for NAME in …`, `select`, `function NAME`; true where the word is dealt with. */
  endHeaderWord(frame: CodeFrame, word: ScannedWord, source: string): boolean {
    const range = { start: word.start, end: word.end };
    if (frame.mode === "function-name") {
      this.functions.push(this.text.slice(word.start, word.end));
      frame.mode = "";
      frame.isCommandPosition = true;
      this.skipEmptyParentheses();
      return true;
    }
    if (frame.mode === "for-name") {
      if (/^[A-Za-z_]\w*$/u.test(source)) this.writes.push({ name: source, range, hasDefault: false });
      frame.mode = "for-in";
      return true;
    }
    if (frame.mode === "for-in" && source === "do") {
      frame.mode = "";
      frame.isCommandPosition = true;
    } else if (frame.mode === "for-in") {
      frame.mode = "for-words";
    } else if (reservedWords.has(source)) {
      this.hide(word.start, word.end);
    }
    return true;
  }

  /** The subject, `in`, and the patterns of `case`; true where the word is one of them. */
  endCaseWord(frame: CodeFrame, source: string): boolean {
    const current = frame.cases.at(-1);
    if (current === undefined || current.state === "branch") return false;
    if (current.state === "subject") current.state = "in";
    else if (current.state === "in") current.state = "pattern";
    else if (source === "esac") {
      frame.cases.pop();
      if (this.stack.length === 1) this.countNesting(source);
      frame.isBehindCompound = true;
      frame.isCommandPosition = false;
    }
    return true;
  }

  /** True where `source` is a reserved word in the place of a command. */
  startKeyword(frame: CodeFrame, source: string): boolean {
    if (source === "") return false;
    if (this.stack.length === 1) this.countNesting(source);
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
        if (!/^\s/u.test(this.text.charAt(this.at))) return false;
        frame.mode = "test";
        this.addWord(frame, { ...plainWord(this.at - 2, this.at) });
        this.hide(this.at - 2, this.at);
        return true;
      case "time":
      case "coproc":
        // before a compound command it is a keyword; before a simple one it acts as a wrapper
        return /^[ \t]*(?:\w+[ \t]+)?[({]/u.test(this.text.slice(this.at, this.at + 40));
      default:
        return false;
    }
    frame.isCommandPosition = false;
    return true;
  }

  countNesting(keyword: string): void {
    if (/^(?:if|while|until|for|select|case|\{)$/u.test(keyword)) this.nesting += 1;
    else if (/^(?:fi|done|esac|\})$/u.test(keyword)) this.nesting = Math.max(0, this.nesting - 1);
  }

  skipEmptyParentheses(): void {
    const match = /^[ \t]*\([ \t]*\)/u.exec(this.text.slice(this.at, this.at + 40))?.[0];
    if (match === undefined) return;
    this.hide(this.at, this.at + match.length, 32);
    this.show(this.at + match.indexOf("("), "(");
    this.show(this.at + match.length - 1, ")");
    this.at += match.length;
  }

  // --- [[ … ]] and (( … )) ------------------------------------------------------------------------

  endTestWord(frame: CodeFrame, word: ScannedWord, source: string): void {
    this.hideOutsideExpansions(word);
    if (source === "]]") {
      frame.mode = "";
      this.addWord(frame, word);
      this.endCommand(frame);
      frame.isBehindCompound = true;
      if (/^\s*(?:then|do)\b/u.test(this.text.slice(this.at, this.at + 80))) {
        this.show(word.start, " ;");
        this.resetPosition(frame);
      }
      return;
    }
    this.addWord(frame, word);
  }

  hideOutsideExpansions(word: ScannedWord): void {
    let at = word.start;
    for (const expansion of word.expansions) {
      this.hide(at, expansion.start);
      at = expansion.end;
    }
    this.hide(at, word.end);
  }

  scanTestOperator(frame: CodeFrame): void {
    if (this.text.startsWith("<(", this.at)) {
      this.startWord(frame);
      return this.pushCode(")", 2);
    }
    this.startWord(frame);
    this.at += 1;
  }

  /** True where the `((` at `start` meets `))` before its parentheses are closed otherwise. */
  closesAsArithmetic(start: number): boolean {
    let depth = 0;
    const end = Math.min(this.limit, start + arithmeticReach);
    for (let index = start; index < end && this.arithmeticBudget > 0; index += 1) {
      this.arithmeticBudget -= 1;
      const character = this.text[index];
      if (character === "(") depth += 1;
      else if (character === ")") {
        depth -= 1;
        if (depth === 1) return this.text[index + 1] === ")";
      } else if (character === "\\") index += 1;
    }
    return false;
  }

  // --- parentheses --------------------------------------------------------------------------------

  scanOpenParenthesis(frame: CodeFrame): void {
    const word = frame.word;
    if (word !== undefined && frame.redirection === undefined) {
      if (assignmentStart.test(this.text.slice(word.start, this.at).slice(0, 200))) {
        return this.pushText("group", 1);
      }
      const isNegation = frame.isCommandPosition && this.text.slice(word.start, this.at) === "!";
      if (/[?*+@!]/u.test(this.text.charAt(this.at - 1)) && !isNegation) {
        word.hasPattern = true;
        return this.pushText("group", 1);
      }
    }
    if (this.startFunction(frame)) return;
    this.endWord(frame);
    const isCommandPlace = frame.isCommandPosition || frame.mode === "for-name";
    if (isCommandPlace && this.text[this.at + 1] === "(" && this.closesAsArithmetic(this.at)) {
      this.startWord(frame).isArithmetic = true;
      return this.pushText("arithmetic", 2);
    }
    this.show(this.at, "(");
    this.at += 1;
    if (frame.cases.at(-1)?.state === "pattern") return;
    this.endCommand(frame);
    frame.depth += 1;
    if (this.text[this.at] === "(") {
      // two subshells, which the grammar would take for arithmetic: one is enough for it
      this.show(this.at - 1, " ");
      frame.hiddenDepths.push(frame.depth);
    }
    frame.isCommandPosition = true;
    frame.isBehindCompound = false;
  }

  /** `name()` and `name ()`: true where that is what stands here. */
  startFunction(frame: CodeFrame): boolean {
    if (!/^\([ \t]*\)/u.test(this.text.slice(this.at, this.at + 20))) return false;
    if (frame.cases.at(-1)?.state === "pattern") return false;
    const opener = this.at;
    this.endWord(frame);
    // behind `function NAME` they are skipped already
    if (this.at > opener) return true;
    const command = frame.command;
    const name = command?.words[0];
    if (command === undefined || name === undefined || command.words.length !== 1) return false;
    if (name.hasQuotes || name.expansions.length > 0 || command.redirections.length > 0) return false;
    this.commands.splice(this.commands.lastIndexOf(command), 1);
    frame.command = undefined;
    this.functions.push(this.text.slice(name.start, name.end));
    this.skipEmptyParentheses();
    frame.isCommandPosition = true;
    return true;
  }

  scanCloseParenthesis(frame: CodeFrame): void {
    this.endWord(frame);
    const current = frame.cases.at(-1);
    if (current?.state === "pattern" && current.depth === frame.depth) {
      current.state = "branch";
      this.show(this.at, ")");
      this.at += 1;
      this.resetPosition(frame);
      return;
    }
    if (frame.depth === 0 && frame.closer === ")") return this.closeCode(frame);
    this.endCommand(frame);
    const isHidden = frame.hiddenDepths.at(-1) === frame.depth;
    if (isHidden) frame.hiddenDepths.pop();
    this.show(this.at, isHidden ? " " : ")");
    this.at += 1;
    frame.depth = Math.max(0, frame.depth - 1);
    frame.isCommandPosition = false;
    frame.isBehindCompound = true;
  }

  closeCode(frame: CodeFrame): void {
    this.endCommand(frame);
    const end = this.at + 1;
    this.stack.pop();
    if (frame.hasContent) this.show(this.at, frame.closer);
    else this.hide(frame.start, end);
    if (this.top().kind === "here-document") this.unhideWords(frame.start, end);
    this.at = end;
    this.recordExpansion(frame.start, end);
  }

  /** In a here-document all is hidden by blanks; a word in a substitution is no blank. */
  unhideWords(start: number, end: number): void {
    for (let index = start; index < end; index += 1) {
      if (this.mask[index] === 32 && !/\s/u.test(this.text.charAt(index))) this.mask[index] = 95;
    }
  }

  // --- redirections and here-documents ------------------------------------------------------------

  scanRedirection(frame: CodeFrame): void {
    const start = this.at;
    if (this.scanAngleBlank(frame)) return;
    if (/^[<>]\(/u.test(this.text.slice(start, start + 2))) {
      this.startWord(frame);
      return this.pushCode(")", 2);
    }
    const descriptor = this.takeDescriptor(frame);
    this.endWord(frame);
    const pattern = /^(?:<<<|<<-|<<|<&|<>|<|>>|>&|>\||>|&>>|&>)/u;
    const operator = pattern.exec(this.text.slice(start, start + 3))?.[0] ?? "<";
    const shown = { "<<<": "<  ", "<<-": "<  ", "<<": "< ", "<>": ">>" }[operator] ?? operator;
    this.show(start, shown);
    this.at = start + operator.length;
    const from = start - descriptor.length;
    const redirection: ScannedRedirection = { operator, descriptor, start: from, end: this.at };
    const command = this.currentCommand(frame, from);
    command.redirections.push(redirection);
    command.end = this.at;
    if (operator === "<<" || operator === "<<-") return this.startHereDocument(redirection, command);
    if (/^&$/u.test(operator.slice(-1)) && this.text[this.at] === "-") {
      this.show(this.at, "-");
      this.at += 1;
      redirection.end = this.at;
      return;
    }
    this.skipBlanks();
    if (!/[\n;&|()]/u.test(this.text.charAt(this.at) || "\n")) frame.redirection = redirection;
  }

  skipBlanks(): void {
    while (this.at < this.limit && /[ \t]/u.test(this.text.charAt(this.at))) {
      this.show(this.at, " ");
      this.at += 1;
    }
  }

  /** `<name>` and `<<NAME>>` become part of a word. */
  scanAngleBlank(frame: CodeFrame): boolean {
    if (this.text[this.at] !== "<") return false;
    let end = matchAngleBlank(this.text, this.at);
    if (end === -1) {
      end = matchDoubleAngleBlank(this.text, this.at);
      const name = /^\S*/u.exec(this.text.slice(this.at + 2, Math.max(this.at, end - 2)))?.[0] ?? "";
      if (end === -1 || (this.lineStartsByText().get(name) ?? -1) > this.at) return false;
    }
    if (end > this.limit) return false;
    this.startWord(frame);
    this.blanks.push({ start: this.at, end, form: "angle" });
    this.at = end;
    return true;
  }

  /** The last line that consists of a text, for all lines: made once, where first asked for. */
  lineStartsByText(): Map<string, number> {
    if (this.lastLineStarts === undefined) {
      this.lastLineStarts = new Map();
      let start = 0;
      for (const line of this.text.split("\n")) {
        this.lastLineStarts.set(line.trim(), start);
        start += line.length + 1;
      }
    }
    return this.lastLineStarts;
  }

  /** The `2` of `2>` and the `{name}` of `{name}>`, taken back from the word that they seemed. */
  takeDescriptor(frame: CodeFrame): string {
    const word = frame.word;
    if (word === undefined || frame.redirection !== undefined || word.expansions.length > 0) return "";
    const source = this.text.slice(word.start, this.at).slice(0, 80);
    if (!/^(?:\d+|\{\w+\})$/u.test(source)) return "";
    frame.word = undefined;
    if (source.startsWith("{")) {
      const range = { start: word.start + 1, end: this.at - 1 };
      this.writes.push({ name: source.slice(1, -1), range, hasDefault: false });
      this.hide(word.start, this.at, 32);
    }
    return source;
  }

  endTarget(frame: CodeFrame, word: ScannedWord): void {
    const redirection = frame.redirection;
    if (redirection === undefined) return;
    frame.redirection = undefined;
    redirection.target = word;
    redirection.end = word.end;
    if (frame.command !== undefined) frame.command.end = word.end;
  }

  startHereDocument(redirection: ScannedRedirection, command: ScannedCommand): void {
    this.skipBlanks();
    const rest = this.text.slice(this.at, this.at + 200);
    const source = /^(?:'[^'\n]*'|"[^"\n]*"|\\.|[^\s;&|<>()'"\\])*/u.exec(rest)?.[0] ?? "";
    if (source === "") return;
    const end = this.at + source.length;
    const document: HereDocument = {
      isQuoted: /['"\\]/u.test(source),
      stripsTabs: redirection.operator === "<<-",
      start: end,
      end,
      expansions: [],
    };
    redirection.hereDocument = document;
    redirection.end = end;
    command.end = end;
    const operator = { start: redirection.start, end };
    this.pending.push({ document, delimiter: source.replace(/['"\\]/gu, ""), operator });
    this.at = end;
  }

  /** Finds the bodies of the here-documents that the line before announced. */
  enterHereDocuments(): void {
    const next = this.pending.shift();
    if (next === undefined) return;
    const { document, delimiter, operator } = next;
    document.start = this.at;
    let lineStart = this.at;
    let resumeAt = this.limit;
    document.end = this.limit;
    let isFound = false;
    const isNested = this.isNested();
    while (lineStart < this.limit && !isFound) {
      const newline = this.text.indexOf("\n", lineStart);
      const lineEnd = newline === -1 || newline > this.limit ? this.limit : newline;
      // a delimiter is a short line: long ones need no copy
      if (lineEnd - lineStart <= delimiter.length + 100) {
        const line = this.text.slice(lineStart, lineEnd).replace(/\r$/u, "");
        isFound = (document.stripsTabs ? line.replace(/^\t+/u, "") : line) === delimiter;
        // inside $(…) the closing parenthesis may follow the delimiter
        if (!isFound && isNested) isFound = line.startsWith(`${delimiter})`);
        if (isFound) {
          document.end = lineStart;
          resumeAt = line.startsWith(`${delimiter})`) ? lineStart + delimiter.length : lineEnd;
        }
      }
      lineStart = lineEnd + 1;
    }
    if (!isFound) this.errors.push(operator);
    this.hide(document.start, resumeAt, 32);
    this.quoted.push({ start: document.start, end: document.end, quote: "here-document" });
    if (document.isQuoted) {
      this.at = resumeAt;
      if (this.pending.length > 0) this.continueHereDocuments();
      return;
    }
    this.stack.push({
      kind: "here-document",
      start: document.start,
      depth: 0,
      isInDouble: true,
      hereDocument: document,
      outerLimit: this.limit,
      resumeAt,
    });
    this.at = document.start;
    this.limit = document.end;
  }

  isNested(): boolean {
    return this.stack.some((frame) => frame.kind === "code" && frame.closer === ")");
  }

  /** The next announced body begins on the line behind a delimiter. */
  continueHereDocuments(): void {
    if (this.text[this.at] === "\n") this.at += 1;
    this.enterHereDocuments();
  }

  /** Ends the here-document whose limit is reached; false where the text itself has ended. */
  leaveHereDocument(): boolean {
    let index = this.stack.length - 1;
    while (index > 0 && this.stack[index]?.kind !== "here-document") index -= 1;
    const frame = this.stack[index];
    if (frame?.kind !== "here-document") return false;
    for (const open of this.stack.splice(index).toReversed()) {
      if (open.kind !== "code") continue;
      this.endCommand(open);
      this.hide(open.start, this.limit, 32);
    }
    this.limit = frame.outerLimit ?? this.text.length;
    this.at = frame.resumeAt ?? this.limit;
    if (this.pending.length > 0) this.continueHereDocuments();
    return true;
  }

  // --- text with expansions -----------------------------------------------------------------------

  scanText(frame: TextFrame): void {
    const character = this.text.charAt(this.at);
    if (character === "$") return this.scanDollar(frame.kind === "double" || frame.isInDouble);
    if (character === "`") {
      // an unquoted back-tick inside `…"` ends nothing: the quote is closed first
      return this.pushCode("`", 1);
    }
    if (character === "\\") {
      this.at += 2;
      return;
    }
    switch (frame.kind) {
      case "double":
        if (character !== '"') return this.skipTo(/["$`\\]/u);
        this.quoted.push({ start: frame.start + 1, end: this.at, quote: "double" });
        return this.closeText();
      case "here-document":
        return this.skipTo(/[$`\\]/u);
      case "parameter":
        if (character === "}") return this.closeText();
        if (character === '"') return this.pushText("double", 1);
        if (character === "'" && !frame.isInDouble) return this.scanSingleQuote(this.at, false);
        this.at += 1;
        return;
      case "arithmetic":
        return this.scanArithmetic(frame, character);
      case "group":
        return this.scanGroup(frame, character);
    }
  }

  /** Goes to the next character that matters; never looks behind the limit. */
  skipTo(pattern: RegExp): void {
    const length = this.text.slice(this.at + 1, this.limit).search(pattern);
    this.at = length === -1 ? this.limit : this.at + 1 + length;
  }

  /** Where `sought` stands next, or the limit. */
  find(sought: string, from: number): number {
    const found = this.text.slice(from, this.limit).indexOf(sought);
    return found === -1 ? this.limit : from + found;
  }

  closeText(length = 1): void {
    const frame = this.stack.pop();
    this.at += length;
    if (frame?.kind === "parameter" || frame?.kind === "arithmetic") {
      this.recordExpansion(frame.start, this.at);
    }
  }

  scanGroup(frame: TextFrame, character: string): void {
    if (character === "'") return this.scanSingleQuote(this.at, false);
    if (character === '"') return this.pushText("double", 1);
    if (character === "(") frame.depth += 1;
    if (character === ")") {
      if (frame.depth === 0) return this.closeText();
      frame.depth -= 1;
    }
    if (character === "#" && /\s/u.test(this.text.charAt(this.at - 1))) {
      this.scanComment();
      this.hide(this.comments.at(-1)?.start ?? this.at, this.at);
      return;
    }
    if (/^[<>]\(/u.test(this.text.slice(this.at, this.at + 2))) return this.pushCode(")", 2);
    this.at += 1;
  }

  scanArithmetic(frame: TextFrame, character: string): void {
    if (character === "(") frame.depth += 1;
    else if (character === ")") {
      if (frame.depth === 0 && this.text[this.at + 1] === ")") return this.closeArithmetic();
      frame.depth = Math.max(0, frame.depth - 1);
    } else if (character === '"') {
      return this.pushText("double", 1);
    } else if (/[A-Za-z_]/u.test(character)) {
      return this.scanArithmeticName();
    } else if (/\d/u.test(character)) {
      // 16#ff and 0x1f hold letters that are no names
      return this.skipRun(/[\w#@]+/uy);
    }
    this.at += 1;
  }

  skipRun(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    this.at += pattern.exec(this.text)?.[0].length ?? 1;
  }

  closeArithmetic(): void {
    const opener = this.top().start;
    this.closeText(2);
    const frame = this.top();
    if (frame.kind !== "code" || frame.word?.start !== opener) return;
    const next = /^[ \t]*(do\b|then\b|\{)/u.exec(this.text.slice(this.at, this.at + 40))?.[1];
    if (next === undefined) return;
    this.endWord(frame);
    if (next === "{" && this.text.slice(0, opener).trimEnd().endsWith("for")) {
      // the grammar has no `for ((…)) { … }`: the group alone is as good
      this.hide(this.text.lastIndexOf("for", opener), this.at, 32);
    } else this.show(this.at - 1, ";");
    this.endCommand(frame);
    frame.mode = "";
    this.resetPosition(frame);
  }

  scanArithmeticName(): void {
    const start = this.at;
    this.skipRun(/\w+/uy);
    const name = this.text.slice(start, this.at);
    const range = { start, end: this.at };
    const after = /^\s*(?:\[[^\]]*\]\s*)?(\+\+|--|(?:\*\*|<<|>>|[-+*/%&^|])?=(?!=))?/u.exec(
      this.text.slice(this.at, this.at + 80),
    )?.[1];
    const isBefore = /(?:\+\+|--)\s*$/u.test(this.text.slice(Math.max(0, start - 4), start));
    if (after !== undefined || isBefore) this.writes.push({ name, range, hasDefault: false });
    if (after !== "=") this.reads.push({ name, range, hasDefault: false });
  }

  /** What follows a `$`; `isInDouble` where `$'` and `$"` mean nothing. */
  scanDollar(isInDouble: boolean): void {
    const start = this.at;
    const next = this.text.charAt(start + 1);
    if (next === "(") {
      if (this.text[start + 2] === "(" && this.closesAsArithmetic(start + 1)) {
        return this.pushText("arithmetic", 3, isInDouble);
      }
      return this.pushCode(")", 2);
    }
    if (next === "{") {
      this.readParameter(start);
      return this.pushText("parameter", 2, isInDouble);
    }
    if (next === "'" && !isInDouble) return this.scanSingleQuote(start, true);
    if (/[A-Za-z_]/u.test(next)) {
      this.at += 1;
      this.skipRun(/\w+/uy);
      const name = this.text.slice(start + 1, this.at);
      if (name !== "_") this.reads.push({ name, range: { start, end: this.at }, hasDefault: false });
      this.recordExpansion(start, this.at);
      return;
    }
    this.at += 1;
    if (/[\d@*#?$!-]/u.test(next)) {
      this.at += 1;
      this.recordExpansion(start, this.at);
    }
  }

  /** Reads the name and operator of the `${…}` that begins at `start`. */
  readParameter(start: number): void {
    const head = this.text.slice(start, start + 200);
    const match = /^\$\{([!#]?)([A-Za-z_]\w*)(?:\[[^\]]*\])?(:?[-=+?]|.|$)/su.exec(head);
    const name = match?.[2];
    if (match === null || name === undefined) return;
    const operator = match[3] ?? "";
    const close = head.indexOf("}");
    const range = { start, end: start + (close === -1 ? match[0].length : close + 1) };
    if (operator === " " || operator === "\n") {
      this.errors.push(range);
      return;
    }
    if (name === "_") return;
    const hasDefault = /^:?[-=+]$/u.test(operator);
    this.reads.push({ name, range, hasDefault });
    if (/^:?=$/u.test(operator)) this.writes.push({ name, range, hasDefault });
  }
}

function plainWord(start: number, end: number): ScannedWord {
  return { start, end, expansions: [], hasPattern: false, hasQuotes: false, isArithmetic: false };
}

function isBlank(character: string, text: string, at: number): boolean {
  return character === " " || character === "\t" || (character === "\r" && /^\n?$/u.test(text.charAt(at + 1)));
}

const braceExpansion = /^\{[^\s{}'"]*(?:,|\.\.)[^\s}]*\}/u;

function isBraceExpansion(text: string, at: number): boolean {
  return braceExpansion.test(text.slice(at, at + 200));
}

const characterSet = /^\[[^\s\]]+\]/u;

function isCharacterSet(text: string, at: number): boolean {
  return characterSet.test(text.slice(at, at + 100));
}

/** A `?` in a URL is a glob to the shell, and matches no file but by the worst of luck. */
function isInUrl(text: string, word: ScannedWord | undefined): boolean {
  return word !== undefined && text.slice(word.start, word.start + 200).includes("://");
}

import type { TextRange } from "../model/shell-script.ts";
import { openCodeFrame, type Frame, type TextFrame } from "./scan-frame.ts";
import type {
  HereDocument,
  QuotedText,
  ScannedBlank,
  ScannedCommand,
  ScannedVariable,
} from "./scanned-script.ts";

/** Deeper nesting than any person writes is taken as plain text. */
const maximumDepth = 100;

/** Where a scan stands, what it has found, and the few moves that all of its parts share. */
export class ScanState {
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
  /** Where the outermost code's last outermost parenthesis opens. */
  lastOpening = 0;
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

  top(): Frame {
    return this.stack[this.stack.length - 1] as Frame;
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

  skipRun(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    this.at += pattern.exec(this.text)?.[0].length ?? 1;
  }

  skipBlanks(): void {
    while (this.at < this.limit && /[ \t]/u.test(this.text.charAt(this.at))) {
      this.show(this.at, " ");
      this.at += 1;
    }
  }
}

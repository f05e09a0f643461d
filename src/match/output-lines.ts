import { decodeOutput, joinStrayBytes } from "./decode-output.ts";
import { stripEscapeSequences } from "./strip-escape-sequences.ts";

/** One line of output. */
export interface OutputLine {
  /** As it came, without its line feed. */
  readonly raw: string;
  /** As it is compared: without a carriage return at its end and, unless kept, escape sequences. */
  readonly text: string;
  /** False for what stands behind the last line feed. */
  readonly hasLineEnd: boolean;
  /** True where it is longer than what is compared of a line, and the rest of it is gone. */
  readonly isCut: boolean;
}

/** How lines are made comparable. */
export interface LineForm {
  readonly keepsEscapes: boolean;
}

/** The most that is compared of one line, in bytes. */
const longestLineBytes = 4 * 1024 * 1024;

const lineFeed = 10;

/**
 * Cuts output into lines while it comes, however it is cut into chunks.
 *
 * What is held back is the last, unfinished line, at most `longestLineBytes` of it. No I/O.
 */
export class OutputLines {
  readonly #form: LineForm;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #isCut = false;

  constructor(form: LineForm) {
    this.#form = form;
  }

  /** The lines that are complete with this chunk; the chunk stays its owner's. */
  push(chunk: Uint8Array): readonly OutputLine[] {
    const last = chunk.lastIndexOf(lineFeed);
    if (last < 0) {
      this.#hold(chunk);
      return [];
    }
    const lines: OutputLine[] = [];
    let from = 0;
    if (this.#heldBytes > 0 || last > longestLineBytes) {
      while (from <= last) {
        const end = chunk.indexOf(lineFeed, from);
        this.#hold(chunk.subarray(from, end));
        lines.push(this.#take(true));
        from = end + 1;
        if (last - from <= longestLineBytes) break;
      }
    }
    if (from <= last) {
      for (const raw of decodeOutput(chunk.subarray(from, last)).split("\n")) {
        lines.push(makeOutputLine(raw, true, false, this.#form));
      }
    }
    this.#hold(chunk.subarray(last + 1));
    return lines;
  }

  /** What stands behind the last line feed, where something does. */
  end(): readonly OutputLine[] {
    return this.#heldBytes === 0 && !this.#isCut ? [] : [this.#take(false)];
  }

  #hold(bytes: Uint8Array): void {
    const room = longestLineBytes - this.#heldBytes;
    if (bytes.length > room) this.#isCut = true;
    const kept = bytes.slice(0, Math.max(0, room));
    if (kept.length === 0) return;
    this.#held.push(kept);
    this.#heldBytes += kept.length;
  }

  #take(hasLineEnd: boolean): OutputLine {
    const bytes = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const part of this.#held) {
      bytes.set(part, at);
      at += part.length;
    }
    const line = makeOutputLine(decodeOutput(bytes), hasLineEnd, this.#isCut, this.#form);
    this.#held = [];
    this.#heldBytes = 0;
    this.#isCut = false;
    return line;
  }
}

/** All lines of an output that is at hand. No I/O. */
export function splitOutput(output: Uint8Array | string, form: LineForm): readonly OutputLine[] {
  const bytes = typeof output === "string" ? new TextEncoder().encode(output) : output;
  const lines = new OutputLines(form);
  return [...lines.push(bytes), ...lines.end()];
}

function makeOutputLine(
  raw: string,
  hasLineEnd: boolean,
  isCut: boolean,
  { keepsEscapes }: LineForm,
): OutputLine {
  const shown = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
  const plain = keepsEscapes ? shown : stripEscapeSequences(shown);
  const text = plain === shown ? shown : joinStrayBytes(plain);
  return { raw, text, hasLineEnd, isCut };
}

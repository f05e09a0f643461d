import type { OutputLine } from "./output-lines.ts";

/** A line of output, or lines that are not kept; `number` is 1-based and that of the first. */
export type SampledRow =
  | { readonly kind: "line"; readonly line: OutputLine; readonly number: number }
  | { readonly kind: "gap"; readonly count: number; readonly number: number };

const tailLines = 200;
const tailCharacters = 64 * 1024;

/**
 * Keeps the beginning and the end of an output for a comparison, and counts what is between.
 *
 * No I/O.
 */
export class OutputSample {
  readonly #head: OutputLine[] = [];
  readonly #headCharacters: number;
  #kept = 0;
  #isHeadFull = false;
  #tail: OutputLine[] = [];
  #tailKept = 0;
  #count = 0;

  /** Keeps about so many characters of the beginning. */
  constructor(headCharacters: number) {
    this.#headCharacters = headCharacters;
  }

  push(line: OutputLine): void {
    this.#count += 1;
    const size = line.raw.length + 1;
    this.#isHeadFull ||= this.#head.length > 0 && this.#kept + size > this.#headCharacters;
    if (!this.#isHeadFull) {
      this.#head.push(line);
      this.#kept += size;
      return;
    }
    this.#tail.push(line);
    this.#tailKept += size;
    if (this.#tail.length > 2 * tailLines || this.#tailKept > 2 * tailCharacters) this.#trim();
  }

  /** What is kept, in order, with a gap where something is not. */
  rows(): readonly SampledRow[] {
    this.#trim();
    const head = this.#head.map(
      (line, index) => ({ kind: "line", line, number: index + 1 }) as const,
    );
    const first = this.#count - this.#tail.length + 1;
    const gap = first - 1 - head.length;
    return [
      ...head,
      ...(gap > 0 ? [{ kind: "gap", count: gap, number: head.length + 1 } as const] : []),
      ...this.#tail.map((line, index) => ({ kind: "line", line, number: first + index }) as const),
    ];
  }

  #trim(): void {
    let from = this.#tail.length;
    let kept = 0;
    while (from > 0 && this.#tail.length - from < tailLines) {
      kept += (this.#tail[from - 1]?.raw.length ?? 0) + 1;
      if (kept > tailCharacters && from < this.#tail.length) break;
      from -= 1;
    }
    this.#tail = this.#tail.slice(from);
    this.#tailKept = this.#tail.reduce((sum, { raw }) => sum + raw.length + 1, 0);
  }
}

/** A part of what came through a stream: bytes of whoever writes there, or a record between them. */
export type StreamPart =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** Without its mark and its line end: `done push 0`. */
  | { readonly kind: "frame"; readonly text: string };

const frameStart = 0x1e;
const lineEnd = 0x0a;
/** Longer than any record. */
const longestFrame = 4096;

/**
 * Takes a stream apart that carries a session's records between the bytes of its steps.
 *
 * A frame is the byte 0x1E, the session's token, a space, the record and a line end; it may begin in one
 * chunk and end in another, and what only looks like its beginning is passed on. No I/O.
 *
 * @example push(Buffer.from("out\n\x1e4f1c done push 0\nmore")) → bytes "out\n", frame "done push 0", bytes "more"
 */
export class FrameSplitter {
  readonly #mark: Buffer;
  /** What may be the beginning of a frame. */
  #held: Buffer = Buffer.alloc(0);

  constructor(token: string) {
    this.#mark = Buffer.from(`\u001e${token} `);
  }

  /** Gives the parts that are complete; their bytes are those of the chunk, and its own. */
  push(chunk: Uint8Array): readonly StreamPart[] {
    const bytes = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    this.#held = Buffer.alloc(0);
    const parts: StreamPart[] = [];
    let begin = 0;
    const pass = (end: number): void => {
      if (end > begin) parts.push({ kind: "bytes", bytes: bytes.subarray(begin, end) });
      begin = end;
    };
    for (let at = bytes.indexOf(frameStart); at !== -1; at = bytes.indexOf(frameStart, at + 1)) {
      const head = bytes.subarray(at, at + this.#mark.length);
      if (!this.#mark.subarray(0, head.length).equals(head)) continue;
      const end = bytes.indexOf(lineEnd, at);
      if (end === -1 && bytes.length - at > longestFrame) continue;
      pass(at);
      if (end === -1) {
        this.#held = bytes.subarray(at);
        return parts;
      }
      const text = bytes.toString("latin1", at + this.#mark.length, end);
      parts.push({ kind: "frame", text: text.trimEnd() });
      begin = end + 1;
      at = end;
    }
    pass(bytes.length);
    return parts;
  }

  /** Gives what was held back, when nothing more will come. */
  flush(): Uint8Array {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return held;
  }
}

import { closeSync, constants, openSync, statSync, writeSync } from "node:fs";

/** What the bytes of one stream pass before they are kept or shown, in their order. */
export interface OutputFilter {
  /** The result may be the chunk itself. */
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back. */
  flush(): Uint8Array;
}

/** Where the bytes of one stream of a step go. */
export interface SinkTarget {
  /** Made with the first byte, readable by its owner alone. */
  readonly file: string;
  /** The file may be there already, and what comes is added. */
  readonly isContinued: boolean;
  readonly filter: OutputFilter | undefined;
  readonly deliver: (chunk: Uint8Array) => void;
  /** The output can no longer be kept (a full disk); called once. */
  readonly onFailure: (cause: unknown) => void;
}

/** Keeps one stream of a step in its file, byte for byte, and hands it on. */
export class OutputSink {
  readonly file: string;
  readonly filter: OutputFilter | undefined;
  readonly #flags: number;
  #descriptor: number | undefined;
  #deliver: ((chunk: Uint8Array) => void) | undefined;
  #onFailure: ((cause: unknown) => void) | undefined;
  #bytes: number;

  /** Opens nothing yet. */
  constructor({ file, isContinued, filter, deliver, onFailure }: SinkTarget) {
    this.file = file;
    this.filter = filter;
    this.#flags = isContinued ? appendFlags : appendFlags | constants.O_EXCL;
    this.#bytes = isContinued ? (statSync(file, { throwIfNoEntry: false })?.size ?? 0) : 0;
    this.#deliver = deliver;
    this.#onFailure = onFailure;
  }

  /** How many bytes the file has. */
  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Uint8Array): void {
    this.#keep(this.filter === undefined ? chunk : this.filter.push(chunk));
  }

  /** Keeps what the filter held back. */
  flush(): void {
    if (this.filter !== undefined) this.#keep(this.filter.flush());
  }

  /** From now on what comes is kept and told to nobody. */
  mute(): void {
    this.#deliver = undefined;
    this.#onFailure = undefined;
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #keep(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    try {
      this.#descriptor ??= openSync(this.file, this.#flags, 0o600);
      writeAll(this.#descriptor, chunk);
    } catch (cause) {
      // Whoever writes must not be stopped by a full pipe on top of it: the rest is read and dropped.
      this.#onFailure?.(cause);
      this.#onFailure = undefined;
      return;
    }
    this.#bytes += chunk.length;
    this.#deliver?.(chunk);
  }
}

const appendFlags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND;

function writeAll(descriptor: number, chunk: Uint8Array): void {
  let done = 0;
  while (done < chunk.length) done += writeSync(descriptor, chunk, done);
}

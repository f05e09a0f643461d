import type { Readable, Writable } from "node:stream";

/** What a prompt is given: where to ask, what its words pass, and a signal that takes the question back. */
export interface PromptStreams {
  /** Default: the process's own. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** Makes characters visible that act on a terminal. */
  readonly escapeText: (text: string) => string;
  readonly signal: AbortSignal;
}

import type { KnownNames } from "../model/expectation.ts";
import type { PatternEngine } from "../match/pattern-engine.ts";

/** What is known when expected output is rewritten. */
export interface ExpectationFacts {
  /** All of the stream that is compared. */
  readonly output: Uint8Array;
  /** The exit code that a last line `[N]` is to say; absent: what it says stays, and none is added. */
  readonly exitCode?: number | undefined;
  /** The exit code that the command ended with; default 0. */
  readonly endedWith?: number | undefined;
  /** Values of names that were bound before. */
  readonly known: KnownNames;
  /** The directory in which the command began. */
  readonly directory?: string | undefined;
  /** A folder that has another name in each run. */
  readonly folder?: string | undefined;
  /** True writes volatile words for what looks different in each run. */
  readonly proposesVolatile: boolean;
  /** True in a transcript for a line that would be read as a command, or as more of the one before. */
  readonly startsCommand?: ((line: string, isFirst: boolean) => boolean) | undefined;
  readonly engine: PatternEngine;
}

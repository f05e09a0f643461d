import type { KnownNames } from "./expectation.ts";
import type { StepOutcome } from "./run-event.ts";
import type { TextEdit } from "./text-edit.ts";

/**
 * What became of one line of expected output, or of one value of expected JSON, when it was rewritten.
 *
 * `kept`: it holds and stands as it was written; `dropped`: it does not hold any more; `new`: it was
 * taken from the output as it came; `loosened`: so too, with volatile words in place of what looks
 * different in each run.
 */
export interface LineChange {
  readonly kind: "kept" | "dropped" | "new" | "loosened";
  /** 0-based line of the expectation's text: of the old one for `dropped`, of the new one for all others. */
  readonly row: number;
  /** As it is written; of a value of JSON, behind its path: `.status: "ok"`. */
  readonly text: string;
  /** Of a line that is kept: true where it stands for more than its own text. */
  readonly isMatcher?: true | undefined;
}

/** What is to stand in place of expected output that no longer holds. */
export type ExpectationUpdate =
  /** It holds. */
  | { readonly kind: "unchanged"; readonly bound: KnownNames }
  | {
      readonly kind: "rewritten";
      /** Holds for the output that it was made of. */
      readonly text: string;
      readonly changes: readonly LineChange[];
      /** The names that the output gives values to by the new text. */
      readonly bound: KnownNames;
    }
  /** No text can be written; `reason` is a clause without a full stop. */
  | { readonly kind: "impossible"; readonly reason: string };

/** How a step ended when its document was run, and what it printed. */
export interface StepEvidence {
  /** Unique in the run: `push`, or `backup/dump` where an include brought it. */
  readonly stepId: string;
  /** The id of the runbook that the step stands in. */
  readonly runbook: string;
  readonly title: string;
  /** From the root, with `/`. */
  readonly path: string;
  /** 1-based line of the step in `path`. */
  readonly line: number;
  readonly outcome: StepOutcome;
  readonly exitCode?: number | undefined;
  /** A sentence or two, for all but `passed`. */
  readonly reason?: string | undefined;
  /** All of the stream that is compared; absent where it is longer than what is kept, or none was run. */
  readonly output?: Uint8Array | undefined;
  /** The secret that it held, where it is absent for that. */
  readonly heldSecret?: string | undefined;
  /** How long that stream is. */
  readonly outputBytes: number;
  /** Names that the output has given values to. */
  readonly matched?: KnownNames | undefined;
}

/** What is known of a document's run by whoever updates it. */
export interface DocumentEvidence {
  /** In the order in which they were run. */
  readonly steps: readonly StepEvidence[];
  /** The directory in which they began. */
  readonly directory: string;
  /** The folder that held this one and others of the run; it has another name in each. */
  readonly folder: string;
}

/** What became of one step of a document that was to be updated. */
export interface StepUpdate {
  readonly stepId: string;
  readonly title: string;
  /** From the root, with `/`: that of another document where that is included. */
  readonly path: string;
  /** 1-based line of the step's block in the old document; in a transcript that of its command. */
  readonly line: number;
  /** Empty where the step stands in another document. */
  readonly script: string;
  /** `left`: it does not hold, and stays as it is; `reason` says why. */
  readonly kind: "rewritten" | "left";
  /** A sentence. */
  readonly reason?: string | undefined;
  /** The exit code that it is to have from now on, where that has changed. */
  readonly exitCode?: number | undefined;
  /** With 1-based lines of the document: of the old one for `dropped`, of the new one for all others. */
  readonly changes: readonly (Omit<LineChange, "row"> & { readonly line: number })[];
}

/** A document after its update; `after` is its text, the same as `before` where nothing is to be written. */
export interface DocumentUpdate {
  readonly before: string;
  readonly after: string;
  /** What makes the one of the other. */
  readonly edits: readonly TextEdit[];
  readonly steps: readonly StepUpdate[];
}

import type { OutputRating } from "./expectation.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { DocumentEvidence, DocumentUpdate } from "./expectation-update.ts";
import type { StepOutcome } from "./run-event.ts";

/** How the test of a document can end. */
export const documentOutcomes = [
  /** At least one step was run, and each that was has passed. */
  "passed",
  /** A step failed. */
  "failed",
  /** It holds something that is not run unasked; nothing of it was run. */
  "refused",
  /** It cannot be planned: it has errors, or an input without a value. */
  "invalid",
  /** There is no step in it, or none that was run. */
  "empty",
  /** Its shell could not be had, or was lost on the way. */
  "broken",
  /** It was stopped before its end, or never begun. */
  "interrupted",
] as const;
/** One way in which the test of a document ends. */
export type DocumentOutcome = (typeof documentOutcomes)[number];

/** What of a document is not run unasked. */
export type RefusalKind = "destructive" | "confirm" | "manual" | "interactive" | "target";

/** Why a document is not run, and where that stands. */
export interface Refusal {
  readonly kind: RefusalKind;
  readonly stepId: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** In words: `rm -r deletes directories with all they hold`. */
  readonly text: string;
}

/** A document that is tested, by what it is called: `docs/install.md`, `docs/install.md#unpack`. */
export interface DocumentName {
  /** Unique among the documents of one call. */
  readonly name: string;
  /** From the root, with `/`. */
  readonly path: string;
  readonly title: string;
}

/** One step of a document that was tested. */
export interface TestedStep {
  /** Unique in the document. */
  readonly stepId: string;
  readonly title: string;
  readonly path: string;
  /** 1-based line of the step in `path`. */
  readonly line: number;
  readonly script: string;
  /** `pending`: it was never begun. */
  readonly outcome: StepOutcome | "pending";
  readonly exitCode?: number | undefined;
  readonly durationMs?: number | undefined;
  /** Why, in sentences, for all but `passed` and `pending`. */
  readonly reason?: string | undefined;
  /** A unified difference of expected and actual output. */
  readonly difference?: string | undefined;
  /** The end of what it printed, both streams in order of arrival; kept where it has not passed. */
  readonly output?: string | undefined;
  /** The end of its standard error alone. */
  readonly errorOutput?: string | undefined;
}

/** How many steps of one or more documents ended how. */
export interface StepCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly pending: number;
}

/** A document whose test has ended. */
export interface TestedDocument extends DocumentName {
  readonly outcome: DocumentOutcome;
  readonly durationMs: number;
  /** All that were planned, in the order of the document; empty where it could not be planned. */
  readonly steps: readonly TestedStep[];
  readonly counts: StepCounts;
  /** Why it ended so, in sentences, where its steps do not tell. */
  readonly reason?: string | undefined;
  readonly refusals: readonly Refusal[];
  /** Its errors, where it is `invalid`. */
  readonly problems: readonly Diagnostic[];
  /** True where it does not keep the tests from passing: an empty one in a folder that has others. */
  readonly isHarmless: boolean;
  /** The id of its runbook, where it could be read. */
  readonly runbook?: string | undefined;
  /** How much it says of what its commands print, where that was asked for. */
  readonly rating?: OutputRating | undefined;
  /** Its temporary folder, where that was kept. */
  readonly folder?: string | undefined;
  /** What its steps printed, where that was asked for and it was run. */
  readonly evidence?: DocumentEvidence | undefined;
}

/** How many documents ended how. */
export type DocumentCounts = Readonly<Record<DocumentOutcome, number>>;

/** What happens while documents are tested, in the order in which it happens. */
export type DocumentTestEvent =
  | { readonly type: "tests-started"; readonly documents: readonly DocumentName[] }
  | {
      readonly type: "document-started";
      readonly document: DocumentName;
      readonly stepCount: number;
    }
  | {
      readonly type: "step-ended";
      readonly document: DocumentName;
      readonly step: TestedStep;
    }
  | { readonly type: "document-ended"; readonly document: TestedDocument };

/** A document after its update, with the tests of the whole or of parts from which it was updated. */
export interface UpdatedDocument {
  /** From the root, with `/`. */
  readonly path: string;
  readonly tested: readonly TestedDocument[];
  /** Absent where nothing of it was run. */
  readonly update?: DocumentUpdate | undefined;
  /** The file that was written, or would be: its path, of a link where that leads, and its texts. */
  readonly file?:
    | { readonly path: string; readonly before: string; readonly after: string }
    | undefined;
  /** Why it could not be written, in sentences. */
  readonly problem?: string | undefined;
}

/** All documents of one call, tested. */
export interface DocumentTestResult {
  /** In order of their names. */
  readonly documents: readonly TestedDocument[];
  readonly durationMs: number;
  readonly steps: StepCounts;
  readonly counts: DocumentCounts;
  /** True where so many steps failed that the rest was left. */
  readonly isBailed: boolean;
  readonly exitCode: 0 | 3 | 4 | 6 | 7 | 130;
}

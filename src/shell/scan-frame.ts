import type {
  HereDocument,
  ScannedCommand,
  ScannedRedirection,
  ScannedWord,
} from "./scanned-script.ts";

/** Where a `case` stands: before its subject, before `in`, in a pattern, or in a branch. */
export interface CaseState {
  readonly depth: number;
  state: "subject" | "in" | "pattern" | "branch";
}

/** Text in which commands stand: the script itself, `$(…)`, `<(…)`, back-ticks. */
export interface CodeFrame {
  readonly kind: "code";
  readonly start: number;
  readonly closer: "" | ")" | "`";
  depth: number;
  /** Depths whose parentheses the grammar does not see. */
  readonly hiddenDepths: number[];
  isCommandPosition: boolean;
  /** Set while the words of `for`, `function` or `[[` are read. */
  mode: "" | "for-name" | "for-in" | "for-words" | "function-name" | "test";
  readonly cases: CaseState[];
  command: ScannedCommand | undefined;
  word: ScannedWord | undefined;
  redirection: ScannedRedirection | undefined;
  /** Behind `done`, `}`, `fi`, `esac` or `)`, where only redirections and operators may follow. */
  isBehindCompound: boolean;
  hasContent: boolean;
}

/** Text inside `"…"`, `${…}`, `((…))`, `a=(…)`, `@(…)` or a here-document's body. */
export interface TextFrame {
  readonly kind: "double" | "parameter" | "arithmetic" | "group" | "here-document";
  readonly start: number;
  depth: number;
  /** True inside `"…"` and here-documents, where `$'` begins no quote. */
  readonly isInDouble: boolean;
  readonly hereDocument?: HereDocument;
  /** What the scan's limit was before this here-document. */
  readonly outerLimit?: number;
  /** Where the scan goes on behind a here-document's delimiter. */
  readonly resumeAt?: number;
}

/** What encloses the place where a scan stands. */
export type Frame = CodeFrame | TextFrame;

/** A code frame at its beginning. */
export function openCodeFrame(start: number, closer: CodeFrame["closer"]): CodeFrame {
  return {
    kind: "code",
    start,
    closer,
    depth: 0,
    hiddenDepths: [],
    isCommandPosition: true,
    mode: "",
    cases: [],
    command: undefined,
    word: undefined,
    redirection: undefined,
    isBehindCompound: false,
    hasContent: false,
  };
}

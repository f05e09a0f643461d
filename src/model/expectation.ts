import type { Span } from "./source.ts";

/** How output is compared: see the reference of expectations. */
export type MatchMode = "lines" | "subset" | "unordered" | "contains" | "json" | "exact";

/** What of a command's output is compared; `both`: the two streams in the order in which they were written. */
export type ExpectedStream = "stdout" | "stderr" | "both";

/** The attributes of an `output` fence. */
export interface OutputAttributes {
  readonly match: MatchMode;
  readonly stream: ExpectedStream;
  /** `keep`: colours and other escape sequences are compared; else they are left out of the output. */
  readonly ansi?: "strip" | "keep" | undefined;
}

/** The output that a step must have; `codeSpan` is where the expected lines stand. */
export interface Expectation extends OutputAttributes {
  /** As written, without the line end before the fence's end. */
  readonly text: string;
  readonly codeSpan: Span;
}

/** Words that stand for what changes from run to run, written `[TIME]`. */
export type VolatileWord = "TIME" | "UUID" | "TMP" | "SHA" | "CWD" | "PORT" | "DURATION";

/**
 * A piece of an expected line: text as it is; `any`: any characters, also none; `one`: any one
 * character; `capture`: at least one character, the same wherever the name is used; `volatile`: what
 * has the word's shape.
 */
export type LinePart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" }
  | { readonly kind: "one" }
  | { readonly kind: "capture"; readonly name: string }
  | { readonly kind: "volatile"; readonly word: VolatileWord };

/** What decides whether a line of output is the expected one; `elision` accepts every line. */
export type LineMatcher =
  | { readonly kind: "literal" | "glob" | "esc"; readonly parts: readonly LinePart[] }
  | { readonly kind: "re"; readonly pattern: string }
  | { readonly kind: "elision" };

/** How many lines of output an expected line stands for: `optional` 0 or 1, `any` 0 and more, `some` 1 and more. */
export type Quantifier = "one" | "optional" | "any" | "some";

/**
 * One line of expected output, read.
 *
 * @example for the third line `up [..id..] (glob+)`:
 *   { row: 2, source: "up [..id..] (glob+)", quantifier: "some", hasNoLineEnd: false,
 *     matcher: { kind: "glob", parts: [{ kind: "text", text: "up " }, { kind: "capture", name: "id" }] } }
 */
export interface ExpectedLine {
  /** 0-based line of the expectation's text. */
  readonly row: number;
  /** As written. */
  readonly source: string;
  readonly matcher: LineMatcher;
  readonly quantifier: Quantifier;
  /** True for `(no-eol)`: the output ends with this line and has no line end behind it. */
  readonly hasNoLineEnd: boolean;
}

/** Expected output, read; serialisable. */
export interface ExpectedText {
  readonly lines: readonly ExpectedLine[];
  /** What a last line `[3]` says, and its 0-based line. */
  readonly exitCode?: { readonly code: number; readonly row: number } | undefined;
  readonly problems: readonly ExpectationProblem[];
}

/** What is wrong in expected output, and where: a 0-based line of it, and 0-based columns. */
export interface ExpectationProblem {
  readonly kind: "pattern" | "suffix" | "quantifier" | "json";
  readonly row: number;
  readonly start: number;
  readonly end: number;
  /** For `pattern`, `quantifier` and `json`: a phrase. For `suffix`: the word that was written. */
  readonly reason: string;
  /** For `suffix`: the word that was meant, perhaps. */
  readonly nearest?: string | undefined;
}

/**
 * One row of a comparison, in the order of both texts. Rows of expected text are 0-based, lines of
 * output are 1-based.
 */
export type ComparisonRow =
  /** The expected line stands for `count` lines of output, from `line` on; `text` is the first of them. */
  | {
      readonly kind: "held";
      readonly row: number;
      readonly line: number;
      readonly count: number;
      readonly text: string;
    }
  /** No line of the output is this expected one. */
  | {
      readonly kind: "missing";
      readonly row: number;
      /** Which names have which values by now, where that is why. */
      readonly known?: KnownNames | undefined;
    }
  /** `count` lines of output that nothing expects; more than one where only their number is known. */
  | {
      readonly kind: "extra";
      readonly line: number;
      readonly count: number;
      readonly text: string;
    };

/** Values of names, as `[..name..]` binds them. */
export type KnownNames = Readonly<Record<string, string>>;

/** Whether output is as expected, and if not, where it differs. */
export type MatchResult =
  | {
      readonly isMatch: true;
      /** The names that this output has given values to; empty where it has given none. */
      readonly bound: KnownNames;
    }
  | {
      readonly isMatch: false;
      /**
       * Lines that begin with `@@`, a blank, `-` (expected) or `+` (came); `\` begins a remark on the line
       * before it. At most 400 lines.
       */
      readonly difference: string;
    };

/** How much is said of what the commands of a document print. */
export interface OutputRating {
  /** Commands that are run. */
  readonly commandCount: number;
  /** How many of them have expected output. */
  readonly expectedCount: number;
  /** The mean of their strengths, 0 to 100; undefined where none has one. */
  readonly strength: number | undefined;
}

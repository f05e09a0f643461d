import type { TextRange } from "../model/shell-script.ts";

/** One shell word as it stands in the text; offsets are into the scanned text. */
export interface ScannedWord extends TextRange {
  end: number;
  /** Stretches that the shell replaces (`$X`, `${X}`, `$(cmd)`, `<(cmd)`), outermost only, in order. */
  readonly expansions: TextRange[];
  /** True where unquoted glob, brace or tilde signs stand in it: the shell passes another text. */
  hasPattern: boolean;
  /** True where quotes or backslashes stand in it. */
  hasQuotes: boolean;
  /** True for `((…))`, which is no word but takes one's place. */
  isArithmetic: boolean;
}

/** The body of a here-document; `end` is where the line of its delimiter begins. */
export interface HereDocument {
  readonly isQuoted: boolean;
  readonly stripsTabs: boolean;
  start: number;
  end: number;
  readonly expansions: TextRange[];
}

/** `operator` comes without its file descriptor; `descriptor` is that text, often empty. */
export interface ScannedRedirection extends TextRange {
  readonly operator: string;
  readonly descriptor: string;
  end: number;
  target?: ScannedWord;
  hereDocument?: HereDocument;
}

/** The words and redirections between two control operators. */
export interface ScannedCommand extends TextRange {
  end: number;
  readonly words: ScannedWord[];
  readonly redirections: ScannedRedirection[];
  /** True for redirections behind `done`, `}`, `fi`, `esac`, `)`: they belong to the compound command. */
  readonly isTrailing: boolean;
}

/** A variable by name, with the place and whether the read brings its own fallback. */
export interface ScannedVariable {
  readonly name: string;
  readonly range: TextRange;
  readonly hasDefault: boolean;
}

/** Text between quotes, or the body of a here-document. */
export interface QuotedText extends TextRange {
  readonly quote: "single" | "double" | "here-document";
}

/** A blank found while scanning unquoted text, where it would otherwise parse as something else. */
export interface ScannedBlank extends TextRange {
  readonly form: "angle" | "brace" | "bracket";
}

/** Everything that `scanScript` finds in one pass. */
export interface ScannedScript {
  readonly text: string;
  /**
   * The same text, as long, with all that stands inside words replaced by `_`: what remains is the
   * structure (operators, keywords, plain words, command substitutions), for the grammar to judge.
   */
  readonly masked: string;
  readonly commands: readonly ScannedCommand[];
  readonly reads: readonly ScannedVariable[];
  readonly writes: readonly ScannedVariable[];
  readonly functions: readonly string[];
  readonly quoted: readonly QuotedText[];
  readonly blanks: readonly ScannedBlank[];
  readonly comments: readonly TextRange[];
  /** Quotes, substitutions and here-documents that nothing closes, and names that `${…}` cannot have. */
  readonly errors: readonly TextRange[];
  /** Where the text can be cut without cutting a statement, in order. */
  readonly statementEnds: readonly number[];
  /** False where nothing but comments and blanks stands in the text. */
  readonly hasCode: boolean;
}

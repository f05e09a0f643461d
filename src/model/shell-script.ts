/**
 * What a shell script does, as far as its text tells: the result of `shell/`.
 *
 * All offsets are 0-based UTF-16 offsets into the script's own text.
 */
export interface ShellScript {
  /** Every simple command in source order, those inside wrappers and substitutions included. */
  readonly commands: readonly ShellCommand[];
  /** Variables that the script reads, once each in order of first use, with where. */
  readonly reads: readonly ShellVariable[];
  /** Variables that the script sets (assignment, `export`, `read`, `for`, `mapfile`, `printf -v`…). */
  readonly writes: readonly ShellVariable[];
  /** Names of functions and aliases that the script defines. */
  readonly functions: readonly string[];
  readonly placeholders: readonly Placeholder[];
  /** The first places where the text is no valid bash; empty for a sound script. */
  readonly syntaxErrors: readonly TextRange[];
  /** True where nothing but comments and blank lines is there. */
  readonly isCommentOnly: boolean;
  readonly risk: RiskAssessment;
  /** Programs looked up on PATH that the script needs here (not inside ssh, docker exec…), once each. */
  readonly tools: readonly string[];
  /** True where the script sources a file (`source`, `.`), which can set anything. */
  readonly sourcesFiles: boolean;
  /** True where the script waits for a person or runs until stopped, with why. */
  readonly waits: readonly { readonly reason: string; readonly range: TextRange }[];
}

/** A half-open stretch of a script's text, by 0-based UTF-16 offsets. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * One simple command with its words.
 *
 * @example for `sudo git push origin develop --force`:
 *   { name: "git", words: ["git","push","origin","develop","--force"], wrappers: ["sudo"], place: "here" }
 */
export interface ShellCommand {
  /** The first word without its directory (`/usr/bin/git` → `git`); empty where it is not literal. */
  readonly name: string;
  /** Each word as the shell would pass it where it is literal; otherwise its source text. */
  readonly words: readonly string[];
  /** Where each word stands, in step with `words`. */
  readonly ranges: readonly TextRange[];
  /** True for each word that holds no expansion, in step with `words`. */
  readonly isLiteral: readonly boolean[];
  /** Commands that run this one, outermost first: `sudo`, `env`, `xargs`, `ssh`… */
  readonly wrappers: readonly string[];
  /** `here`, or the wrapper that takes it elsewhere: `ssh`, `docker exec`, `kubectl exec`. */
  readonly place: string;
  /** Text of here-documents and here-strings that feed its standard input. */
  readonly stdinText?: string | undefined;
  readonly redirections: readonly ShellRedirection[];
  readonly range: TextRange;
  /** Where the subshell ends that it runs in, and with it what it changes; absent for the main shell. */
  readonly scopeEnd?: number | undefined;
  /** True where the script goes on when it fails: `cat x || true`, `if cat x`. */
  readonly isTolerated?: true;
}

/**
 * One redirection of a command, as written.
 *
 * @example for `> "$FILE"`: { operator: ">", target: "$FILE", isLiteral: false, range }
 */
export interface ShellRedirection {
  readonly operator: string;
  readonly target: string;
  readonly isLiteral: boolean;
  readonly range: TextRange;
}

/** A variable where it is read or set. */
export interface ShellVariable {
  readonly name: string;
  readonly range: TextRange;
  /** True for a read with a fallback of its own: `${X:-default}`, `${X:?}` is not. */
  readonly hasDefault: boolean;
}

/** A blank that a person must fill: `text` is the source, `form` the rule that saw it. */
export interface Placeholder {
  readonly text: string;
  readonly form: "angle" | "brace" | "your" | "path-to" | "xxx" | "bracket" | "ellipsis";
  readonly range: TextRange;
}

/** From harmless to not to be taken back. */
export type RiskLevel = "safe" | "change" | "destructive";

/** The highest risk of a script's commands, and each reason with its place. */
export interface RiskAssessment {
  readonly level: RiskLevel;
  readonly reasons: readonly RiskReason[];
}

/**
 * Why a script is not safe: the row of the table, in words, and the place.
 *
 * @example { rule: "git-push-force", level: "destructive", text: "git push --force overwrites the remote branch", range }
 */
export interface RiskReason {
  readonly rule: string;
  readonly level: RiskLevel;
  readonly text: string;
  readonly range: TextRange;
}

/** Reads a script's text; pure, never throws on any text. */
export type ReadShell = (script: string) => ShellScript;

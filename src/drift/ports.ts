/**
 * What the check of documents asks of the outside: files, git, installed tools.
 *
 * `node/` implements it for a real repository, tests from memory; one contract suite holds for both.
 * All paths are relative to the root, with forward slashes.
 */
export interface Repository {
  /** Files that git tracks or would track, sorted; what `.gitignore` names is not among them. */
  listFiles(): Promise<readonly string[]>;
  /** The text of a file inside the root; links are followed only where they stay inside. */
  readText(path: string): Promise<ReadFileResult>;
  /** True where `.gitignore` keeps the path, which need not exist, out of the repository. */
  isIgnored(path: string): Promise<boolean>;
  /** Undefined where there is no git or no history. */
  readGit(): Promise<GitState | undefined>;
  /** What became of a path that history knows and the tree has not; undefined where it never was. */
  findRemoval(path: string): Promise<RemovedFile | undefined>;
  /** Commits that changed one of these paths after a moment (ISO 8601), the latest first. */
  listChanges(paths: readonly string[], since: string): Promise<readonly FileChange[]>;
  /**
   * The help text of an installed tool or of one of its sub-commands; empty where there is none,
   * undefined where it is not observed.
   */
  readHelp(words: readonly string[]): Promise<string | undefined>;
  /** Names of the commands that the configuration declares, observed or not. */
  listCommands(): Promise<readonly string[]>;
  /** Standard output of a command that the configuration declares; undefined where not observed. */
  readCommand(name: string): Promise<DeclaredOutput | undefined>;
  /**
   * What shellcheck says of some scripts, in their order; undefined where it is not observed, and for
   * each script that it cannot read.
   */
  lintScripts(
    scripts: readonly LintedScript[],
  ): Promise<readonly (ScriptComments | undefined)[] | undefined>;
}

/** A file's text, or why there is none: not there, or not to be read (too large, no UTF-8). */
export type ReadFileResult =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "absent" }
  | { readonly kind: "refused"; readonly reason: string };

/** What git knows of names; branches are short (`develop`), those of remotes without the remote. */
export interface GitState {
  readonly branches: readonly string[];
  readonly remotes: readonly { readonly name: string; readonly url: string }[];
  readonly tags: readonly string[];
  /** True where history or branches are cut off, as in most checkouts of a CI. */
  readonly isShallow: boolean;
}

/** A commit that removed or moved a file; `commit` is abbreviated, `date` is `2026-02-03`. */
export interface RemovedFile {
  readonly commit: string;
  readonly date: string;
  readonly movedTo?: string | undefined;
}

/** A commit that changed a file. */
export interface FileChange {
  readonly path: string;
  readonly commit: string;
  readonly date: string;
}

/** What a declared command printed, or why it has nothing to say. */
export type DeclaredOutput =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "failed"; readonly reason: string };

/** A script to be linted; `shell` is its dialect. */
export interface LintedScript {
  readonly text: string;
  readonly shell: "bash" | "sh";
}

/** Comments on one script; lines and columns are 1-based, columns count characters, a tab as one. */
export type ScriptComments = readonly {
  readonly code: string;
  readonly level: "error" | "warning" | "info" | "style";
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}[];

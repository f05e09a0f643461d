/**
 * A place in a source text: line and column are 1-based, columns count UTF-16 units, `offset` is
 * 0-based from the start of the text.
 *
 * @example { line: 12, column: 3, offset: 240 }
 */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open stretch of a source text: `end` is the position just behind the last character. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/**
 * A document as it was read, before anything is known about it; `text` starts with no byte order
 * mark.
 *
 * `path` is relative to the root with forward slashes (`runbooks/db/backup-restore.mdx`); `id` is
 * the path below the runbooks folder without its ending (`db/backup-restore`).
 */
export interface SourceFile {
  readonly path: string;
  readonly id: string;
  readonly format: DocumentFormat;
  readonly text: string;
}

/** `mdx` is Opswright's own strict format, `md` is anybody's Markdown. */
export type DocumentFormat = "md" | "mdx";

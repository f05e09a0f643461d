import type { Span } from "./source.ts";

/**
 * One change of a text file: what stands in `span` becomes `text`; an empty span inserts.
 *
 * `path` is relative to the root. Edits of one file refer to its text before any of them.
 *
 * @example { path: "runbooks/deployment.mdx", span, text: "timeout" }
 */
export interface TextEdit {
  readonly path: string;
  readonly span: Span;
  readonly text: string;
}

/** A repair that can be made without a person's judgement: `title` says what it does. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

import type { SourceFile, Span } from "./source.ts";

/**
 * A document's structure as its text gives it, before any meaning: what `parse` hands to `compile`.
 *
 * `blocks` is a flat list in document order; nesting that matters (which component a block stands
 * in) is kept as `within`.
 */
export interface ParsedDocument {
  readonly source: SourceFile;
  /** The syntax tree (mdast) itself, for who renders the document. */
  readonly tree: object;
  readonly frontMatter?: ParsedFrontMatter | undefined;
  readonly blocks: readonly ParsedBlock[];
  readonly links: readonly ParsedLink[];
  readonly inlineCodes: readonly ParsedInlineCode[];
  readonly comments: readonly ParsedComment[];
}

/** The front matter's YAML as data, with the span of each key by its dotted path. */
export interface ParsedFrontMatter {
  readonly span: Span;
  /** `undefined` where the YAML does not parse, `null` where there is none. */
  readonly data: unknown;
  /** `{ "": whole, "inputs": …, "inputs.COMMIT.type": … }`; list items count from 0. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Of values, by the same paths; the keys' places are in `spans`. */
  readonly valueSpans: ReadonlyMap<string, Span>;
}

/** A piece of a document that can carry meaning; plain prose is left out. */
export type ParsedBlock = ParsedHeading | ParsedFence | ParsedTask | ParsedComponent;

/** A heading: `slug` is GitHub's, made unique within the document with `-1`, `-2`. */
export interface ParsedHeading {
  readonly kind: "heading";
  readonly depth: number;
  readonly text: string;
  readonly slug: string;
  readonly span: Span;
  readonly within: readonly number[];
}

/** A fenced code block; `code` has no final newline and no indentation of the list it stands in. */
export interface ParsedFence {
  readonly kind: "fence";
  readonly language: string | undefined;
  /** The text behind the language, raw: `timeout=30s title="Push"`. */
  readonly meta: string;
  readonly metaSpan: Span;
  readonly code: string;
  readonly codeSpan: Span;
  /** Span of the whole block with its opening and closing fence. */
  readonly span: Span;
  readonly isIndented: boolean;
  readonly within: readonly number[];
}

/** A GFM task list item; tasks below it are blocks of their own and not in its text. */
export interface ParsedTask {
  readonly kind: "task";
  /** Its first paragraph as one line. */
  readonly title: string;
  /** All of it as plain text. */
  readonly text: string;
  readonly isChecked: boolean;
  readonly span: Span;
  readonly within: readonly number[];
}

/**
 * An MDX component; its content's blocks follow it in the list and name it in their `within` (the
 * index of the component in `blocks`, outermost first).
 */
export interface ParsedComponent {
  readonly kind: "component";
  readonly name: string;
  readonly attributes: ReadonlyMap<string, ParsedComponentAttribute>;
  /** The content as plain text, for titles and for facts. */
  readonly text: string;
  readonly span: Span;
  readonly within: readonly number[];
}

/** A literal attribute; `value` is `true` where only the name is given. */
export interface ParsedComponentAttribute {
  readonly value: string | number | boolean;
  readonly span: Span;
}

/** A link or image; `target` is as written. */
export interface ParsedLink {
  readonly target: string;
  readonly text: string;
  readonly span: Span;
}

/** Code between back-ticks in a line of prose; `span` is that of `text`, without the ticks. */
export interface ParsedInlineCode {
  readonly text: string;
  readonly span: Span;
}

/**
 * A comment between blocks or in prose: a block comment in braces in MDX, `<!-- … -->` in Markdown.
 *
 * `text` is what stands between the marks. `scope` is the block behind it, or the paragraph that
 * holds it; absent at the end of a document.
 */
export interface ParsedComment {
  readonly text: string;
  readonly span: Span;
  readonly scope?: Span | undefined;
}

import type { Checked } from "../../src/model/diagnostic.ts";
import type { ParsedDocument, ParsedFence } from "../../src/model/parsed-document.ts";
import type { DocumentFormat, Span } from "../../src/model/source.ts";
import { parseDocument } from "../../src/parse/parse-document.ts";

/** Parses a text as `runbooks/x.md` or `.mdx`. */
export function parseText(text: string, format: DocumentFormat = "md"): Checked<ParsedDocument> {
  return parseDocument({ path: `runbooks/x.${format}`, id: "x", format, text });
}

/** The front matter that makes an `.mdx` text complete; it takes the first three lines. */
export const head = "---\ntitle: T\n---\n";

/** The fences of a text, in order. */
export function fencesOf(text: string, format: DocumentFormat = "md"): readonly ParsedFence[] {
  const { value } = parseText(text, format);
  return (value?.blocks ?? []).filter((block) => block.kind === "fence");
}

/** The text at a span, as the document has it. */
export function textAt(text: string, span: Span | undefined): string | undefined {
  return span && text.slice(span.start.offset, span.end.offset);
}

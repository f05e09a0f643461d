import type { Span } from "../../model/source.ts";
import type { DriftDocument } from "../drift-document.ts";

/**
 * The place of a text in a stretch of a document: its last occurrence there, or the whole stretch
 * where it is written otherwise (quotes inside a word, entities in a link).
 *
 * No I/O.
 *
 * @example for `x.sql` in the stretch `--file="x.sql"`: the span of `x.sql` alone
 */
export function narrowSpan(
  { parsed, lines }: Pick<DriftDocument, "parsed" | "lines">,
  span: Span,
  text: string,
): Span {
  const at = parsed.source.text.slice(span.start.offset, span.end.offset).lastIndexOf(text);
  if (at === -1 || text === "") return span;
  const start = span.start.offset + at;
  return lines.spanOf(start, start + text.length);
}

import type { Span } from "../model/source.ts";
import type { TextEdit } from "../model/text-edit.ts";

/**
 * Applies edits to one text; whatever they do not cover stays as it is, to the byte.
 *
 * Spans are those of `text` before any edit. Where two edits overlap, the first of the list wins and
 * the other is left out. Line feeds of a replacement become the line ending that the text has there.
 * No I/O.
 *
 * @example applyEdits("```bash timeot=30s\n", [{ path, span: spanOf(8, 14), text: "timeout" }])
 *   → "```bash timeout=30s\n"
 */
export function applyEdits(text: string, edits: readonly Omit<TextEdit, "path">[]): string {
  const chosen: Omit<TextEdit, "path">[] = [];
  for (const edit of edits) {
    if (!chosen.some((one) => isOverlapping(one.span, edit.span))) chosen.push(edit);
  }
  const pieces: string[] = [];
  let end = 0;
  for (const { span, text: replacement } of chosen.toSorted(byPlace)) {
    pieces.push(text.slice(end, span.start.offset), useLineEnding(replacement, text, span));
    end = span.end.offset;
  }
  return [...pieces, text.slice(end)].join("");
}

/**
 * True where two edits cannot both be made: they cover a character in common, or one inserts where
 * the other begins or ends. No I/O.
 */
export function isOverlapping(one: Span, other: Span): boolean {
  const [from, to] = [one.start.offset, one.end.offset];
  const [otherFrom, otherTo] = [other.start.offset, other.end.offset];
  if (from === to || otherFrom === otherTo) return from <= otherTo && otherFrom <= to;
  return from < otherTo && otherFrom < to;
}

function byPlace(one: { readonly span: Span }, other: { readonly span: Span }): number {
  return one.span.start.offset - other.span.start.offset;
}

/** A document of a Windows editor keeps one kind of line ending. */
function useLineEnding(replacement: string, text: string, { start }: Span): string {
  if (!replacement.includes("\n")) return replacement;
  const next = text.indexOf("\n", start.offset);
  const feed = next === -1 ? text.lastIndexOf("\n") : next;
  const ending = feed > 0 && text[feed - 1] === "\r" ? "\r\n" : "\n";
  return replacement.replaceAll(/\r?\n/gu, ending);
}

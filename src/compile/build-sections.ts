import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Section } from "../model/runbook.ts";
import type { Position } from "../model/source.ts";
import type { LineIndex } from "../parse/line-index.ts";

/**
 * Builds a document's outline: each heading with all that is below it until the next heading of its
 * level or higher.
 *
 * A first-level heading is a section like any other, so `runbook#title` names the whole. No I/O.
 */
export function buildSections(document: ParsedDocument, lines: LineIndex): readonly Section[] {
  const headings = document.blocks.filter((block) => block.kind === "heading");
  const ends: Position[] = [];
  const parents: (number | undefined)[] = [];
  const open: number[] = [];
  const closeDownTo = (depth: number, end: Position): void => {
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      if ((headings[last]?.depth ?? 0) < depth) break;
      ends[last] = end;
      open.pop();
    }
  };
  for (const [index, heading] of headings.entries()) {
    closeDownTo(heading.depth, heading.span.start);
    parents[index] = open.at(-1);
    open.push(index);
  }
  const end = lines.positionAt(document.source.text.length);
  closeDownTo(0, end);
  return headings.map((heading, index) => ({
    id: heading.slug,
    title: heading.text,
    depth: heading.depth,
    parentId: headings[parents[index] ?? -1]?.slug,
    span: { start: heading.span.start, end: ends[index] ?? end },
  }));
}

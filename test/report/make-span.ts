import type { Span } from "../../src/model/source.ts";

/** The span of the first place where `part` stands in `text`, lines and columns from 1. */
export function spanOf(text: string, part: string): Span {
  const start = text.indexOf(part);
  if (start === -1) throw new Error(`${part} is not in the text`);
  return { start: positionAt(text, start), end: positionAt(text, start + part.length) };
}

function positionAt(text: string, offset: number) {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset };
}

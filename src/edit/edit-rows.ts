import type { TextEdit } from "../model/text-edit.ts";
import type { LineIndex } from "../parse/line-index.ts";

/** Some whole lines of a text, without their line endings; `first` is the 1-based first of them. */
export interface Rows {
  readonly path: string;
  readonly lines: LineIndex;
  readonly first: number;
  readonly rows: readonly string[];
}

/**
 * The smallest edit that makes other lines of some; undefined where they are the same.
 *
 * What both begin and end with is not touched, nor the line ending of the last line. No I/O.
 *
 * @example of `a`, `b`, `c` and `a`, `B`, `c`: the edit that makes `B` of `b`
 */
export function editRows(
  { path, lines, first, rows }: Rows,
  wanted: readonly string[],
): TextEdit | undefined {
  const shortest = Math.min(rows.length, wanted.length);
  let head = 0;
  while (head < shortest && rows[head] === wanted[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && rows.at(-1 - tail) === wanted.at(-1 - tail)) tail += 1;
  const removed = rows.length - head - tail;
  const added = wanted.slice(head, wanted.length - tail);
  if (removed === 0 && added.length === 0) return undefined;
  const from = first + head;
  const last = from + removed - 1;
  const endOf = (line: number): number => lines.lineStart(line) + lines.lineText(line).length;
  const edit = (start: number, end: number, text: string): TextEdit => ({
    path,
    span: lines.spanOf(start, end),
    text,
  });
  if (removed > 0 && added.length > 0) {
    return edit(lines.lineStart(from), endOf(last), added.join("\n"));
  }
  if (removed > 0) {
    return from === 1
      ? edit(0, lines.lineStart(last + 1), "")
      : edit(endOf(from - 1), endOf(last), "");
  }
  return from === 1
    ? edit(0, 0, `${added.join("\n")}\n`)
    : edit(endOf(from - 1), endOf(from - 1), `\n${added.join("\n")}`);
}

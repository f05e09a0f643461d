/** Unchanged lines that are shown around a difference. */
const contextLines = 3;
/** The most that is compared line by line; beyond, what differs is shown as one block. */
const comparisonLimit = 4_000_000;
/** The longest difference that is of any use to a reader. */
const shownLimit = 400;

/** Whether texts match, and where not. */
export type LineMatch =
  | { readonly isMatch: true }
  | { readonly isMatch: false; readonly difference: string };

/**
 * Compares texts line by line, in order and exactly; a line end at the very end does not count.
 *
 * `difference` is a unified difference, `-` what was expected and `+` what came, with three lines of
 * context; at most 400 lines of it, the rest is counted. Control characters and blanks at a line's
 * end are made visible. Takes time and memory linear in the texts, but for a middle of at most four
 * million pairs of lines. No I/O.
 *
 * @example matchLines("ready\n", "not ready") →
 *   { isMatch: false, difference: "@@ -1 +1 @@\n-ready\n+not ready" }
 */
export function matchLines(expected: string, actual: string): LineMatch {
  const before = splitLines(expected);
  const after = splitLines(actual);
  if (before.length === after.length && before.every((line, index) => line === after[index])) {
    return { isMatch: true };
  }
  return { isMatch: false, difference: renderHunks(compareLines(before, after)) };
}

function splitLines(text: string): readonly string[] {
  const body = text.endsWith("\n") ? text.slice(0, -1) : text;
  return body === "" ? [] : body.split("\n");
}

/** One line of a comparison; line numbers are 1-based and those of the line, or of the next one. */
interface ComparedLine {
  readonly sign: " " | "-" | "+";
  readonly text: string;
  readonly before: number;
  readonly after: number;
}

function compareLines(before: readonly string[], after: readonly string[]): ComparedLine[] {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;

  const result: ComparedLine[] = [];
  let [b, a] = [0, 0];
  const keep = (text: string): void => {
    result.push({ sign: " ", text, before: (b += 1), after: (a += 1) });
  };
  const remove = (text: string): void => {
    result.push({ sign: "-", text, before: (b += 1), after: a + 1 });
  };
  const add = (text: string): void => {
    result.push({ sign: "+", text, before: b + 1, after: (a += 1) });
  };

  for (const line of before.slice(0, head)) keep(line);
  const oldMiddle = before.slice(head, before.length - tail);
  const newMiddle = after.slice(head, after.length - tail);
  alignMiddle(oldMiddle, newMiddle, { keep, remove, add });
  for (const line of before.slice(before.length - tail)) keep(line);
  return result;
}

interface Sink {
  readonly keep: (text: string) => void;
  readonly remove: (text: string) => void;
  readonly add: (text: string) => void;
}

/** Walks along a longest common subsequence, found by the textbook table. */
function alignMiddle(before: readonly string[], after: readonly string[], sink: Sink): void {
  const width = after.length + 1;
  const isSmall = before.length * after.length <= comparisonLimit;
  const lengths = new Uint32Array(isSmall ? (before.length + 1) * width : 0);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  if (isSmall) {
    for (let row = before.length - 1; row >= 0; row -= 1) {
      for (let column = after.length - 1; column >= 0; column -= 1) {
        lengths[row * width + column] =
          before[row] === after[column]
            ? at(row + 1, column + 1) + 1
            : Math.max(at(row + 1, column), at(row, column + 1));
      }
    }
  }
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const old = before[row];
    const fresh = after[column];
    if (old !== undefined && old === fresh && isSmall) {
      sink.keep(old);
      row += 1;
      column += 1;
    } else if (
      old !== undefined &&
      (fresh === undefined || at(row + 1, column) >= at(row, column + 1))
    ) {
      sink.remove(old);
      row += 1;
    } else if (fresh !== undefined) {
      sink.add(fresh);
      column += 1;
    }
  }
}

function renderHunks(lines: readonly ComparedLine[]): string {
  const rendered = groupHunks(lines).flatMap((hunk) => [
    renderHeader(hunk),
    ...hunk.map((line) => line.sign + showInvisible(line.text)),
  ]);
  if (rendered.length <= shownLimit) return rendered.join("\n");
  const left = rendered.length - shownLimit;
  return [...rendered.slice(0, shownLimit), `… and ${left} more lines of difference`].join("\n");
}

function groupHunks(lines: readonly ComparedLine[]): readonly (readonly ComparedLine[])[] {
  const ranges: { start: number; end: number }[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.sign === " ") continue;
    const start = Math.max(0, index - contextLines);
    const end = index + 1 + contextLines;
    const last = ranges.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges.map(({ start, end }) => lines.slice(start, end));
}

function renderHeader(hunk: readonly ComparedLine[]): string {
  const first = hunk[0];
  const old = hunk.filter((line) => line.sign !== "+").length;
  const fresh = hunk.filter((line) => line.sign !== "-").length;
  return `@@ -${renderRange(first?.before ?? 1, old)} +${renderRange(first?.after ?? 1, fresh)} @@`;
}

function renderRange(start: number, count: number): string {
  if (count === 1) return String(start);
  // An empty range is named by the line before it, as diff does.
  return count === 0 ? `${start - 1},0` : `${start},${count}`;
}

function showInvisible(line: string): string {
  const blanks = /[ \t]*$/.exec(line)?.[0] ?? "";
  const body = line.slice(0, line.length - blanks.length);
  return (
    body.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, renderControl) +
    blanks.replaceAll(" ", "␠").replaceAll("\t", "␉")
  );
}

function renderControl(character: string): string {
  if (character === "\r") return "\\r";
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

import type { ComparisonRow, ExpectedLine, KnownNames } from "../model/expectation.ts";
import type { SequenceItem } from "./match-sequence.ts";
import type { SampledRow } from "./output-sample.ts";
import { needsEngine } from "./prepare-line.ts";

/** The most pairs of lines that are compared; beyond, what differs is one block. */
const mostPairs = 4_000_000;
/** The same for lines with patterns, each of which takes longer. */
const mostPatternPairs = 400_000;

/**
 * Sets expected lines and lines of output against each other, so that as few as possible are left alone.
 *
 * What an elision or a repeated line takes costs nothing. Rows come in the order of both; `-` before `+`. A
 * name has the value of its first line. Takes time and memory proportional to both, but for a middle of at
 * most four million pairs. No I/O.
 */
export function alignLines(
  items: readonly SequenceItem[],
  rows: readonly SampledRow[],
  known: KnownNames,
): readonly ComparisonRow[] {
  const sink = new RowSink(known);
  let head = 0;
  while (head < items.length && sink.takeSingle(items[head], rows[head])) head += 1;
  let tail = 0;
  const most = Math.min(items.length, rows.length) - head;
  while (tail < most && fitsSingle(items.at(-1 - tail), rows.at(-1 - tail), known)) tail += 1;

  alignMiddle(items.slice(head, items.length - tail), rows.slice(head, rows.length - tail), sink);
  for (let left = tail; left > 0; left -= 1) {
    sink.takeOrPart(items.at(-left), rows.at(-left));
  }
  const elisions = new Set(
    items
      .filter(({ line }) => line.expected.matcher.kind === "elision")
      .map(({ line }) => line.expected.row),
  );
  return showInstead(sink.finish(), rows, elisions);
}

/** Places that are looked at: beyond, nothing is shown. */
const mostInstead = 100;

/**
 * An elision takes all that comes before what is missing. The last of it is what came instead, which is what a
 * reader asks for first: it is shown as such.
 */
function showInstead(
  rows: readonly ComparisonRow[],
  output: readonly SampledRow[],
  elisions: ReadonlySet<number>,
): readonly ComparisonRow[] {
  const shown: ComparisonRow[] = [];
  let left = mostInstead;
  let at = 0;
  while (at < rows.length) {
    const row = rows[at];
    if (row === undefined) break;
    at += 1;
    const next = rows[at];
    const isElision = row.kind === "held" && row.row >= 0 && elisions.has(row.row);
    if (!isElision || next?.kind !== "missing" || left === 0) {
      shown.push(row);
      continue;
    }
    left -= 1;
    const first = at;
    while (rows[at]?.kind === "missing") at += 1;
    const instead = listLines(output, row.line + row.count, Math.min(at - first, row.count));
    shown.push({ ...row, count: row.count - instead.length }, ...rows.slice(first, at), ...instead);
  }
  return shown;
}

/** So many lines before the one of this number, as far as they are kept. */
function listLines(output: readonly SampledRow[], before: number, count: number): ComparisonRow[] {
  const end = output.findLastIndex(({ number }) => number < before) + 1;
  const lines: ComparisonRow[] = [];
  for (const row of output.slice(Math.max(0, end - count), end).toReversed()) {
    if (row.kind === "gap") break;
    lines.unshift({ kind: "extra", line: row.number, count: 1, text: row.line.text });
  }
  return lines;
}

function fitsSingle(
  item: SequenceItem | undefined,
  row: SampledRow | undefined,
  known: KnownNames,
): boolean {
  if (item === undefined || item.isRepeated || item.isSkippable) return false;
  return row?.kind === "line" && item.line.match(row.line, known) !== undefined;
}

function alignMiddle(
  items: readonly SequenceItem[],
  rows: readonly SampledRow[],
  sink: RowSink,
): void {
  const patterns = items.filter(({ line }) => needsEngine(line.expected.matcher)).length;
  const isSmall =
    items.length * rows.length <= mostPairs && patterns * rows.length <= mostPatternPairs;
  if (!isSmall) {
    for (const item of items) sink.skip(item);
    for (const row of rows) sink.add(row);
    return;
  }
  const width = rows.length + 1;
  const costs = new Uint32Array((items.length + 1) * width);
  const fits = new Uint8Array(items.length * rows.length);
  const cost = (item: number, row: number): number => costs[item * width + row] ?? 0;
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    costs[items.length * width + row] = rows.length - row;
  }
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (item === undefined) break;
    const left = item.isSkippable ? 0 : 1;
    costs[at * width + rows.length] = left + cost(at + 1, rows.length);
    for (let row = rows.length - 1; row >= 0; row -= 1) {
      let best = Math.min(left + cost(at + 1, row), 1 + cost(at, row + 1));
      if (fitsRow(item, rows[row], sink.known)) {
        fits[at * rows.length + row] = 1;
        best = Math.min(best, cost(item.isRepeated ? at : at + 1, row + 1));
      }
      costs[at * width + row] = best;
    }
  }
  let at = 0;
  let row = 0;
  while (at < items.length || row < rows.length) {
    const item = items[at];
    const best = cost(at, row);
    if (item === undefined) {
      sink.add(rows[row]);
      row += 1;
    } else if (
      fits[at * rows.length + row] === 1 &&
      row < rows.length &&
      cost(item.isRepeated ? at : at + 1, row + 1) === best
    ) {
      sink.takeOrPart(item, rows[row]);
      if (!item.isRepeated) at += 1;
      row += 1;
    } else if ((item.isSkippable ? 0 : 1) + cost(at + 1, row) === best) {
      sink.skip(item);
      at += 1;
    } else {
      sink.add(rows[row]);
      row += 1;
    }
  }
}

function fitsRow(item: SequenceItem, row: SampledRow | undefined, known: KnownNames): boolean {
  if (row?.kind !== "line") return item.line.expected.matcher.kind === "elision";
  return item.line.match(row.line, known) !== undefined;
}

/** Collects the rows of a comparison. */
class RowSink {
  readonly #rows: ComparisonRow[] = [];
  known: KnownNames;
  #next = 1;

  constructor(known: KnownNames) {
    this.known = known;
  }

  takeSingle(item: SequenceItem | undefined, row: SampledRow | undefined): boolean {
    if (item === undefined || !fitsSingle(item, row, this.known)) return false;
    this.takeOrPart(item, row);
    return true;
  }

  /** Both belong together, unless a name has another value by now. */
  takeOrPart(item: SequenceItem | undefined, row: SampledRow | undefined): void {
    if (item === undefined || row === undefined) return;
    const { expected } = item.line;
    const known = row.kind === "line" ? item.line.match(row.line, this.known) : this.known;
    if (known === undefined) {
      this.#miss(expected);
      this.add(row);
      return;
    }
    this.known = known;
    const count = row.kind === "line" ? 1 : row.count;
    this.#hold(expected.row, row.number, count, row.kind === "line" ? row.line.text : "");
    this.#next = row.number + count;
  }

  skip({ line, isSkippable }: SequenceItem): void {
    if (isSkippable) this.#hold(line.expected.row, this.#next, 0, "");
    else this.#miss(line.expected);
  }

  add(row: SampledRow | undefined): void {
    if (row === undefined) return;
    const count = row.kind === "line" ? 1 : row.count;
    const text = row.kind === "line" ? row.line.text : "";
    this.#rows.push({ kind: "extra", line: row.number, count, text });
    this.#next = row.number + count;
  }

  finish(): readonly ComparisonRow[] {
    return this.#rows;
  }

  /** What its names stand for is why, as often as not. */
  #miss(expected: ExpectedLine): void {
    const known = listNames(expected, this.known);
    const isNamed = Object.keys(known).length > 0;
    this.#rows.push({ kind: "missing", row: expected.row, ...(isNamed && { known }) });
  }

  /** A line that comes again and again is one row. */
  #hold(row: number, line: number, count: number, text: string): void {
    const last = this.#rows.at(-1);
    if (last?.kind === "held" && last.row === row) {
      this.#rows[this.#rows.length - 1] = { ...last, count: last.count + count };
      return;
    }
    if (last?.kind === "missing" && last.row === row && count === 0) return;
    this.#rows.push({ kind: "held", row, line, count, text });
  }
}

function listNames({ matcher }: ExpectedLine, known: KnownNames): KnownNames {
  const names = "parts" in matcher ? matcher.parts : [];
  return Object.fromEntries(
    names.flatMap((part) =>
      part.kind === "capture" && Object.hasOwn(known, part.name)
        ? [[part.name, known[part.name] ?? ""]]
        : [],
    ),
  );
}

import type { ComparisonRow, ExpectedLine, MatchMode } from "../model/expectation.ts";
import { alignOutput, type ExpectedOutput, type MatchOptions } from "../match/match-output.ts";
import { UnorderedMatch } from "../match/match-unordered.ts";
import type { OutputLine } from "../match/output-lines.ts";
import type { PatternEngine } from "../match/pattern-engine.ts";
import { prepareLine, type LineContext, type PreparedLine } from "../match/prepare-line.ts";
import type { UnorderedResult } from "../match/match-unordered.ts";
import { countWords } from "./count-words.ts";
import { uncoverLines } from "./uncover-lines.ts";

/** One line of expected output as it is to be: an old one that stays or goes, or one of the output. */
export type ArrangedLine =
  | { readonly kind: "kept"; readonly expected: ExpectedLine }
  | { readonly kind: "dropped"; readonly expected: ExpectedLine }
  | {
      readonly kind: "new";
      readonly line: OutputLine;
      /** The old line that it comes in place of. */
      readonly replaced?: ExpectedLine | undefined;
    };

/** What is arranged: lines that were expected, and those that came. */
export interface LinesToArrange {
  readonly expected: ExpectedOutput;
  readonly expectedLines: readonly ExpectedLine[];
  readonly output: Uint8Array;
  readonly outputLines: readonly OutputLine[];
  readonly engine: PatternEngine;
  readonly options: Pick<MatchOptions, "known" | "directory">;
}

/** The most pairs of lines that are compared for `subset` and `contains`. */
const mostPairs = 400_000;
/** What a line that holds is worth beside words in common, of which one line has fewer. */
const heldWorth = 1000;

/**
 * Lists arrangements of expected lines that could hold for an output, the one that keeps most first; each is to be
 * tried. The last has nothing of what was expected. No I/O.
 */
export function arrangeLines(given: LinesToArrange): readonly (readonly ArrangedLine[])[] {
  const own = arrangeByMode(given);
  const inOrder = given.expected.match === "exact" ? [] : [alignInOrder(given, "lines")];
  const anew: readonly ArrangedLine[] = [
    ...given.expectedLines.map((expected) => ({ kind: "dropped", expected }) as const),
    ...given.outputLines.map((line) => ({ kind: "new", line }) as const),
  ];
  return [...(own === undefined ? [] : [own]), ...inOrder, anew];
}

function arrangeByMode(given: LinesToArrange): readonly ArrangedLine[] | undefined {
  switch (given.expected.match) {
    case "lines":
    case "exact":
      return alignInOrder(given, given.expected.match);
    case "unordered":
      return arrangeUnordered(given);
    case "subset":
      return arrangeSubset(given);
    case "contains":
      return arrangeBlock(given);
    case "json":
      return undefined;
  }
}

/** As the difference shows it: a block of lines that came stands behind those that it replaces. */
function alignInOrder(given: LinesToArrange, match: MatchMode): readonly ArrangedLine[] {
  const { expected, expectedLines, output, outputLines, engine, options } = given;
  const aligned = alignOutput({ ...expected, match }, output, engine, options);
  const rows = uncoverLines(aligned, expectedLines, outputLines);
  const held = new Set(rows.flatMap((row) => (row.kind === "held" ? [row.row] : [])));
  const lineOf = new Map(expectedLines.map((line) => [line.row, line]));
  const arranged: ArrangedLine[] = [];
  let open: ExpectedLine[] = [];
  const told = new Set<number>();
  for (const row of rows) {
    if (row.kind === "extra") {
      const lines = outputLines.slice(row.line - 1, row.line - 1 + row.count);
      for (const line of lines) arranged.push({ kind: "new", line, replaced: open.shift() });
      continue;
    }
    const expectedLine = lineOf.get(row.row);
    // Of a line that comes again and again, a place that is empty is none.
    if (expectedLine === undefined || told.has(row.row)) continue;
    told.add(row.row);
    if (held.has(row.row)) {
      open = [];
      arranged.push({ kind: "kept", expected: expectedLine });
      arranged.push(...takeElisions(expectedLine, expectedLines, rows, told));
    } else {
      open.push(expectedLine);
      arranged.push({ kind: "dropped", expected: expectedLine });
    }
  }
  return arranged;
}

/** Elisions side by side are one for a comparison. */
function takeElisions(
  { row, matcher }: ExpectedLine,
  lines: readonly ExpectedLine[],
  rows: readonly ComparisonRow[],
  told: Set<number>,
): readonly ArrangedLine[] {
  if (matcher.kind !== "elision") return [];
  const known = new Set(rows.flatMap((one) => (one.kind === "extra" ? [] : [one.row])));
  const more: ArrangedLine[] = [];
  for (const line of lines.filter((one) => one.row > row)) {
    if (line.matcher.kind !== "elision" || known.has(line.row)) break;
    told.add(line.row);
    more.push({ kind: "kept", expected: line });
  }
  return more;
}

function prepare(
  { expectedLines, engine, options }: LinesToArrange,
  anchorsOf?: (index: number) => { readonly start: boolean; readonly end: boolean },
): readonly PreparedLine[] {
  const context: LineContext = { engine, directory: options.directory, isExact: false };
  return expectedLines.map((line, index) => prepareLine(line, context, anchorsOf?.(index)));
}

/** What came and is nowhere stands in place of what is not there any more, the rest at the end. */
function arrangeUnordered(given: LinesToArrange): readonly ArrangedLine[] | undefined {
  const match = new UnorderedMatch(prepare(given), given.options.known ?? {});
  for (const line of given.outputLines) match.push(line);
  const { missing, extra, extraCount }: UnorderedResult = match.end();
  if (extraCount > extra.length) return undefined;
  const isMissing = new Set(missing);
  const left = extra.flatMap(({ line }) => given.outputLines[line - 1] ?? []);
  const arranged = given.expectedLines.flatMap((expected, index): readonly ArrangedLine[] => {
    if (!isMissing.has(index)) return [{ kind: "kept", expected }];
    const line = left.shift();
    const fresh = line === undefined ? [] : [{ kind: "new", line, replaced: expected } as const];
    return [{ kind: "dropped", expected }, ...fresh];
  });
  return [...arranged, ...left.map((line) => ({ kind: "new", line }) as const)];
}

/** Each line that is gone is replaced by the one that has most words in common with it, where one has. */
function arrangeSubset(given: LinesToArrange): readonly ArrangedLine[] | undefined {
  const { expectedLines, outputLines, options } = given;
  if (expectedLines.length * outputLines.length > mostPairs) return undefined;
  const prepared = prepare(given);
  const worth = prepared.map((line) => outputLines.map((one) => rateLine(line, one, options)));
  const width = outputLines.length + 1;
  const best = new Float64Array((expectedLines.length + 1) * width);
  const at = (row: number, column: number): number => best[row * width + column] ?? 0;
  for (let row = expectedLines.length - 1; row >= 0; row -= 1) {
    for (let column = outputLines.length - 1; column >= 0; column -= 1) {
      const value = worth[row]?.[column] ?? 0;
      const taken = value > 0 ? value + at(row + 1, column + 1) : 0;
      best[row * width + column] = Math.max(taken, at(row + 1, column), at(row, column + 1));
    }
  }
  const arranged: ArrangedLine[] = [];
  let column = 0;
  for (const [row, expected] of expectedLines.entries()) {
    if (canBeLeftOut(expected)) {
      arranged.push({ kind: "kept", expected });
      continue;
    }
    while (column < outputLines.length && at(row, column) === at(row, column + 1)) column += 1;
    const value = worth[row]?.[column] ?? 0;
    const line = outputLines[column];
    const isTaken = value > 0 && at(row, column) === value + at(row + 1, column + 1);
    if (line === undefined || !isTaken) arranged.push({ kind: "dropped", expected });
    else {
      column += 1;
      arranged.push(...takeRated(expected, line, value));
    }
  }
  return arranged;
}

/** Finds the place in the output that a block of lines is about, where they come once each. */
function arrangeBlock(given: LinesToArrange): readonly ArrangedLine[] | undefined {
  const { expectedLines, outputLines, options } = given;
  const isPlain = expectedLines.every(({ quantifier }) => quantifier === "one");
  if (!isPlain || expectedLines.length * outputLines.length > mostPairs) return undefined;
  const last = expectedLines.length - 1;
  const prepared = prepare(given, (index) => ({ start: index > 0, end: index < last }));
  let found: { readonly first: number; readonly sum: number; readonly worth: number[] } | undefined;
  for (let first = 0; first + last < outputLines.length; first += 1) {
    const worth = prepared.map((line, index) =>
      rateLine(line, outputLines[first + index], options),
    );
    const sum = worth.reduce((total, value) => total + value, 0);
    if (sum > (found?.sum ?? 0)) found = { first, sum, worth };
  }
  if (found === undefined) return undefined;
  const { first, worth } = found;
  return expectedLines.flatMap((expected, index) => {
    const line = outputLines[first + index];
    return line === undefined ? [] : takeRated(expected, line, worth[index] ?? 0);
  });
}

function takeRated(
  expected: ExpectedLine,
  line: OutputLine,
  worth: number,
): readonly ArrangedLine[] {
  if (worth === heldWorth) return [{ kind: "kept", expected }];
  return [
    { kind: "dropped", expected },
    { kind: "new", line, replaced: expected },
  ];
}

function canBeLeftOut({ quantifier }: ExpectedLine): boolean {
  return quantifier === "any" || quantifier === "optional";
}

/** How much a line of output is the expected one: it holds, or has at least half of its words, or not at all. */
function rateLine(
  prepared: PreparedLine,
  line: OutputLine | undefined,
  { known = {} }: LinesToArrange["options"],
): number {
  if (line === undefined) return 0;
  if (prepared.match(line, known) !== undefined) return heldWorth;
  return Math.min(countWords(prepared.expected.source, line.text), heldWorth - 1);
}

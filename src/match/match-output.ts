import type {
  ComparisonRow,
  Expectation,
  ExpectedLine,
  ExpectedText,
  KnownNames,
  MatchMode,
  MatchResult,
} from "../model/expectation.ts";
import { alignLines } from "./align-lines.ts";
import { encodeOutput } from "./decode-output.ts";
import { compareJson, longestJsonCharacters } from "./compare-json.ts";
import { listSequenceItems, SequenceMatch, type SequenceItem } from "./match-sequence.ts";
import { UnorderedMatch } from "./match-unordered.ts";
import { OutputLines, type OutputLine } from "./output-lines.ts";
import { OutputSample } from "./output-sample.ts";
import { noEngine, type PatternEngine } from "./pattern-engine.ts";
import { needsEngine, prepareLine, type LineContext, type PreparedLine } from "./prepare-line.ts";
import { readExpectedText } from "./read-expected-text.ts";
import { renderDifference } from "./render-difference.ts";

/** What is expected, and how it is compared. */
export type ExpectedOutput = Pick<Expectation, "text" | "match" | "ansi">;

/** What a comparison knows beside both texts. */
export interface MatchOptions {
  /** Values of names that were bound before. */
  readonly known?: KnownNames | undefined;
  /** The directory that `[CWD]` stands for; absent: any absolute path. */
  readonly directory?: string | undefined;
  /** The document's 1-based line of the first expected line; default 1. */
  readonly firstLine?: number | undefined;
  /** True where only whether it matches is of interest: the difference is then empty. */
  readonly skipsDifference?: boolean | undefined;
  /** Told of each comparison of two lines. */
  readonly onEvaluation?: (() => void) | undefined;
}

/** A comparison that is given output piece by piece. */
export interface OutputMatch {
  /** Takes the next bytes; they stay their owner's. */
  push(chunk: Uint8Array): void;
  end(): MatchResult;
}

/** Far more than anybody writes into a runbook; of what is beyond only the end is shown. */
const extraCharacters = 256 * 1024;

/**
 * Compares output with what is expected, while it is read.
 *
 * `output` can be of any size: its beginning and its end are kept, to show where it differs. The engine of
 * patterns is loaded where there are some. Takes time linear in the output, for a given expectation.
 *
 * @example await matchOutput({ text: "ready\n...", match: "lines" }, [bytes]) → { isMatch: true, bound: {} }
 */
export async function matchOutput(
  expected: ExpectedOutput,
  output: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: MatchOptions = {},
): Promise<MatchResult> {
  const isPlain =
    expected.match !== "json" &&
    !readExpectedText(expected.text, expected.match).lines.some(({ matcher }) =>
      needsEngine(matcher),
    );
  const engine = isPlain ? noEngine : (await import("./re2-engine.ts")).re2Engine;
  const match = openOutputMatch(expected, engine, options);
  for await (const chunk of output) match.push(chunk);
  return match.end();
}

/** Opens a comparison. No I/O. */
export function openOutputMatch(
  expected: ExpectedOutput,
  engine: PatternEngine,
  options: MatchOptions = {},
): OutputMatch {
  const context: LineContext = {
    engine,
    directory: options.directory,
    isExact: expected.match === "exact",
    onEvaluation: options.onEvaluation,
  };
  return expected.match === "json"
    ? new JsonMatch(expected.text, context, options)
    : new LinesMatch(expected, context, options);
}

/** Compares a text of `decodeOutput`, or any other, that is at hand. No I/O. */
export function matchText(
  expected: ExpectedOutput,
  output: string,
  engine: PatternEngine,
  options: MatchOptions = {},
): MatchResult {
  const match = openOutputMatch(expected, engine, options);
  match.push(encodeOutput(output));
  return match.end();
}

/**
 * Sets the expected lines and an output against each other, whether they match or not; for all modes but `json`
 * and `unordered`. No I/O.
 */
export function alignOutput(
  expected: ExpectedOutput,
  output: Uint8Array,
  engine: PatternEngine,
  options: MatchOptions = {},
): readonly ComparisonRow[] {
  const context: LineContext = {
    engine,
    directory: options.directory,
    isExact: expected.match === "exact",
  };
  const match = new LinesMatch(expected, context, options);
  match.push(output);
  return match.align();
}

class LinesMatch implements OutputMatch {
  readonly #expected: ExpectedText;
  readonly #mode: MatchMode;
  readonly #options: MatchOptions;
  readonly #known: KnownNames;
  readonly #items: readonly SequenceItem[];
  readonly #lines: OutputLines;
  readonly #sample: OutputSample;
  readonly #sequence: SequenceMatch | undefined;
  readonly #unordered: UnorderedMatch | undefined;
  #count = 0;
  #last: OutputLine | undefined;
  #hasCutLine = false;

  constructor({ text, match, ansi }: ExpectedOutput, context: LineContext, options: MatchOptions) {
    this.#expected = readExpectedText(text, match);
    this.#mode = match;
    this.#options = options;
    this.#known = options.known ?? {};
    this.#lines = new OutputLines({ keepsEscapes: ansi === "keep" || match === "exact" });
    this.#sample = new OutputSample(text.length * 4 + extraCharacters);
    if (match === "unordered") {
      const prepared = this.#expected.lines.map((line) => prepareLine(line, context));
      this.#items = [];
      this.#unordered = new UnorderedMatch(prepared, this.#known);
    } else {
      this.#items = listSequenceItems(arrange(this.#expected.lines, match, context));
      this.#sequence = new SequenceMatch(this.#items, this.#known);
    }
  }

  push(chunk: Uint8Array): void {
    for (const line of this.#lines.push(chunk)) this.#take(line);
  }

  end(): MatchResult {
    for (const line of this.#lines.end()) this.#take(line);
    // An empty fence and one with an empty line are written alike.
    const isSilent =
      this.#expected.lines.length === 0 && this.#count === 1 && this.#last?.raw === "";
    if (isSilent && this.#mode !== "exact") return { isMatch: true, bound: {} };
    if (this.#unordered !== undefined) return this.#endUnordered(this.#unordered);
    const known = this.#sequence?.end();
    if (known !== undefined) return { isMatch: true, bound: listBound(this.#known, known) };
    if (this.#options.skipsDifference === true) return { isMatch: false, difference: "" };
    return { isMatch: false, difference: this.#render(this.#align()) };
  }

  align(): readonly ComparisonRow[] {
    for (const line of this.#lines.end()) this.#take(line);
    return this.#align();
  }

  #align(): readonly ComparisonRow[] {
    const rows = alignLines(this.#items, this.#sample.rows(), this.#known);
    return rows.filter((row) => row.kind === "extra" || row.row >= 0);
  }

  #take(line: OutputLine): void {
    this.#count += 1;
    this.#last = line;
    this.#hasCutLine ||= line.isCut;
    this.#sample.push(line);
    if (this.#sequence?.canMatch === true) this.#sequence.push(line);
    this.#unordered?.push(line);
  }

  #endUnordered(match: UnorderedMatch): MatchResult {
    const { given, missing, extra, extraCount, known } = match.end();
    if (missing.length === 0 && extraCount === 0) {
      return { isMatch: true, bound: listBound(this.#known, known) };
    }
    const isMissing = new Set(missing);
    const held = this.#expected.lines.map(({ row }, index): ComparisonRow => {
      if (isMissing.has(index)) return { kind: "missing", row };
      const line = given[index];
      return { kind: "held", row, line: line ?? 1, count: line === undefined ? 0 : 1, text: "" };
    });
    const rows: ComparisonRow[] = [
      ...held,
      ...extra.map(({ line, text }) => ({ kind: "extra", line, count: 1, text }) as const),
    ];
    const left = extraCount - extra.length;
    const remarks = left > 0 ? [`and ${left} more lines that nothing expects`] : [];
    return { isMatch: false, difference: this.#render(rows, remarks) };
  }

  #render(rows: readonly ComparisonRow[], remarks: readonly string[] = []): string {
    const all = [...remarks];
    if (rows.every(({ kind }) => kind === "held")) {
      all.push("each line is as expected, and a name has no value that is right for all of them");
    }
    if (this.#last?.hasLineEnd === false && this.#mode === "exact") {
      all.push("no line end at the end of the output");
    }
    if (this.#hasCutLine) all.push("a line of more than 4 MB is matched by `...` alone");
    return renderDifference({
      rows,
      lines: this.#expected.lines,
      firstLine: this.#options.firstLine ?? 1,
      remarks: all,
    });
  }
}

/** Lines as a sequence: what a mode lets stand between them is an elision without a row. */
function arrange(
  lines: readonly ExpectedLine[],
  mode: MatchMode,
  context: LineContext,
): readonly PreparedLine[] {
  const gap = prepareLine(anyLines, context);
  if (mode === "subset") {
    return [gap, ...lines.flatMap((line) => [prepareLine(line, context), gap])];
  }
  if (mode === "contains") {
    const last = lines.length - 1;
    const found = lines.map((line, index) =>
      prepareLine(line, context, { start: index > 0, end: index < last }),
    );
    return [gap, ...found, gap];
  }
  return lines.map((line) => prepareLine(line, context));
}

const anyLines: ExpectedLine = {
  row: -1,
  source: "...",
  matcher: { kind: "elision" },
  quantifier: "any",
  hasNoLineEnd: false,
};

function listBound(before: KnownNames, after: KnownNames): KnownNames {
  return Object.fromEntries(Object.entries(after).filter(([name]) => !Object.hasOwn(before, name)));
}

class JsonMatch implements OutputMatch {
  readonly #text: string;
  readonly #context: LineContext;
  readonly #options: MatchOptions;
  readonly #decoder = new TextDecoder();
  readonly #parts: string[] = [];
  #length = 0;

  constructor(text: string, context: LineContext, options: MatchOptions) {
    this.#text = text;
    this.#context = context;
    this.#options = options;
  }

  push(chunk: Uint8Array): void {
    if (this.#length > longestJsonCharacters) return;
    const part = this.#decoder.decode(chunk, { stream: true });
    this.#parts.push(part);
    this.#length += part.length;
  }

  end(): MatchResult {
    this.#parts.push(this.#decoder.decode());
    const known = this.#options.known ?? {};
    const result = compareJson(this.#text, this.#parts.join(""), this.#context, {
      known,
      firstLine: this.#options.firstLine ?? 1,
    });
    return "difference" in result
      ? { isMatch: false, difference: result.difference }
      : { isMatch: true, bound: listBound(known, result.known) };
  }
}

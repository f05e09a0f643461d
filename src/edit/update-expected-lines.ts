import type { ExpectedLine, ExpectedText, LinePart } from "../model/expectation.ts";
import type { ExpectationUpdate, LineChange } from "../model/expectation-update.ts";
import {
  escapeExpectedLine,
  escapeExpectedText,
  writeExpectedParts,
  type LinePlace,
} from "../match/escape-expected-line.ts";
import { openOutputMatch, type ExpectedOutput } from "../match/match-output.ts";
import { splitOutput, type OutputLine } from "../match/output-lines.ts";
import { prepareLine } from "../match/prepare-line.ts";
import { readExitCode, readExpectedText } from "../match/read-expected-text.ts";
import { arrangeLines, type ArrangedLine } from "./arrange-lines.ts";
import type { ExpectationFacts } from "./expectation-facts.ts";
import { keepLineParts } from "./keep-line-parts.ts";
import { proposeVolatileWords } from "./propose-volatile-words.ts";

/** Modes that read lines. */
type LinesMode = Exclude<ExpectedOutput["match"], "json">;

/**
 * Rewrites expected lines that do not hold for an output, so that they do.
 *
 * What holds stays as it is written, in its place; what does not gives way to the lines that came. What is
 * written is tried before it is given back. No I/O.
 */
export function updateExpectedLines(
  expected: ExpectedOutput & { readonly match: LinesMode },
  facts: ExpectationFacts,
): ExpectationUpdate {
  const { text, match: mode, ansi } = expected;
  const { output, engine, known, directory } = facts;
  const read = readExpectedText(text, mode);
  const outputLines = splitOutput(output, { keepsEscapes: ansi === "keep" || mode === "exact" });
  if (mode === "exact" && outputLines.length === 0 && facts.startsCommand !== undefined) {
    return {
      kind: "impossible",
      reason: "a transcript with match=exact cannot say that nothing is printed",
    };
  }
  const arrangements = arrangeLines({
    expected,
    expectedLines: read.lines,
    output,
    outputLines,
    engine,
    options: { known, directory },
  });
  const words = facts.proposesVolatile && mode !== "exact" ? [true, false] : [false];
  for (const proposesVolatile of words) {
    for (const arranged of arrangements) {
      if (saysNothing(arranged, mode) && outputLines.length > 0) continue;
      const writing = { expected, read, facts: { ...facts, proposesVolatile } };
      const update = writeArranged(arranged, writing);
      if (update !== undefined) return update;
    }
  }
  return {
    kind: "impossible",
    reason: `no lines can be written that hold for this output with match=${mode}`,
  };
}

/** True where a mode that lets other lines by would let all of them by. */
function saysNothing(arranged: readonly ArrangedLine[], mode: LinesMode): boolean {
  if (mode !== "subset" && mode !== "contains") return false;
  return !arranged.some(
    (one) =>
      one.kind === "new" ||
      (one.kind === "kept" && ["one", "some"].includes(one.expected.quantifier)),
  );
}

interface Writing {
  readonly expected: ExpectedOutput & { readonly match: LinesMode };
  readonly read: ExpectedText;
  readonly facts: ExpectationFacts;
}

/** Undefined where what is written does not hold. */
function writeArranged(
  arranged: readonly ArrangedLine[],
  { expected, read, facts }: Writing,
): ExpectationUpdate | undefined {
  const mode = expected.match;
  const exit = findExit(read, mode, facts);
  const written: string[] = [];
  const changes: LineChange[] = [];
  const last = arranged.findLastIndex(({ kind }) => kind !== "dropped");
  const before = arranged
    .flatMap((one) => (one.kind === "dropped" ? [one.expected.source] : []))
    .join("\n");
  for (const [index, one] of arranged.entries()) {
    if (one.kind === "dropped") {
      const { row, source } = one.expected;
      changes.push({ kind: "dropped", row, text: source });
      continue;
    }
    const isFirst = written.length === 0;
    const place = { isFirst, isEnd: index === last, isLast: index === last && exit === undefined };
    const line =
      one.kind === "kept"
        ? writeKept(one.expected, place, mode, facts)
        : writeNew(one, place, { expected, facts, before });
    if (line === undefined) return undefined;
    changes.push({ ...line, row: written.length });
    written.push(line.text);
  }
  // A transcript with nothing below a command accepts everything.
  const isMute = written.length === 0 && facts.startsCommand !== undefined && mode !== "exact";
  const code = exit ?? (isMute ? (facts.endedWith ?? 0) : undefined);
  if (code !== undefined) {
    changes.push(...tellExit(code, written.length, read));
    written.push(`[${code}]`);
  } else if (read.exitCode !== undefined) {
    const { code: gone, row } = read.exitCode;
    changes.push({ kind: "dropped", row, text: `[${gone}]` });
  }
  return tryText({ text: written.join("\n"), code, changes }, { expected, facts });
}

function tellExit(code: number, row: number, { exitCode }: ExpectedText): readonly LineChange[] {
  const text = `[${code}]`;
  if (exitCode?.code === code) return [{ kind: "kept", row, text }];
  const gone =
    exitCode === undefined
      ? []
      : [{ kind: "dropped", row: exitCode.row, text: `[${exitCode.code}]` } as const];
  return [...gone, { kind: "new", row, text }];
}

/** The exit code that the last line says; undefined where it needs not be said. */
function findExit(
  { exitCode }: ExpectedText,
  mode: LinesMode,
  facts: ExpectationFacts,
): number | undefined {
  if (mode === "exact") return undefined;
  if (facts.exitCode === undefined) return exitCode?.code;
  return facts.exitCode === 0 && exitCode?.code !== 0 ? undefined : facts.exitCode;
}

function tryText(
  {
    text,
    code,
    changes,
  }: {
    readonly text: string;
    /** The exit code that it is to say. */
    readonly code: number | undefined;
    readonly changes: readonly LineChange[];
  },
  { expected, facts }: Pick<Writing, "expected" | "facts">,
): ExpectationUpdate | undefined {
  const { engine, known, directory, output } = facts;
  const again = readExpectedText(text, expected.match);
  if (again.problems.length > 0 || again.exitCode?.code !== code) return undefined;
  const match = openOutputMatch({ ...expected, text }, engine, { known, directory });
  match.push(output);
  const result = match.end();
  return result.isMatch ? { kind: "rewritten", text, changes, bound: result.bound } : undefined;
}

interface WrittenPlace {
  readonly isFirst: boolean;
  /** True for the last line but an exit code. */
  readonly isEnd: boolean;
  /** True where nothing stands behind it. */
  readonly isLast: boolean;
}

type WrittenLine = Omit<LineChange, "row">;

/** A line that stays, unless what is around it by now would give it another meaning. */
function writeKept(
  expected: ExpectedLine,
  { isFirst, isLast, isEnd }: WrittenPlace,
  mode: LinesMode,
  { startsCommand }: ExpectationFacts,
): WrittenLine | undefined {
  const { source, matcher, quantifier, hasNoLineEnd } = expected;
  const parts = "parts" in matcher ? matcher.parts : [];
  const isMatcher =
    matcher.kind === "elision" ||
    matcher.kind === "re" ||
    quantifier !== "one" ||
    hasNoLineEnd ||
    parts.some(({ kind }) => kind !== "text");
  const isCommand = startsCommand?.(source, isFirst) === true;
  const isExit = isLast && mode !== "exact" && readExitCode(source) !== undefined;
  if (!isCommand && !isExit && !(isEnd && source === "")) {
    return { kind: "kept", text: source, ...(isMatcher && { isMatcher }) };
  }
  if (matcher.kind !== "literal" && matcher.kind !== "esc") return undefined;
  if (source === "") return { kind: "kept", text: markEmpty(mode, startsCommand !== undefined) };
  const text = writeExpectedParts(parts, { isLast, startsCommand: isCommand });
  return { kind: "kept", text: isExit ? `${source} (eq)` : (text ?? source) };
}

/** A last line that is empty, written so that it counts. */
function markEmpty(mode: LinesMode, isTranscript: boolean): string {
  if (mode !== "exact") return " (eq)";
  return isTranscript ? " (esc)" : "";
}

function writeNew(
  { line, replaced }: Extract<ArrangedLine, { readonly kind: "new" }>,
  { isFirst, isLast, isEnd }: WrittenPlace,
  {
    expected,
    facts,
    before,
  }: Pick<Writing, "expected" | "facts"> & {
    /** The old lines that do not hold any more. */
    readonly before: string;
  },
): WrittenLine | undefined {
  const { match: mode } = expected;
  const isTranscript = facts.startsCommand !== undefined;
  const { text } = line;
  const startsCommand = facts.startsCommand?.(text, isFirst) === true;
  if (mode === "exact") {
    return {
      kind: "new",
      text: writeExact(line, isFirst && isEnd, isEnd && isTranscript, startsCommand),
    };
  }
  const place: LinePlace = { isLast, startsCommand };
  const parts = findParts(line, replaced, facts, before);
  const loose = parts === undefined ? undefined : writeExpectedParts(parts, place);
  if (loose !== undefined) return { kind: "loosened", text: loose };
  const isMarked = text === "" && isEnd;
  return {
    kind: "new",
    text: isMarked ? markEmpty(mode, isTranscript) : escapeExpectedLine(text, place),
  };
}

function writeExact(
  line: OutputLine,
  isAlone: boolean,
  isAtEndOfTranscript: boolean,
  startsCommand: boolean,
): string {
  const isEmpty = line.raw === "" && line.hasLineEnd;
  if (isEmpty && !isAlone && !isAtEndOfTranscript) return "";
  if (startsCommand)
    return escapeExpectedLine(line.raw, {
      isLast: false,
      hasLineEnd: line.hasLineEnd,
      startsCommand,
    });
  return escapeExpectedText([line], "exact");
}

/** What of a line stands for more than its own text; undefined where nothing does. */
function findParts(
  line: OutputLine,
  replaced: ExpectedLine | undefined,
  facts: ExpectationFacts,
  before: string,
): readonly LinePart[] | undefined {
  const { engine, known, directory, folder } = facts;
  const kept = replaced === undefined ? undefined : keepLineParts(replaced, line.text);
  const propose = (text: string): readonly LinePart[] =>
    facts.proposesVolatile
      ? proposeVolatileWords(text, { engine, directory, folder, before })
      : [{ kind: "text", text }];
  const candidates = [
    ...(kept === undefined
      ? []
      : [kept.flatMap((part) => (part.kind === "text" ? propose(part.text) : [part]))]),
    propose(line.text),
  ];
  return candidates.find((parts) => {
    if (!parts.some(({ kind }) => kind !== "text")) return false;
    const source = writeExpectedParts(parts, { isLast: false }) ?? "";
    const matcher = { kind: "literal", parts } as const;
    const read = { row: 0, source, matcher, quantifier: "one", hasNoLineEnd: false } as const;
    const prepared = prepareLine(read, { engine, directory, isExact: false });
    return prepared.match(line, known) !== undefined;
  });
}

import type {
  ExpectationProblem,
  ExpectedLine,
  ExpectedText,
  LineMatcher,
  MatchMode,
} from "../model/expectation.ts";
import { findPatternProblem } from "./find-pattern-problem.ts";
import { readLineParts } from "./read-line-parts.ts";
import { findSuffixProblem, readLineSuffix } from "./read-line-suffix.ts";

/**
 * Reads expected output into lines with what each of them stands for.
 *
 * A last line `[N]` with N from 0 to 255 is the exit code. One line end at the very end does not count.
 * With `exact` only `(esc)` and `(no-eol)` are read, and each line end counts; with `json` nothing is, and
 * there are no lines. What cannot be read is literal, and a problem where it was meant otherwise. No I/O.
 *
 * @example readExpectedText("ready\n[3]", "lines") →
 *   { lines: [{ row: 0, source: "ready", … }], exitCode: { code: 3, row: 1 }, problems: [] }
 */
export function readExpectedText(text: string, mode: MatchMode): ExpectedText {
  if (mode === "json") return { lines: [], problems: [] };
  const plain = text.replaceAll("\r\n", "\n");
  if (mode === "exact") {
    const rows = plain === "" ? [] : plain.split("\n");
    return { lines: rows.map((source, row) => readExactLine(source, row)), problems: [] };
  }
  const body = plain.endsWith("\n") ? plain.slice(0, -1) : plain;
  const rows = body === "" ? [] : body.split("\n");
  const exitCode = readExitCode(rows.at(-1) ?? "");
  const lines: ExpectedLine[] = [];
  const problems: ExpectationProblem[] = [];
  const end = exitCode === undefined ? rows.length : rows.length - 1;
  for (const [row, source] of rows.slice(0, end).entries()) {
    const line = readExpectedLine(source, row);
    lines.push(line);
    const problem = findLineProblem(line);
    if (problem !== undefined) problems.push(problem);
  }
  return exitCode === undefined
    ? { lines, problems }
    : { lines, exitCode: { code: exitCode, row: rows.length - 1 }, problems };
}

/** The exit code that a line says; undefined where it says none. No I/O. */
export function readExitCode(line: string): number | undefined {
  const code = Number(/^\[(\d{1,3})\]$/.exec(line)?.[1]);
  return code <= 255 ? code : undefined;
}

/** Reads one line of expected output; `row` is its 0-based line. No I/O. */
export function readExpectedLine(source: string, row: number): ExpectedLine {
  if (source.trim() === "...") {
    return { row, source, matcher: { kind: "elision" }, quantifier: "any", hasNoLineEnd: false };
  }
  const { body, kinds, quantifier } = readLineSuffix(source);
  const hasNoLineEnd = kinds.has("no-eol");
  return { row, source, matcher: readMatcher(body, kinds), quantifier, hasNoLineEnd };
}

function readMatcher(body: string, kinds: ReturnType<typeof readLineSuffix>["kinds"]): LineMatcher {
  if (kinds.has("re")) return { kind: "re", pattern: body };
  if (kinds.has("eq")) return { kind: "literal", parts: textParts(body) };
  const isEscaped = kinds.has("esc");
  if (kinds.has("glob")) {
    return { kind: "glob", parts: readLineParts(body, { isGlob: true, isEscaped }) };
  }
  return { kind: isEscaped ? "esc" : "literal", parts: readLineParts(body, { isEscaped }) };
}

function readExactLine(source: string, row: number): ExpectedLine {
  const match = /^(.*?)( \(esc\))?( \(no-eol\))?$/s.exec(source);
  const [, body = source, escaped, noLineEnd] = match ?? [];
  const parts = readLineParts(body, { isEscaped: true });
  const isText = parts.every(({ kind }) => kind === "text");
  const matcher: LineMatcher =
    escaped !== undefined && isText
      ? { kind: "esc", parts }
      : { kind: "literal", parts: textParts(body) };
  return { row, source, matcher, quantifier: "one", hasNoLineEnd: noLineEnd !== undefined };
}

function textParts(text: string): readonly { readonly kind: "text"; readonly text: string }[] {
  return text === "" ? [] : [{ kind: "text", text }];
}

function findLineProblem({ source, row, matcher }: ExpectedLine): ExpectationProblem | undefined {
  if (matcher.kind === "re") {
    const reason = findPatternProblem(matcher.pattern);
    return reason === undefined
      ? undefined
      : { kind: "pattern", row, start: 0, end: matcher.pattern.length, reason };
  }
  const problem = matcher.kind === "literal" ? findSuffixProblem(source) : undefined;
  return problem === undefined ? undefined : { row, ...problem };
}

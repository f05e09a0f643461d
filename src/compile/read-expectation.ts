import type { Expectation, ExpectationProblem, OutputAttributes } from "../model/expectation.ts";
import type { Span } from "../model/source.ts";
import { findJsonProblems } from "../match/find-json-problems.ts";
import { readExpectedText } from "../match/read-expected-text.ts";
import type { CompileContext } from "./compile-context.ts";
import { locateInCode } from "./locate-in-code.ts";

/** Expected output as it stands in a document. */
export interface WrittenExpectation {
  readonly text: string;
  readonly codeSpan: Span;
  readonly attributes: Partial<OutputAttributes>;
}

/** What a command must print, and the exit code that its output names. */
export interface ReadExpectation {
  readonly expectation: Expectation;
  readonly exitCode?: number | undefined;
}

/**
 * Reads what a command must print; default `match=lines stream=stdout`.
 *
 * Lines and JSON that cannot be read are reported where they stand (`expectation-syntax`), and words that were
 * meant as a suffix, perhaps (`unknown-suffix`). No I/O.
 */
export function readExpectation(
  { text, codeSpan, attributes }: WrittenExpectation,
  context: CompileContext,
): ReadExpectation {
  const { match = "lines", stream = "stdout", ansi } = attributes;
  const { exitCode, problems } = readExpectedText(text, match);
  const all = match === "json" ? findJsonProblems(text) : problems;
  for (const problem of all) report(problem, text, codeSpan, context);
  return {
    expectation: { match, stream, ...(ansi === "keep" && { ansi }), text, codeSpan },
    exitCode: exitCode?.code,
  };
}

function report(
  { kind, row, start, end, reason, nearest }: ExpectationProblem,
  text: string,
  { start: { line } }: Span,
  context: CompileContext,
): void {
  const rows = text.split("\n");
  const from = rows.slice(0, row).reduce((sum, { length }) => sum + length + 1, 0);
  const span = locateInCode(text, line, from + start, from + end, context.lines);
  const source = (rows[row] ?? "").slice(start, end);
  switch (kind) {
    case "suffix":
      context.report("unknown-suffix", { suffix: source, nearest: nearest ?? "" }, span);
      break;
    case "pattern":
      context.report(
        "expectation-syntax",
        { reason: `the pattern cannot be used: ${reason}` },
        span,
      );
      break;
    case "quantifier":
    case "json":
      context.report("expectation-syntax", { reason }, span);
      break;
  }
}

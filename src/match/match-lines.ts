import type { MatchResult } from "../model/expectation.ts";
import { alignLines } from "./align-lines.ts";
import { listSequenceItems } from "./match-sequence.ts";
import { noEngine } from "./pattern-engine.ts";
import { prepareLine } from "./prepare-line.ts";
import { renderDifference } from "./render-difference.ts";

/**
 * Compares texts line by line, in order and exactly, without any matcher; a line end at the very end does
 * not count.
 *
 * The difference is that of `renderDifference`, with line numbers from 1. No I/O.
 *
 * @example matchLines("ready\n", "not ready") →
 *   { isMatch: false, difference: "@@ -1 +1 @@\n-ready\n+not ready" }
 */
export function matchLines(expected: string, actual: string): MatchResult {
  const before = splitLines(expected);
  const after = splitLines(actual);
  if (before.length === after.length && before.every((line, index) => line === after[index])) {
    return { isMatch: true, bound: {} };
  }
  const lines = before.map((source, row) => {
    const parts = [{ kind: "text", text: source } as const];
    const matcher = { kind: "literal", parts } as const;
    return { row, source, matcher, quantifier: "one", hasNoLineEnd: false } as const;
  });
  const context = { engine: noEngine, isExact: true };
  const rows = alignLines(
    listSequenceItems(lines.map((line) => prepareLine(line, context))),
    after.map((text, index) => ({
      kind: "line",
      line: { raw: text, text, hasLineEnd: true, isCut: false },
      number: index + 1,
    })),
    {},
  );
  return {
    isMatch: false,
    difference: renderDifference({ rows, lines, firstLine: 1, remarks: [] }),
  };
}

function splitLines(text: string): readonly string[] {
  const body = text.endsWith("\n") ? text.slice(0, -1) : text;
  return body === "" ? [] : body.split("\n");
}

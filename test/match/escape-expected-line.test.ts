import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MatchMode } from "../../src/model/expectation.ts";
import { escapeExpectedText, escapeExpectedLine } from "../../src/match/escape-expected-line.ts";
import { openOutputMatch } from "../../src/match/match-output.ts";
import { splitOutput } from "../../src/match/output-lines.ts";
import { re2Engine } from "../../src/match/re2-engine.ts";
import { anyOutput } from "./any-output.ts";

describe("escapeExpectedLine", () => {
  it.each([
    ["what stands for itself", "ready", "ready"],
    ["an empty line", "", ""],
    ["a backslash", String.raw`a\b`, String.raw`a\b`],
    ["words in parentheses", "3 (files)", "3 (files)"],
    ["a suffix", "a* (glob)", "a* (glob) (eq)"],
    ["a suffix that says so already", "a (eq)", "a (eq) (eq)"],
    ["a quantifier", "what (?)", "what (?) (eq)"],
    ["an elision", "...", "... (eq)"],
    ["an indented elision", "  ...", "  ... (eq)"],
    ["a wildcard", "x [..] y", "x [..] y (eq)"],
    ["a name", "[..id..]", "[..id..] (eq)"],
    ["a volatile word", "at [TIME]", "at [TIME] (eq)"],
    ["an exit code that is none", "[1]", "[1]"],
    ["a tab", "a\tb", String.raw`a\tb (esc)`],
    ["a colour", "\u001b[32mok", String.raw`\e[32mok (esc)`],
    ["a tab and a volatile word", "\t[TIME]", String.raw`\t\x5bTIME] (esc)`],
    ["blanks at its end", "a  ", String.raw`a\x20\x20 (esc)`],
    ["a stray byte", "a\udcff", String.raw`a\xff (esc)`],
    ["a zero byte and a backslash", "\0\\", String.raw`\x00\\ (esc)`],
  ])("writes %s", (_, line, written) => {
    expect(escapeExpectedLine(line, { isLast: false })).toBe(written);
  });

  it("marks a last line that would be an exit code, and one without a line end", () => {
    expect(escapeExpectedLine("[1]", { isLast: true })).toBe("[1] (eq)");
    expect(escapeExpectedLine("a", { isLast: true, hasLineEnd: false })).toBe("a (no-eol)");
    expect(escapeExpectedLine("a (glob)", { isLast: true, hasLineEnd: false })).toBe(
      "a (glob) (eq) (no-eol)",
    );
  });
});

describe("a text that was escaped", () => {
  it.each<Exclude<MatchMode, "json">>(["lines", "subset", "unordered", "contains", "exact"])(
    "matches itself with match=%s",
    (match) => {
      fc.assert(
        fc.property(anyOutput, (output) => {
          const lines = splitOutput(output, { keepsEscapes: match === "exact" });
          const text = escapeExpectedText(lines, match);
          const comparison = openOutputMatch({ text, match }, re2Engine);
          comparison.push(output);
          expect(comparison.end()).toEqual({ isMatch: true, bound: {} });
        }),
        { numRuns: 1000 },
      );
    },
  );

  it.each<Exclude<MatchMode, "json">>(["lines", "unordered", "exact"])(
    "matches nothing else with match=%s",
    (match) => {
      fc.assert(
        fc.property(anyOutput, anyOutput, (output, other) => {
          const form = { keepsEscapes: match === "exact" };
          const lines = splitOutput(output, form);
          const others = splitOutput(other, form);
          const text = escapeExpectedText(lines, match);
          const comparison = openOutputMatch({ text, match }, re2Engine);
          comparison.push(other);
          const compared = (all: typeof lines): string =>
            match === "exact"
              ? JSON.stringify(all.map(({ raw, hasLineEnd }) => [raw, hasLineEnd]))
              : JSON.stringify(
                  match === "unordered"
                    ? all.map((line) => line.text).toSorted()
                    : all.map((line) => line.text),
                );
          fc.pre(compared(lines) !== compared(others));
          // An empty line alone is written like nothing at all; a line equals its own marks.
          fc.pre(text !== "" && compared(splitOutput(text, form)) !== compared(others));
          expect(comparison.end().isMatch).toBe(false);
        }),
        { numRuns: 1000 },
      );
    },
  );
});

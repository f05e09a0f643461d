import { describe, expect, it } from "vitest";
import type { MatchMode } from "../../src/model/expectation.ts";
import { matchText, openOutputMatch } from "../../src/match/match-output.ts";
import { re2Engine } from "../../src/match/re2-engine.ts";

const kilobytes = 1024;

/** The least time of five, in milliseconds: what else the machine does only ever adds. */
function measure(run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const startedMs = performance.now();
    run();
    least = Math.min(least, performance.now() - startedMs);
  }
  return least;
}

/** How often two lines are compared. */
function countEvaluations(text: string, match: MatchMode, output: string): number {
  let count = 0;
  matchText({ text, match }, output, re2Engine, {
    skipsDifference: true,
    onEvaluation: () => {
      count += 1;
    },
  });
  return count;
}

describe("one line of two megabytes", () => {
  it.each([
    ["a repetition of repetitions", "(a+)+$ (re)", "a", "b"],
    ["alternatives that are the same", "(a|a)*c (re)", "a", "b"],
    ["many stars", "(.*)(.*)(.*)(.*)(.*)x (re)", "a", "b"],
    ["a glob of many stars", "*a*a*a*a*a*b*c (glob)", "a", "b"],
    ["many wildcards", "[..]a[..]a[..]a[..]b[..]c", "a", "b"],
    ["names", "[..a..]:[..b..]:[..c..]!", "a:", "?"],
    ["volatile words", "[..][DURATION][..][TIME][..]x", "1:", "?"],
  ])(
    "takes about sixteen times as long for sixteen times as much: %s",
    (_name, text, piece, end) => {
      const run = (size: number): number => {
        const output = piece.repeat(size / piece.length) + end;
        return measure(() =>
          expect(matchText({ text, match: "lines" }, output, re2Engine).isMatch).toBe(false),
        );
      };
      run(16 * kilobytes);

      const small = run(128 * kilobytes);
      const large = run(2048 * kilobytes);

      // Sixteen times as much; square growth would be 256. Single measurements vary by a factor of a few.
      expect(large / Math.max(small, 1)).toBeLessThan(80);
    },
  );
});

describe("a megabyte of lines", () => {
  const many = (count: number, line = "a"): string => `${line}\n`.repeat(count);

  it.each<[name: string, text: string, match: MatchMode]>([
    ["elisions", "...\na\n...\na\n...\nb", "lines"],
    ["repeated patterns", "a* (glob*)\n* (glob*)\n.* (re*)\nb", "lines"],
    ["a segment that nearly is there", "...\na\na\na\na\nb\n...", "lines"],
    ["optional lines", "a (?)\n".repeat(20) + "...\nb", "lines"],
    ["names between elisions", "...\n[..x..]\n...\n[..x..]b", "lines"],
    ["many names", "...\n[..x..]\n...\n[..y..]\n...\n[..z..]\nb", "lines"],
    ["lines among others", "a\na\na\nb", "subset"],
    ["lines in any order", "a (*)\n[ab] (re)\nb", "unordered"],
    ["a text somewhere", "a\na\nb", "contains"],
  ])("takes as many comparisons a line, however many lines: %s", (_name, text, match) => {
    const small = countEvaluations(text, match, many(1000));
    const large = countEvaluations(text, match, many(4000));

    expect(small).toBeGreaterThan(900);
    expect(large / small).toBeLessThan(4.5);
  });

  it("compares a line with one expected line where nothing else is possible", () => {
    const output = Array.from({ length: 100_000 }, (_, index) => `line ${index}`).join("\n");

    expect(countEvaluations(output, "lines", output)).toBe(100_000);
  });
});

describe("large texts", () => {
  it("an expectation of 100,000 lines matches, and shows what differs", () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index} of [TIME]`);
    const output = lines.map((line) => line.replace("[TIME]", "18:20"));
    const text = lines.join("\n");

    const same = matchText({ text, match: "lines" }, `${output.join("\n")}\n`, re2Engine);
    const other = matchText(
      { text, match: "lines" },
      `${output.with(50_000, "something else").join("\n")}\n`,
      re2Engine,
      { firstLine: 7 },
    );

    expect(same).toEqual({ isMatch: true, bound: {} });
    expect(other).toEqual({
      isMatch: false,
      difference: [
        "@@ -50004,7 +49998,7 @@",
        " line 49997 of [TIME]",
        " line 49998 of [TIME]",
        " line 49999 of [TIME]",
        "-line 50000 of [TIME]",
        String.raw`\ no line matches this one`,
        "+something else",
        " line 50001 of [TIME]",
        " line 50002 of [TIME]",
        " line 50003 of [TIME]",
      ].join("\n"),
    });
  });

  it("has swallowed lines that are not kept", () => {
    const match = openOutputMatch({ text: "...\nDone", match: "lines" }, re2Engine);
    const chunk = new TextEncoder().encode(`${"x".repeat(99)}\n`.repeat(10_000));
    for (let index = 0; index < 50; index += 1) match.push(chunk);

    expect(match.end()).toEqual({
      isMatch: false,
      difference: [
        "@@ -1,2 +1,500000 @@",
        " ...  ← 499999 lines",
        "-Done",
        `+${"x".repeat(99)}`,
      ].join("\n"),
    });
  });

  it("cuts a line that no pattern is for, and says so", () => {
    const match = openOutputMatch({ text: "...\nready (re)", match: "lines" }, re2Engine);
    const chunk = new TextEncoder().encode("x".repeat(1024 * 1024));
    for (let index = 0; index < 6; index += 1) match.push(chunk);

    const result = match.end();

    expect(result).toMatchObject({ isMatch: false });
    expect(result.isMatch ? "" : result.difference).toBe(
      [
        "@@ -1,2 +1 @@",
        " ...  ← 0 lines",
        "-ready (re)",
        String.raw`\ no line matches (re) ready`,
        `+${"x".repeat(1000)}… and 4193304 more characters`,
        String.raw`\ a line of more than 4 MB is matched by \`...\` alone`.replaceAll("\\`", "`"),
      ].join("\n"),
    );
  });
});

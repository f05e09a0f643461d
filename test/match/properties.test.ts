import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MatchMode } from "../../src/model/expectation.ts";
import { alignOutput, matchText, openOutputMatch } from "../../src/match/match-output.ts";
import { makeSample } from "../../src/match/make-sample.ts";
import { rateExpectation } from "../../src/match/rate-expectation.ts";
import { re2Engine } from "../../src/match/re2-engine.ts";
import { anyOutput } from "./any-output.ts";

const modes: readonly MatchMode[] = ["lines", "subset", "unordered", "contains", "json", "exact"];
const anyMode = fc.constantFrom(...modes);
/** Expected texts that mean something, and any others. */
const anyExpected = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        "a",
        "b",
        "",
        "...",
        "a (+)",
        "b (*)",
        "a (?)",
        "[ab]+ (re)",
        "[ (re)",
        "(?=a) (re)",
        "a* (glob*)",
        "*b (glob+)",
        "[..x..]",
        "[..x..][..y..]",
        "[..]b",
        "[TIME]",
        String.raw`\x00\xff (esc)`,
        "a (no-eol)",
        "[1]",
        '{"a": "(re) [", "b": ["...", "[..x..]"]}',
      ),
      { maxLength: 6 },
    )
    .map((lines) => lines.join("\n")),
  fc.string({ unit: "binary" }),
  fc.json(),
);
const anyLines = fc
  .array(fc.constantFrom("a", "b", "ab", "", "18:20"), { maxLength: 8 })
  .map((lines) => lines.map((line) => `${line}\n`).join(""));

describe("for any expectation and any output", () => {
  it("there is a result, the same in one piece and in many", () => {
    fc.assert(
      fc.property(anyExpected, anyMode, anyOutput, fc.nat(5), (text, match, output, cut) => {
        const whole = openOutputMatch({ text, match }, re2Engine);
        whole.push(output);
        const pieces = openOutputMatch({ text, match }, re2Engine);
        const size = cut + 1;
        for (let at = 0; at < output.length; at += size) {
          const piece = output.slice(at, at + size);
          pieces.push(piece);
          piece.fill(0);
        }
        const result = whole.end();
        expect(pieces.end()).toEqual(result);
        if (!result.isMatch) expect(result.difference).not.toBe("");
      }),
      { numRuns: 3000 },
    );
  });

  it("a rating says something, and the same each time", () => {
    fc.assert(
      fc.property(anyExpected, anyMode, (text, match) => {
        const rating = rateExpectation({ text, match }, re2Engine);
        expect(rateExpectation({ text, match }, re2Engine)).toEqual(rating);
        const { strength = 0 } = rating;
        expect(strength).toBeGreaterThanOrEqual(0);
        expect(strength).toBeLessThanOrEqual(100);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("modes that ask for less", () => {
  const isMatch = (text: string, match: MatchMode, output: string): boolean =>
    matchText({ text, match }, output, re2Engine).isMatch;

  it.each<MatchMode>(["subset", "unordered", "contains"])(
    "%s accepts what `lines` accepts",
    (match) => {
      fc.assert(
        fc.property(anyExpected, anyLines, (text, output) => {
          // A name has the first value that it can have, which others of these modes are.
          fc.pre(match === "subset" || !text.includes("[..x..]"));
          fc.pre(isMatch(text, "lines", output));
          expect(isMatch(text, match, output)).toBe(true);
        }),
        { numRuns: 2000 },
      );
    },
  );

  it("`unordered` accepts the lines in any order", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "ab", "c"), { maxLength: 8 });
    const shuffled = lines.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([before, after]) => {
        expect(isMatch(before.join("\n"), "unordered", after.join("\n"))).toBe(true);
      }),
    );
  });

  it("`unordered` finds a pairing where there is one", () => {
    // Each pattern is a set of letters, each line a letter: small enough to try all pairings.
    const patterns = fc.array(fc.constantFrom("[ab]", "[bc]", "[ac]", "[a]", "[abc]"), {
      maxLength: 5,
    });
    const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 5 });
    fc.assert(
      fc.property(patterns, lines, (wanted, given) => {
        const text = wanted.map((pattern) => `${pattern} (re)`).join("\n");
        expect(isMatch(text, "unordered", given.map((line) => `${line}\n`).join(""))).toBe(
          canPair(wanted, given),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

function canPair(patterns: readonly string[], lines: readonly string[]): boolean {
  const [pattern, ...rest] = patterns;
  if (pattern === undefined) return lines.length === 0;
  return lines.some(
    (line, index) => pattern.includes(line) && canPair(rest, lines.toSpliced(index, 1)),
  );
}

describe("a sequence of quantified lines", () => {
  const items = fc.array(
    fc.tuple(fc.constantFrom("a", "b", "..."), fc.constantFrom("", " (?)", " (*)", " (+)")),
    { maxLength: 7 },
  );
  const letters = fc.array(fc.constantFrom("a", "b"), { maxLength: 8 });
  const signs = { "": "", " (?)": "?", " (*)": "*", " (+)": "+" };

  it("matches what the same regular expression matches", () => {
    fc.assert(
      fc.property(items, letters, (wanted, given) => {
        const text = wanted
          .map(([line, quantifier]) => (line === "..." ? line : line + quantifier))
          .join("\n");
        const pattern = wanted
          .map(([line, sign]) => (line === "..." ? ".*" : line + signs[sign as "" | " (?)"]))
          .join("");
        const output = given.map((line) => `${line}\n`).join("");
        const expected = new RegExp(`^${pattern}$`).test(given.join(""));
        expect(matchText({ text, match: "lines" }, output, re2Engine).isMatch).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it("is aligned without a difference where it matches, and with one where it does not", () => {
    fc.assert(
      fc.property(items, letters, (wanted, given) => {
        const text = wanted
          .map(([line, quantifier]) => (line === "..." ? line : line + quantifier))
          .join("\n");
        const output = new TextEncoder().encode(given.map((line) => `${line}\n`).join(""));
        const rows = alignOutput({ text, match: "lines" }, output, re2Engine);
        const match = openOutputMatch({ text, match: "lines" }, re2Engine);
        match.push(output);
        expect(rows.every(({ kind }) => kind === "held")).toBe(match.end().isMatch);
        const taken = rows.reduce((sum, row) => sum + (row.kind === "missing" ? 0 : row.count), 0);
        expect(taken).toBe(given.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a sample of an expectation", () => {
  const sampled = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "ready",
          "...",
          "a (+)",
          "b (?)",
          "* and ? (glob)",
          String.raw`\tx\xff (esc)`,
          "id [..id..]",
          "at [TIME] for [DURATION]",
          "[UUID] [SHA] [TMP] [PORT] [CWD]",
          String.raw`v\d+\.\d+(-[a-z]+)? (ready|up) [^x\]]{2,3}. (re)`,
          String.raw`^(?:a|b)*\w\s\S\D{2} [[:alpha:]] \x41$ (re+)`,
          "(?i)OK (re)",
        ),
        fc.string().filter((line) => !line.includes("\n") && !/\((?:re|no-eol)/.test(line)),
      ),
      { maxLength: 5 },
    )
    .map((lines) => lines.join("\n"));

  it.each<MatchMode>(["lines", "subset", "unordered", "contains"])("matches it: %s", (match) => {
    fc.assert(
      fc.property(sampled, (text) => {
        const sample = makeSample({ text, match }, re2Engine);
        expect(sample).toBeDefined();
        const result = matchText({ text, match }, sample ?? "", re2Engine);
        expect(result).toMatchObject({ isMatch: true });
      }),
      { numRuns: 500 },
    );
  });

  it("matches it: json", () => {
    const leaf = fc.constantFrom<unknown>(
      1,
      true,
      null,
      "text",
      "(any)",
      "(number)",
      "(string)",
      "(boolean)",
      "(uuid)",
      "(time)",
      "(re) v\\d+",
      "(glob) a*",
      "(eq) (any)",
      "[..id..] at [TIME]",
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(fc.oneof(tie("value"), fc.constant("...")), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (expected) => {
        const text = JSON.stringify(expected);
        const sample = makeSample({ text, match: "json" }, re2Engine);
        expect(sample).toBeDefined();
        const result = matchText({ text, match: "json" }, sample ?? "", re2Engine);
        expect(result).toMatchObject({ isMatch: true });
      }),
      { numRuns: 500 },
    );
  });
});

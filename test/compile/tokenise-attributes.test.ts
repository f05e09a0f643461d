import { describe, expect, test } from "vitest";
import { tokeniseAttributes } from "../../src/compile/tokenise-attributes.ts";

describe("attributes", () => {
  test.each([
    ["", []],
    ["   ", []],
    ["check", [["check", undefined]]],
    [
      "timeout=30s check",
      [
        ["timeout", "30s"],
        ["check", undefined],
      ],
    ],
    [
      'title="Push it" id=push',
      [
        ["title", "Push it"],
        ["id", "push"],
      ],
    ],
    ["title='a \"b\"'", [["title", 'a "b"']]],
    ['title="a \\"b\\" \\\\ c\\d"', [["title", 'a "b" \\ c\\d']]],
    ["env.NAME=a=b", [["env.NAME", "a=b"]]],
    ["continue-on-error", [["continue-on-error", undefined]]],
    ["title=", [["title", ""]]],
    ['title=""', [["title", ""]]],
    ["ready=http://localhost:5000/health", [["ready", "http://localhost:5000/health"]]],
    [
      "a\tb  c",
      [
        ["a", undefined],
        ["b", undefined],
        ["c", undefined],
      ],
    ],
    [
      "constructor __proto__=1 a",
      [
        ["constructor", undefined],
        ["a", undefined],
      ],
    ],
  ])("%j", (meta, expected) => {
    const { tokens } = tokeniseAttributes(meta);
    expect(tokens.map(({ name, value }) => [name, value])).toEqual(expected);
    for (const { text, start, end } of tokens) expect(meta.slice(start, end)).toBe(text);
  });
});

describe("what is none", () => {
  test.each([
    ['title="Push to prod timeout=3s', ['title="Push to prod timeout=3s'], /not closed/],
    ["title='a b", ["title='a b"], /not closed/],
    ['title="x"y check', ['title="x"y'], /blank is missing/],
    ["{linenos=true}", ["{linenos=true}"], /without braces/],
    ["{ name=x interactive=false } check", ["{ name=x interactive=false }"], /without braces/],
    ["{name=x", ["{name=x"], /without braces/],
    ["-x =y 3", ["-x", "=y", "3"], /an attribute is/],
    ['"alone"', ['"alone"'], /an attribute is/],
  ])("%j", (meta, expected, reason) => {
    const { rest } = tokeniseAttributes(meta);
    expect(rest.map(({ text }) => text)).toEqual(expected);
    expect(rest[0]?.reason).toMatch(reason);
    for (const { text, start, end } of rest) expect(meta.slice(start, end)).toBe(text);
  });

  test("does not keep what comes behind it from being read", () => {
    expect(tokeniseAttributes("{a} check =x id=y").tokens.map(({ name }) => name)).toEqual([
      "check",
      "id",
    ]);
  });
});

test.each(["{".repeat(20_000), 'a="'.repeat(10_000), '\\"'.repeat(20_000), "a='b' ".repeat(5000)])(
  "long texts are split in linear time (%#)",
  (meta) => {
    const { tokens, rest } = tokeniseAttributes(meta);
    expect(tokens.length + rest.length).toBeGreaterThan(0);
  },
);

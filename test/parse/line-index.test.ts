import { describe, expect, test } from "vitest";
import { createLineIndex } from "../../src/parse/line-index.ts";

describe("positions", () => {
  test.each([
    ["", 0, 1, 1],
    ["ab\ncd", 3, 2, 1],
    ["ab\r\ncd", 4, 2, 1],
    ["ab\rcd", 3, 2, 1],
    ["ab\n", 3, 2, 1],
    ["ab\n\n\ncd", 5, 4, 1],
    ["a😀b\nc", 3, 1, 4],
    ["ab", 99, 1, 3],
    ["ab", -1, 1, 1],
  ])("%j at %i is %i:%i", (text, offset, line, column) => {
    expect(createLineIndex(text).positionAt(offset)).toMatchObject({ line, column });
  });

  test("agree with a count by hand at each offset", () => {
    const text = "a\r\n\nbc\rd\n\r\n😀\n";
    const lines = createLineIndex(text);
    for (let offset = 0; offset <= text.length; offset += 1) {
      const before = text.slice(0, offset).split(/\r\n|\n|\r/);
      // Between the two characters of one line ending, the line is still the one before.
      if (text[offset - 1] === "\r" && text[offset] === "\n") continue;
      const { line, column } = lines.positionAt(offset);
      expect([line, column]).toEqual([before.length, (before.at(-1) ?? "").length + 1]);
    }
  });
});

test("a line's text has no line ending, and beyond the end there is none", () => {
  const lines = createLineIndex("ab\r\n\ncd");
  expect([1, 2, 3, 4, 0].map((line) => lines.lineText(line))).toEqual(["ab", "", "cd", "", ""]);
  expect([1, 2, 3, 4].map((line) => lines.lineStart(line))).toEqual([0, 4, 5, 7]);
});

import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/edit/apply-edits.ts";
import { createLineIndex } from "../../src/parse/line-index.ts";

function edit(text: string, part: string, replacement: string) {
  const start = text.indexOf(part);
  expect(start).toBeGreaterThan(-1);
  return {
    span: createLineIndex(text).spanOf(start, start + part.length),
    text: replacement,
  };
}

describe("applyEdits", () => {
  test("changes what its spans cover and no other byte", () => {
    const text = "a 💥\tb \r\n\r\n c\rd\n\n";
    const edits = [edit(text, "d", ""), edit(text, "b", "bee"), edit(text, "💥", "x")];
    expect(applyEdits(text, edits)).toBe("a x\tbee \r\n\r\n c\r\n\n");
    expect(applyEdits(text, [])).toBe(text);
  });

  test("lets the first of two win that overlap, whatever their order in the text", () => {
    const text = "one two three";
    const [later, earlier] = [edit(text, "two three", "2 3"), edit(text, "one two", "1 2")];
    expect(applyEdits(text, [later, earlier])).toBe("one 2 3");
    expect(applyEdits(text, [earlier, later])).toBe("1 2 three");
  });

  test("makes edits that only touch, and inserts at an empty span", () => {
    const text = "ab";
    expect(applyEdits(text, [edit(text, "b", "2"), edit(text, "a", "1")])).toBe("12");
    expect(applyEdits(text, [{ span: createLineIndex(text).spanOf(1, 1), text: "-" }])).toBe("a-b");
  });

  test("makes one of two insertions at the same place", () => {
    const { spanOf } = createLineIndex("ab");
    const edits = [
      { span: spanOf(1, 1), text: "first" },
      { span: spanOf(1, 1), text: "second" },
    ];
    expect(applyEdits("ab", edits)).toBe("afirstb");
  });

  test.each([
    ["a\r\nb\r\n", "a\r\nx\r\ny\r\n"],
    ["a\nb\n", "a\nx\ny\n"],
    ["a\r\nb", "a\r\nx\r\ny"],
    ["b", "x\ny"],
  ])("writes the line ending that %j has there", (text, expected) => {
    expect(applyEdits(text, [edit(text, "b", "x\ny")])).toBe(expected);
    expect(applyEdits(text, [edit(text, "b", "x\r\ny")])).toBe(expected);
  });
});

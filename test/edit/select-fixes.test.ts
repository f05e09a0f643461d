import { describe, expect, test } from "vitest";
import { selectFixes } from "../../src/edit/select-fixes.ts";
import type { Fix } from "../../src/model/text-edit.ts";
import { createLineIndex } from "../../src/parse/line-index.ts";

const { spanOf } = createLineIndex("0123456789");

function fix(title: string, ...edits: readonly (readonly [string, number, number])[]): Fix {
  return {
    title,
    edits: edits.map(([path, start, end]) => ({ path, span: spanOf(start, end), text: title })),
  };
}

describe("selectFixes", () => {
  test("makes a fix of several edits whole or not at all", () => {
    const first = fix("first", ["a.md", 0, 2]);
    const wide = fix("wide", ["b.md", 0, 2], ["a.md", 1, 3]);
    const last = fix("last", ["b.md", 1, 2]);
    const { selected, left, edits } = selectFixes([first, wide, last]);
    expect(selected).toEqual([first, last]);
    expect(left).toEqual([wide]);
    expect([...edits]).toEqual([
      ["a.md", first.edits],
      ["b.md", last.edits],
    ]);
  });

  test("makes an edit once that two problems ask for", () => {
    const twice = [fix("same", ["a.md", 0, 2]), fix("same", ["a.md", 0, 2])];
    const { selected, left, edits } = selectFixes(twice);
    expect({ selected: selected.length, left: left.length }).toEqual({ selected: 2, left: 0 });
    expect(edits.get("a.md")).toHaveLength(1);
  });

  test("keeps an insertion away from the edge of another edit", () => {
    const { selected, left } = selectFixes([
      fix("replace", ["a.md", 2, 4]),
      fix("insert", ["a.md", 4, 4]),
      fix("apart", ["a.md", 5, 5]),
    ]);
    expect(selected.map(({ title }) => title)).toEqual(["replace", "apart"]);
    expect(left.map(({ title }) => title)).toEqual(["insert"]);
  });
});

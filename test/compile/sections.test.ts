import { describe, expect, test } from "vitest";
import { compileText } from "./compile-text.ts";

function sections(text: string): unknown {
  return compileText(text, "md").value?.sections.map(({ id, depth, parentId, span }) => [
    id,
    depth,
    parentId,
    `${span.start.line}-${span.end.line}`,
  ]);
}

describe("the outline", () => {
  test.each([
    ["of no heading", "text\n", []],
    ["of one", "# A\n\ntext\n", [["a", 1, undefined, "1-4"]]],
    [
      "of levels",
      "# A\n## B\n### C\n## D\n# E\n",
      [
        ["a", 1, undefined, "1-5"],
        ["b", 2, "a", "2-4"],
        ["c", 3, "b", "3-4"],
        ["d", 2, "a", "4-5"],
        ["e", 1, undefined, "5-6"],
      ],
    ],
    [
      "of skipped levels",
      "### A\n# B\n#### C\n## D\n",
      [
        ["a", 3, undefined, "1-2"],
        ["b", 1, undefined, "2-5"],
        ["c", 4, "b", "3-4"],
        ["d", 2, "b", "4-5"],
      ],
    ],
    [
      "of the same titles",
      "## A\n## A\n",
      [
        ["a", 2, undefined, "1-2"],
        ["a-1", 2, undefined, "2-3"],
      ],
    ],
    ["without headings in quotes and lists", "# A\n> # B\n\n- # C\n", [["a", 1, undefined, "1-5"]]],
  ])("%s", (_name, text, expected) => {
    expect(sections(text)).toEqual(expected);
  });
});

test("a step knows the sections around it, outermost first", () => {
  const text = "```sh\na\n```\n# A\n## B\n```sh\nb\n```\n# C\n```sh\nc\n```\n";
  expect(compileText(text, "md").value?.steps.map(({ sectionPath }) => sectionPath)).toEqual([
    [],
    ["a", "b"],
    ["c"],
  ]);
});

describe("the title of .md", () => {
  test.each([
    ["# A\n# B\n", "A"],
    ["text\n\n### B\n", "B"],
    ["text\n", "x"],
    ["# <!-- nothing -->\n", "x"],
    ["---\ntitle: F\n---\n# A\n", "F"],
    ["---\ntitle: 5\n---\n# A\n", "A"],
    ["---\ntitle: ''\n---\n# A\n", "A"],
  ])("%j is %s", (text, title) => {
    expect(compileText(text, "md").value?.title).toBe(title);
  });
});

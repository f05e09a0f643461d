import { describe, expect, test } from "vitest";
import { applyEdits } from "../../src/edit/apply-edits.ts";
import { attachFixes } from "../../src/edit/attach-fixes.ts";
import { compileText } from "../compile/compile-text.ts";

/** The text with every fix of its problems made, as `check --fix` does in its first round. */
function fixText(text: string, format: "md" | "mdx"): string {
  const { diagnostics } = compileText(text, format);
  expect(diagnostics).not.toEqual([]);
  const problems = attachFixes(diagnostics, new Map([[`runbooks/x.${format}`, text]]));
  return applyEdits(
    text,
    problems.flatMap(({ fix }) => fix?.edits ?? []),
  );
}

describe("a slip in a word of Opswright's own is corrected", () => {
  test.each([
    ["an attribute with its value", "```bash timeot=30s\ngit push\n```\n", "timeot", "timeout"],
    [
      "an attribute without a value",
      "```bash intractive\ngit push\n```\n",
      "intractive",
      "interactive",
    ],
    ["a key", "---\ntitle: A\nsumary: B\n---\n\n# A\n", "sumary", "summary"],
    [
      "a key of an inner map",
      "---\ntitle: A\ninputs:\n  B: { descripton: C, type: string }\n---\n\n# A\n",
      "descripton",
      "description",
    ],
    ["characters that an encoding broke", "# A\n\nOne â€” two.\n", "â€”", "—"],
  ])("%s", (_name, text, wrong, right) => {
    expect(fixText(text, "md")).toBe(text.replace(wrong, right));
  });

  test("an attribute of a component", () => {
    const text =
      '---\ntitle: A\ninputs:\n  B: { type: string }\n---\n\n<Manual titel="C">\n\nDo it.\n\n</Manual>\n';
    expect(fixText(text, "mdx")).toBe(text.replace("titel", "title"));
  });
});

describe("nothing is changed", () => {
  test.each([
    ["where the right attribute is there too", "```bash timeot=30s timeout=1m\ngit push\n```\n"],
    ["where the right key stands beside it", "---\ntitel: A\ntitle: B\n---\n\n# A\n"],
    ["where the right key follows", "---\nsumary: A\ntitle: B\nsummary: C\n---\n\n# A\n"],
    ["where another step may be meant", "```bash id=push undo=psuh\ngit push\n```\n"],
  ])("%s", (_name, text) => {
    expect(fixText(text, "md")).toBe(text);
  });

  test("where the key is no slip of ours", () => {
    const text = "---\ntitle: A\nrelated: B\n---\n\n# A\n";
    expect(fixText(text, "mdx")).toBe(text);
  });

  test("but a key of the same name in another map does not stand in the way", () => {
    const text =
      "---\ntitle: A\ncontacts:\n  - role: B\n    contact: C\n  - rloe: D\n    contact: E\n---\n\n# A\n";
    expect(fixText(text, "mdx")).toBe(text.replace("rloe", "role"));
  });
});

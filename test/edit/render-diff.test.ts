import { expect, test } from "vitest";
import { applyPatch } from "diff";
import { renderDiff } from "../../src/edit/render-diff.ts";

test("a difference is a unified diff with the paths that git apply expects", () => {
  expect(renderDiff("runbooks/a.md", "one\ntwo\n", "one\n2\n")).toBe(
    "--- a/runbooks/a.md\n+++ b/runbooks/a.md\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n",
  );
  expect(renderDiff("a.md", "same", "same")).toBe("");
});

test.each([
  ["a\r\nb\r\n", "a\r\nc\r\n"],
  ["no end", "no  end"],
  ["\uFEFFmark\n💥\n", "\uFEFFmark\nx\n"],
])("a difference of %j can be applied", (before, after) => {
  expect(applyPatch(before, renderDiff("a.md", before, after))).toBe(after);
});

test("a name with blanks ends with a tab, as patch needs it", () => {
  expect(renderDiff("a b.md", "--- x y\n", "+++ x y\n")).toBe(
    "--- a/a b.md\t\n+++ b/a b.md\t\n@@ -1,1 +1,1 @@\n---- x y\n++++ x y\n",
  );
});

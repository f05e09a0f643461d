import { describe, expect, test } from "vitest";
import type { ListItem } from "mdast";
import { parseMarkdown } from "../../src/parse/parse-markdown.ts";
import { renderPlainText, renderTaskText, renderTitle } from "../../src/parse/render-plain-text.ts";

describe("content becomes text for a terminal", () => {
  test.each([
    ["One line\nwrapped.\n\nAnother.", "One line wrapped.\nAnother."],
    ["Stop.  \nThen go.", "Stop.\nThen go."],
    ["Stop.<br>Then go.", "Stop.\nThen go."],
    ["- a\n- b\n  - c\n\n3. x\n4. y", "- a\n- b\n  - c\n3. x\n4. y"],
    ["Open the [board](https://example.org/a).", "Open the board (https://example.org/a)."],
    ["<https://example.org> or [this](#below)", "https://example.org or this"],
    ["| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"],
    ["```\nx\n  y\n```", "    x\n      y"],
    ["> quoted\n> text", "quoted text"],
    ["**bold** _it_ `code` ~~gone~~ ![alt](x.png)", "bold it code gone alt"],
    ["<a name='x'></a>Text<!-- hidden -->", "Text"],
    ["Restore <cluster> with `<db>`", "Restore <cluster> with <db>"],
    ["", ""],
  ])("%j", (source, expected) => {
    expect(renderPlainText(parseMarkdown(source, "md"))).toBe(expected);
  });

  test("MDX comments are left out", () => {
    const root = parseMarkdown("Do {/* not shown */}it.\n\n{/* nor this */}\n\nDone.", "mdx");
    expect(renderPlainText(root)).toBe("Do it.\nDone.");
  });
});

test("a title is one line without targets, tags and comments", () => {
  const root = parseMarkdown("a `b`\n[c](https://example.org)  \nd <a id='x'></a> {e}", "md");
  expect(renderTitle(root)).toBe("a b c d {e}");
});

test("a task's text has all of it but the tasks below it", () => {
  const source =
    "- [ ] Check the board:\n  - CPU\n  - memory\n  - [ ] disks\n\n  Then write it down.";
  const [list] = parseMarkdown(source, "md").children;
  const item = list?.type === "list" ? list.children[0] : undefined;
  expect(renderTaskText(item as ListItem)).toBe(
    "Check the board:\n- CPU\n- memory\nThen write it down.",
  );
});

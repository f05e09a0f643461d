import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { describe, expect, test } from "vitest";
import { parseMarkdown } from "../../src/parse/parse-markdown.ts";

describe("parseMarkdown", () => {
  test.each([
    ["headings and text", "# One\n\nText with *emphasis* and `code`.\n\n## Two\n"],
    ["fences", "```bash timeout=3s\necho hi\n```\n\n~~~\ntext\n~~~\n"],
    [
      "lists and quotes",
      "- one\n  - two\n\n    ```sh\n    ls\n    ```\n\n> quoted\n> ```sh\n> ls\n> ```\n",
    ],
    ["placeholders in prose", "Put <name> in {braces}, see <https://example.org>.\n"],
  ])("reads CommonMark as remark itself does: %s", (_what, text) => {
    expect(parseMarkdown(text, "md")).toEqual(remark().parse(text));
  });

  const gfm = remark().use(remarkGfm);

  test.each([
    [
      "an address in text",
      "See https://example.org/a and www.example.org, or write to a@example.org.\n",
    ],
    ["an address behind a reference", "Write to a&#64;example.org, see http&#58;//example.org\n"],
    ["an address in capitals", "WWW.example.org and HTTPS://example.org\n"],
    [
      "addresses in links alone",
      "[a](https://example.org) <https://example.org> [b][c]\n\n[c]: www.example.org\n",
    ],
    [
      "an address in a heading, a cell and a note",
      "# a@b.org\n\n| www.a.org |\n| - |\n| b |\n\n[^1]: https://c.org\n\nx[^1]\n",
    ],
    ["none", "- [ ] one ~~two~~ `a@b.org`\n"],
    ["an address with a placeholder", "http://<host>/x and `http://x` and a @mention\n"],
  ])("reads GFM as remark-gfm itself does: %s", (_what, text) => {
    expect(parseMarkdown(text, "md")).toEqual(gfm.parse(text));
  });

  test("knows task lists and front matter, which CommonMark does not", () => {
    const tree = parseMarkdown("---\ntitle: T\n---\n\n- [x] done\n", "md");
    expect(tree.children.map(({ type }) => type)).toEqual(["yaml", "list"]);
    expect(tree.children[1]).toMatchObject({ children: [{ checked: true }] });
  });

  test("evaluates nothing of MDX: an expression is its text", () => {
    const tree = parseMarkdown("{process.exit(1)}\n", "mdx");
    expect(tree.children[0]).toMatchObject({ type: "mdxFlowExpression", value: "process.exit(1)" });
  });

  test("throws where MDX does not parse, with the place", () => {
    expect(() => parseMarkdown("text\n\n<open>\n", "mdx")).toThrow("`<open>` (3:1-3:7)");
    expect(() => parseMarkdown("text\n\n{open\n", "mdx")).toThrow(
      expect.objectContaining({ line: 4 }) as Error,
    );
  });
});

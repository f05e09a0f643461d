import { describe, expect, test } from "vitest";
import { describeProblems } from "./describe-problems.ts";
import { fencesOf, head, parseText, textAt } from "./parse-text.ts";

describe("fences", () => {
  test.each([
    ["at the top", "```bash timeout=3s\necho hi\n```\n", [1, 1], [2, 1]],
    ["in a list", "- a\n\n  ```bash timeout=3s\n  echo hi\n  ```\n", [3, 3], [4, 1]],
    [
      "two lists deep",
      "- a\n  1. b\n\n     ```bash timeout=3s\n     echo hi\n     ```\n",
      [4, 6],
      [5, 1],
    ],
    ["in a quote", "> ```bash timeout=3s\n> echo hi\n> ```\n", [1, 3], [2, 1]],
    [
      "in a quote in a list",
      "- a\n\n  > ```bash timeout=3s\n  > echo hi\n  > ```\n",
      [3, 5],
      [4, 1],
    ],
    ["behind a list marker", "- ```bash timeout=3s\n  echo hi\n  ```\n", [1, 3], [2, 1]],
    ["with tildes", "~~~bash timeout=3s\necho hi\n~~~\n", [1, 1], [2, 1]],
    ["with a longer closer", "```bash timeout=3s\necho hi\n`````\n", [1, 1], [2, 1]],
    ["with blanks behind the closer", "```bash timeout=3s\necho hi\n```  \n", [1, 1], [2, 1]],
    ["with blanks before the closer", "```bash timeout=3s\necho hi\n   ```\n", [1, 1], [2, 1]],
    ["indented by three", "   ```bash timeout=3s\n   echo hi\n   ```\n", [1, 4], [2, 1]],
    ["with CRLF", "# A\r\n\r\n```bash timeout=3s\r\necho hi\r\n```\r\n", [3, 1], [4, 1]],
    ["at the end of the file", "```bash timeout=3s\necho hi\n```", [1, 1], [2, 1]],
    ["behind emoji", "😀 `😀`\n\n```bash timeout=3s\necho hi\n```\n", [3, 1], [4, 1]],
    [
      "indented by a tab in a list",
      "1.\ta\n\n\t```bash timeout=3s\n\techo hi\n\t```\n",
      [3, 2],
      [4, 1],
    ],
  ] as const)("%s have their place", (_name, text, [line, column], [codeLine, codeColumn]) => {
    const { value, diagnostics } = parseText(text);
    expect(diagnostics).toEqual([]);
    const [fence, ...others] = value?.blocks.filter((block) => block.kind === "fence") ?? [];
    expect(others).toEqual([]);
    expect(fence).toMatchObject({ language: "bash", meta: "timeout=3s", code: "echo hi" });
    expect(fence?.span.start).toMatchObject({ line, column });
    expect(fence?.codeSpan.start).toMatchObject({ line: codeLine, column: codeColumn });
    expect(textAt(text, fence?.metaSpan)).toBe("timeout=3s");
    expect(textAt(text, fence?.codeSpan)?.endsWith("echo hi")).toBe(true);
  });

  test.each([
    ["", "```\n```\n"],
    ["", "```\n\n```\n"],
    ["\na\n", "```\n\na\n\n```\n"],
    ["  a", "```\n  a\n```\n"],
    ["> a", "```\n> a\n```\n"],
    ["```", "````\n```\n````\n"],
    ["~~~", "```\n~~~\n```\n"],
    ["a\nb", "```\r\na\r\nb\r\n```\r\n"],
  ])("have the code %j", (code, text) => {
    expect(fencesOf(text).map((fence) => fence.code)).toEqual([code]);
    expect(parseText(text).diagnostics).toEqual([]);
  });

  test.each([
    ["```bash  title=x   check  \ntrue\n```\n", "title=x   check"],
    ["``` bash\ttitle=x\ntrue\n```\n", "title=x"],
    ['```bash capture="V=/v(\\d+\\.\\d+)/"\ntrue\n```\n', 'capture="V=/v(\\d+\\.\\d+)/"'],
    ['```bash title="a \\"b\\" &amp; \\*c\\*"\ntrue\n```\n', 'title="a \\"b\\" &amp; \\*c\\*"'],
    ["```bash\ntrue\n```\n", ""],
    ["~~~bash a`b`\ntrue\n~~~\n", "a`b`"],
    ["```bash bash\ntrue\n```\n", "bash"],
  ])("%j has its text behind the language as written", (text, meta) => {
    for (const source of [
      text,
      text.replace(/^/gm, "> "),
      text.replace(/^/gm, "  ").replace("  ", "- "),
    ]) {
      const [fence] = fencesOf(source);
      expect(fence?.meta).toBe(meta);
      expect(textAt(source, fence?.metaSpan)).toBe(meta);
    }
  });

  test("code without a fence is indented code", () => {
    expect(fencesOf("text\n\n    echo hi\n\ntext\n")).toMatchObject([
      { isIndented: true, code: "echo hi", meta: "" },
    ]);
  });
});

describe("fences that nothing closes", () => {
  test.each([
    ["at the end of the file", "```sh\necho\n", ['unclosed-fence 1:1 "```sh"']],
    ["without a last newline", "```sh\necho", ['unclosed-fence 1:1 "```sh"']],
    ["with nothing in them", "```sh", ['unclosed-fence 1:1 "```sh"']],
    ["with an empty line in them", "```sh\n\n", ['unclosed-fence 1:1 "```sh"']],
    ["with tildes", "~~~ sh x=1  \necho\n```\n", ['unclosed-fence 1:1 "~~~ sh x=1"']],
    ["with too short a closer", "````sh\necho\n```\n", ['unclosed-fence 1:1 "````sh"']],
    ["with a closer that says more", "```sh\necho\n``` sh\n", ['unclosed-fence 1:1 "```sh"']],
    ["with a closer too far in", "```sh\necho\n    ```", ['unclosed-fence 1:1 "```sh"']],
    ["with a quoted closer as code", "> ```sh\n> > ```\n\ntext\n", ['unclosed-fence 1:3 "```sh"']],
    ["ended by their list item", "- ```sh\n  echo\n\ntext\n", ['unclosed-fence 1:3 "```sh"']],
    [
      "since the closer stands outside of the list",
      "- a\n  ```sh\n  echo\n```\n\n## Next\n",
      ['unclosed-fence 2:3 "```sh"', 'unclosed-fence 4:1 "```"'],
    ],
  ])("%s", (_name, text, expected) => {
    expect(describeProblems(parseText(text).diagnostics, text)).toEqual(expected);
  });
});

describe("headings", () => {
  const headings = (text: string, format: "md" | "mdx" = "md"): unknown =>
    parseText(text, format).value?.blocks.flatMap((block) =>
      block.kind === "heading" ? [`${block.depth} ${block.slug} | ${block.text}`] : [],
    );

  test.each([
    ["# A\n## B c\n### B c\n", ["1 a | A", "2 b-c | B c", "3 b-c-1 | B c"]],
    ["A\n===\n\nB\n---\n", ["1 a | A", "2 b | B"]],
    ["# Push `main` to [x](y) *now*\n", ["1 push-main-to-x-now | Push main to x now"]],
    ['## <a name="x"></a>Title <!-- c -->\n', ["2 title | Title"]],
    ["# Ä & ß — ok?\n", ["1 ä--ß--ok | Ä & ß — ok?"]],
    ["## 🚀\n## 🚀\n##\n", ["2 section | 🚀", "2 section-1 | 🚀", "2 section-2 | "]],
    ["## 🚀 Deploy\n", ["2 -deploy | 🚀 Deploy"]],
    ["# constructor\n# __proto__\n", ["1 constructor | constructor", "1 proto | proto"]],
    ["> # in a quote\n\n- # in a list\n", []],
  ])("%j", (text, expected) => {
    expect(headings(text)).toEqual(expected);
  });

  test("in .mdx stand in components and HTML too, and comments are not theirs", () => {
    const text = `${head}# A {/* c */}\n\n<Note>\n## B\n</Note>\n\n<details>\n## C\n</details>\n`;
    expect(headings(text, "mdx")).toEqual(["1 a | A", "2 b | B", "2 c | C"]);
  });
});

describe("tasks", () => {
  test("have their first words as title, all else in their text, and tasks below them of their own", () => {
    const text = "- [ ] One\n  line\n\n  more\n  - sub\n  - [x] two\n- three\n\n1. [ ] four\n";
    const tasks = parseText(text).value?.blocks.filter((block) => block.kind === "task");
    expect(tasks).toMatchObject([
      { title: "One line", text: "One line\nmore\n- sub", isChecked: false, within: [] },
      { title: "two", text: "two", isChecked: true, within: [0] },
      { title: "four", text: "four", isChecked: false, within: [] },
    ]);
  });
});

describe("MDX is never code", () => {
  test.each([
    ["an import", `import x from "y"\n`, ['mdx-import 4:1 "import x from \\"y\\""']],
    ["an export", "export const a = 1\n", ['mdx-export 4:1 "export const a = 1"']],
    [
      "both behind each other",
      `import x from "y"\nexport const a = 1\n`,
      ['mdx-import 4:1 "import x from \\"y\\""', 'mdx-export 5:1 "export const a = 1"'],
    ],
    ["an expression in prose", "a {process.exit()} b\n", ['mdx-expression 4:3 "{process.exit()}"']],
    ["an expression alone", "{process.exit()}\n", ['mdx-expression 4:1 "{process.exit()}"']],
    ["in a heading", "# A {b}\n", ['mdx-expression 4:5 "{b}"']],
    ["in an attribute", "<Note title={b} />\n", ['mdx-expression 4:7 "title={b}"']],
    ["spread into attributes", "<Note {...b} />\n", ['mdx-expression 4:7 "{...b}"']],
    ["in an attribute of HTML", "<b onClick={c()}>d</b>\n", ['mdx-expression 4:4 "onClick={c()}"']],
    [
      "in a component in HTML in a list",
      "- <b><Note>{c}</Note></b>\n",
      ['mdx-expression 4:12 "{c}"'],
    ],
    ["in a template", "<Note title={`${b}`} />\n", ['mdx-expression 4:7 "title={`${b}`}"']],
    ["beside a comment", "{/* a */ b() /* c */}\n", ['mdx-expression 4:1 "{/* a */ b() /* c */}"']],
    ["with a comment sign in text", '{"//" + b()}\n', ['mdx-expression 4:1 "{\\"//\\" + b()}"']],
    [
      "a component in an attribute",
      "<Note title={<b>x</b>} />\n",
      ['mdx-expression 4:7 "title={<b>x</b>}"'],
    ],
  ])("%s", (_name, body, expected) => {
    const text = head + body;
    expect(describeProblems(parseText(text, "mdx").diagnostics, text)).toEqual(expected);
  });

  test.each([
    "{/* a comment */}\n",
    "text {/* a comment */} text\n",
    "{\n  // a comment\n}\n",
    "{}\n",
    "<Note title={'x'} n={3} is={true} t={`x`} />\n",
    "`{code}`\n\n```bash\necho ${A}\n```\n",
    "To import is a word in prose\n",
    "\\{braces\\} and \\<tags>\n",
  ])("%j is fine", (body) => {
    expect(parseText(head + body, "mdx").diagnostics).toEqual([]);
  });

  test.each([
    ["an HTML comment", "a\n\n<!-- b -->\n", "mdx-syntax 6:2", /comment in MDX/],
    ["a placeholder", "use <commit> now\n", "mdx-syntax 4:5", /closing tag/],
    ["an open brace", "a {b\n", "mdx-syntax 4:", /closing brace/],
    ["a tag that nothing closes", "a\n\n<Note>\n\nb\n", "mdx-syntax 6:1", /closing tag/],
    ["a closer of nothing", "a\n\n</Note>\n", "mdx-syntax 6:", /closing/],
    ["tags that cross", "<Note>*<Tip>*</Tip></Note>\n", "mdx-syntax 4:", /closing/],
    ["an address in brackets", "see <https://example.org>\n", "mdx-syntax 4:", /character|closing/],
    ["prose that begins like code", "import the dump\n", "mdx-syntax 4:", /import/],
    ["no expression", "{a b c}\n", "mdx-syntax 4:", /acorn/],
  ])("%s is one problem at its place", (_name, body, expected, reason) => {
    const text = head + body;
    const { value, diagnostics } = parseText(text, "mdx");
    expect(value).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(describeProblems(diagnostics, text)[0]?.startsWith(expected)).toBe(true);
    expect(diagnostics[0]?.args).toHaveProperty("reason", expect.stringMatching(reason));
  });

  test("what comes before a syntax error is still told", () => {
    const text = "---\ntitle: T\ntitle: U\n---\n\ncafÃ© <open\n";
    const codes = parseText(text, "mdx").diagnostics.map(({ code }) => code);
    expect(codes).toEqual(["broken-characters", "front-matter-syntax", "mdx-syntax"]);
  });

  test("in .md all of this is text", () => {
    const text =
      'import x from "y"\n\n{process.exit()} <commit> <!-- a -->\n\n<Manual>b</Manual>\n';
    const { value, diagnostics } = parseText(text, "md");
    expect(diagnostics).toEqual([]);
    expect(value?.blocks).toEqual([]);
  });
});

describe("components", () => {
  test("have literal attributes with their places, and name what they stand in", () => {
    const text = `${head}<Choice input="M">\n<Option value={3} label>\n\`\`\`sh\na\n\`\`\`\n</Option>\n</Choice>\n`;
    const blocks = parseText(text, "mdx").value?.blocks ?? [];
    expect(blocks.map(({ kind, within }) => [kind, within])).toEqual([
      ["component", []],
      ["component", [0]],
      ["fence", [0, 1]],
    ]);
    const [, option] = blocks;
    const attributes = option?.kind === "component" ? [...option.attributes] : [];
    expect(attributes.map(([name, { value, span }]) => [name, value, textAt(text, span)])).toEqual([
      ["value", 3, "value={3}"],
      ["label", true, "label"],
    ]);
  });

  test("are told from HTML by their first letter, and by a dot", () => {
    const text = `${head}<div><Manual>a</Manual><b>c</b><foo.Bar /></div>\n`;
    const names = parseText(text, "mdx").value?.blocks.map((block) =>
      block.kind === "component" ? block.name : block.kind,
    );
    expect(names).toEqual(["Manual", "foo.Bar"]);
  });
});

test("links, images and definitions are listed as written", () => {
  const text =
    "[a](b.md#c) ![d](e.png) [f] <https://example.org> www.example.org\n\n[f]: ../g 'h'\n";
  expect(
    parseText(text).value?.links.map(({ target, span }) => [target, textAt(text, span)]),
  ).toEqual([
    ["b.md#c", "[a](b.md#c)"],
    ["e.png", "![d](e.png)"],
    ["https://example.org", "<https://example.org>"],
    ["http://www.example.org", "www.example.org"],
    ["../g", "[f]: ../g 'h'"],
  ]);
});

describe("documents that no person wrote", () => {
  test.each([
    ["quotes", ">".repeat(4000)],
    ["lists", "- ".repeat(400)],
    ["emphasis", "*a ".repeat(1000)],
    ["brackets", "[".repeat(2000)],
    ["back-ticks", "`".repeat(20_000)],
    ["one long line", "a".repeat(300_000)],
    ["many headings", "# a\n".repeat(1000)],
  ])("of %s do not crash, in either format", (_name, body) => {
    for (const format of ["md", "mdx"] as const) {
      const { diagnostics } = parseText(format === "mdx" ? head + body : body, format);
      expect(
        diagnostics.filter(({ code }) => code !== "mdx-syntax" && code !== "unclosed-fence"),
      ).toEqual([]);
    }
  });

  test("with components inside each other hundreds of times", () => {
    const text = `${head}${"<Note>".repeat(400)}x${"</Note>".repeat(400)}\n`;
    expect(parseText(text, "mdx").value?.blocks).toHaveLength(400);
  });
});

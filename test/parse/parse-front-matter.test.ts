import { describe, expect, test } from "vitest";
import { describeProblems } from "./describe-problems.ts";
import { parseText, textAt } from "./parse-text.ts";

describe("spans of keys", () => {
  const lines = [
    "---",
    "title: T 😀",
    "inputs:",
    "  COMMIT: { type: git-ref, choices: [a, b] }",
    "contacts:",
    "  - role: Ä",
    "    contact: x",
    "---",
    "# A",
    "",
  ];
  test.each([
    ["\n", "LF"],
    ["\r\n", "CRLF"],
    ["\r", "CR"],
  ])("are those of the document with %j", (ending) => {
    const text = lines.join(ending);
    const spans = parseText(text, "mdx").value?.frontMatter?.spans;
    expect([...(spans?.keys() ?? [])]).toEqual([
      "",
      "title",
      "inputs",
      "inputs.COMMIT",
      "inputs.COMMIT.type",
      "inputs.COMMIT.choices",
      "inputs.COMMIT.choices.0",
      "inputs.COMMIT.choices.1",
      "contacts",
      "contacts.0",
      "contacts.0.role",
      "contacts.0.contact",
    ]);
    for (const [key, span] of spans ?? []) {
      const last = key.split(".").at(-1) ?? "";
      if (/^[a-zA-Z]/.test(last)) expect(textAt(text, span)).toBe(last);
    }
    expect(spans?.get("inputs.COMMIT.type")?.start).toMatchObject({ line: 4, column: 13 });
    expect(spans?.get("contacts.0.contact")?.start).toMatchObject({ line: 7, column: 5 });
    expect(spans?.get("")?.end).toMatchObject({ line: 8, column: 4 });
  });
});

describe("YAML that does not parse is told at its place, and the front matter is known to be broken", () => {
  test.each([
    [
      "a key twice",
      "title: T\ntitle: U",
      'front-matter-syntax 3:1 "title"',
      /`title` is there twice/,
    ],
    ["a tab", "title: T\nx:\n\ty: 1", 'front-matter-syntax 4:1 "\\t"', /[Tt]ab/],
    ["a colon in text", "title: a: b", "front-matter-syntax 2:8", /./],
    ["an open list", "title: [a", "front-matter-syntax 2:10", /./],
    ["an open quote", 'title: "a', "front-matter-syntax 2:10", /quote/],
    ["an unknown alias", "title: *x", "front-matter-syntax 1:1", /alias/],
    [
      "aliases that multiply",
      `a: &a [${"x,".repeat(9)}]\nb: &b [${"*a,".repeat(9)}]\nc: &c [${"*b,".repeat(9)}]\nd: [${"*c,".repeat(9)}]`,
      "front-matter-syntax 1:1",
      /alias/,
    ],
    [
      "thousands of lists in each other",
      `a: ${"[".repeat(5000)}`,
      "front-matter-syntax",
      /nested too deeply|sufficiently/,
    ],
  ])("%s", (_name, yaml, expected, reason) => {
    const text = `---\n${yaml}\n---\n# A\n`;
    const { value, diagnostics } = parseText(text, "mdx");
    expect(describeProblems(diagnostics, text)[0]?.startsWith(expected)).toBe(true);
    expect(diagnostics.every(({ code }) => code === "front-matter-syntax")).toBe(true);
    expect(diagnostics[0]?.args).toHaveProperty("reason", expect.stringMatching(reason));
    expect(value?.frontMatter).toBeDefined();
    expect(value?.frontMatter?.data).toBeUndefined();
  });
});

describe("what is no map", () => {
  test.each([
    ["", null],
    ["just text", "just text"],
    ["- a", ["a"]],
    ["# only a comment", null],
  ])("%j is given as it is", (yaml, data) => {
    expect(parseText(`---\n${yaml}\n---\n`).value?.frontMatter?.data).toEqual(data);
  });

  test("no front matter is none, and missing in .mdx alone", () => {
    expect(parseText("# A\n", "md")).toMatchObject({ diagnostics: [] });
    expect(parseText("# A\n", "md").value?.frontMatter).toBeUndefined();
    expect(parseText("# A\n", "mdx").diagnostics).toMatchObject([{ code: "front-matter-missing" }]);
  });

  test.each([
    "---\ntitle: T\n# A\n",
    "\n---\ntitle: T\n---\n",
    " ---\ntitle: T\n---\n",
    "----\na: 1\n----\n",
  ])("%j has none", (text) => {
    expect(parseText(text, "md").value?.frontMatter).toBeUndefined();
  });
});

test("dates stay text, names of every object are keys like others", () => {
  const { value } = parseText(
    "---\ncreated: 2026-01-28\n__proto__: { polluted: 1 }\nconstructor: 2\n---\n",
  );
  const data = value?.frontMatter?.data as Record<string, unknown>;
  expect(data["created"]).toBe("2026-01-28");
  expect(Object.keys(data)).toEqual(["created", "__proto__", "constructor"]);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

import { describe, expect, test } from "vitest";
import { compileText, fence, problemsOf, stepsOf } from "./compile-text.ts";

describe("front matter of other tools", () => {
  test.each([
    [
      "Hugo",
      "title: Disk full\nweight: 20\ndate: 2024-01-02T03:04:05Z\ndraft: false\nmenu: { main: {} }",
    ],
    ["Jekyll", "layout: page\npermalink: /a/\ncategories: [a]\ncreator: Bob\nrelated: [b]"],
    ["Docusaurus", "id: a\nsidebar_label: A\ncontents: true\nslug: /a"],
    [
      "govuk tech docs",
      "owner_slack: '#ops'\nlast_reviewed_on: 2024-01-02\nreview_in: 6 months\nreviewer: Bob",
    ],
    ["a plain comment", "# nothing here"],
    ["names of every object", "constructor: 1\n__proto__: { a: 1 }\ntoString: x"],
  ])("%s gives no problem", (_tool, yaml) => {
    const { value, diagnostics } = compileText(
      `---\n${yaml}\n---\n# A\n${fence("sh", "ls")}`,
      "md",
    );
    expect(diagnostics).toEqual([]);
    expect(Object.keys(value?.frontMatter ?? {})).toEqual(["title"]);
  });

  test("known keys with values of another shape are told and left out", () => {
    const text = `---\ntags: a, b\nowner: [x]\nstatus: published\n---\n# A\n${fence("sh")}`;
    expect(problemsOf(text, "md")).toEqual([
      'info invalid-value 2:1 "tags"',
      'info invalid-value 3:1 "owner"',
      'info invalid-value 4:1 "status"',
    ]);
  });

  test("a rule at the top is no mistake", () => {
    const text = `---\nSome text\n---\n# A\n${fence("sh")}`;
    expect(problemsOf(text, "md")).toEqual(['info invalid-value 1:1 "---\\nSome text\\n---"']);
  });

  test("a slip in a key of ours is an error", () => {
    const text = `---\ntimeot: 3s\nreviewd: 2026-01-01\n---\n# A\n${fence("sh")}`;
    expect(problemsOf(text, "md")).toEqual([
      'unknown-key 2:1 "timeot"',
      'unknown-key 3:1 "reviewd"',
    ]);
  });
});

describe("info strings of other tools", () => {
  test.each([
    ["bash {linenos=true}", ["{linenos=true}"]],
    ["bash {hl_lines=[1,2] linenostart=5}", ["{hl_lines=[1,2] linenostart=5}"]],
    ["sh { name=x interactive=false }", ["{ name=x interactive=false }"]],
    ['sh {"name":"x","interactive":"false"}', ['{"name":"x","interactive":"false"}']],
    ["bash{1,3}", []],
    ["bash{1,3} showLineNumbers", ["showLineNumbers"]],
    ["bash:install.sh", []],
    ["bash,ignore", []],
    ['sh title="x"', []],
    ["bash interactive=false background=false", []],
    [
      "bash step=1 edit=x sample related=3 file=a.sh",
      ["step=1", "edit=x", "sample", "related=3", "file=a.sh"],
    ],
    ["bash -x", ["-x"]],
    ["bash linenums=\"1\" hl_lines='2 3'", ['linenums="1"', "hl_lines='2 3'"]],
  ])("%s", (info, foreign) => {
    const text = fence(info, "ls");
    const { value, diagnostics } = compileText(text, "md");
    expect(diagnostics.map(({ code, args, severity }) => [code, args, severity])).toEqual(
      foreign.map((one) => ["foreign-attribute", { text: one }, "info"]),
    );
    expect(value?.steps).toMatchObject([{ kind: "command", script: "ls", isRunnable: true }]);
  });

  test("transcripts too", () => {
    expect(stepsOf(fence("console?lang=sh", "$ ls\na"), "md")).toEqual([
      'command step | ls | "ls" → "a"',
    ]);
  });

  test.each(["timeot=30s", "chek", "continue-on-eror", "no_run"])("%s is an error", (attribute) => {
    expect(problemsOf(fence(`bash ${attribute}`), "md")).toEqual([
      `unknown-attribute 1:9 ${JSON.stringify(attribute)}`,
    ]);
  });

  test("in languages that are text nothing is looked at", () => {
    expect(
      problemsOf(fence("yaml timeot=30s {a}") + fence("{.bash}") + fence("python x=1"), "md"),
    ).toEqual([]);
  });
});

describe("prose does no harm", () => {
  test.each([
    "Replace <commit> and {name} by yours, see <https://example.org>, <5, a < b.\n",
    "<!-- a comment -->\n\n<details><summary>More</summary>\n\ntext\n\n</details>\n",
    "import x from 'y'\n\nexport default 1\n",
    "!!! note\n    indented\n\n    ls -l\n",
    "| a | b |\n|---|---|\n| <none> | `{}` |\n",
    "{{< highlight bash >}}\nls\n{{< /highlight >}}\n",
    "[a]: <b> 'c'\n\n[a] [^1]\n\n[^1]: note\n",
  ])("%j", (text) => {
    expect(problemsOf(text, "md")).toEqual([]);
    expect(stepsOf(text, "md")).toEqual([]);
  });
});

describe("blanks, variables and syntax are told and stop nothing but their own step", () => {
  test("with the severity of somebody else's text", () => {
    const text =
      fence("sh", "git revert <commit>") + fence("sh", "echo $NAME") + fence("sh", "if true; then");
    const severities = compileText(text, "md").diagnostics.map(({ code, severity }) => [
      code,
      severity,
    ]);
    expect(severities).toEqual([
      ["placeholder", "warning"],
      ["undeclared-variable", "info"],
      ["shell-syntax", "warning"],
    ]);
  });

  test("variables that nothing sets are inputs, once each, whatever their names", () => {
    const text =
      fence("sh", 'B=1\necho "$A" $B $HOME ${C:-x} $constructor') +
      fence("sh norun", "D=1") +
      fence("sh", "echo $A $D $__proto__");
    const { inputs } = compileText(text, "md").value?.frontMatter ?? {};
    expect(Object.keys(inputs ?? {})).toEqual(["A", "constructor", "D", "__proto__"]);
    expect(inputs?.["A"]).toMatchObject({ type: "string", required: true });
    expect(Object.getOwnPropertyDescriptor(inputs, "constructor")?.value).toMatchObject({
      type: "string",
    });
  });

  test("none are implied in .mdx", () => {
    const { value } = compileText(`---\ntitle: T\n---\n${fence("sh", "echo $A")}`);
    expect(value?.frontMatter.inputs).toBeUndefined();
  });
});

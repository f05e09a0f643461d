import { describe, expect, test } from "vitest";
import { compileText, fence, mdx, problemsOf, stepsOf } from "./compile-text.ts";
import { textAt } from "../parse/parse-text.ts";

describe("ids", () => {
  test.each([
    ["come from the section", `# Push it\n${fence("sh")}`, ["push-it"]],
    ["are numbered from 2", `# A\n${fence("sh")}${fence("sh")}- [ ] b\n`, ["a", "a-2", "a-3"]],
    ["are `step` before the first heading", fence("sh") + fence("sh"), ["step", "step-2"]],
    ["are those that the author wrote", `# A\n${fence("sh id=x")}${fence("sh")}`, ["x", "a"]],
    [
      "never take one that is written later",
      `# A\n${fence("sh")}${fence("sh")}${fence("sh id=a")}`,
      ["a-2", "a-3", "a"],
    ],
    ["of headings with signs in front have none", `# 🚀 Deploy\n${fence("sh")}`, ["deploy"]],
    [
      "of headings of signs alone",
      `# 🚀\n${fence("sh")}# ✅\n${fence("sh")}`,
      ["section", "section-1"],
    ],
    ["of the same headings", `# A\n${fence("sh")}# A\n${fence("sh")}`, ["a", "a-1"]],
    [
      "that meet a numbered heading",
      `# A\n${fence("sh")}${fence("sh")}# A 2\n${fence("sh")}`,
      ["a", "a-2", "a-2-2"],
    ],
    [
      "of every object",
      `# constructor\n${fence("sh")}# __proto__\n${fence("sh")}`,
      ["constructor", "proto"],
    ],
    [
      "in transcripts count on from the written one",
      fence("console id=x", "$ a\n$ b\n$ c"),
      ["x", "x-2", "x-3"],
    ],
  ])("%s", (_name, body, expected) => {
    const { value, diagnostics } = compileText(mdx(body));
    expect(diagnostics).toEqual([]);
    expect(value?.steps.map(({ id }) => id)).toEqual(expected);
  });

  test("written twice are told with where the first one is, and the second step gets another", () => {
    const text = mdx(`# A\n${fence("sh id=x")}${fence("sh id=x")}<Manual id="x">b</Manual>\n`);
    const { value, diagnostics } = compileText(text);
    expect(diagnostics.map(({ code, args, span }) => [code, args, span?.start.line])).toEqual([
      ["duplicate-step-id", { id: "x", firstLine: 5 }, 8],
      ["duplicate-step-id", { id: "x", firstLine: 5 }, 11],
    ]);
    expect(value?.steps.map(({ id }) => id)).toEqual(["x", "a", "a-2"]);
  });

  test.each(["a/b", "a b", "-a", "", "ä", "../x"])("%j is none on a component", (id) => {
    const text = mdx(`<Manual id="${id}">b</Manual>\n`);
    expect(problemsOf(text)).toEqual([`invalid-step-id 4:9 ${JSON.stringify(`id="${id}"`)}`]);
    expect(stepsOf(text)).toEqual(['manual step | b | "b"']);
  });
});

describe("titles", () => {
  test.each([
    ["of the author", `# A\n${fence('sh title="B c"')}`, ["B c"]],
    ["of the section", `# A\n## B\n${fence("sh")}`, ["B"]],
    [
      "of the task",
      `# A\n- [ ] Do *this*\n  now\n\n  more\n\n  \`\`\`sh\n  true\n  \`\`\`\n`,
      ["Do this now"],
    ],
    ["of the command", fence("sh", "\n  ls -l\ntrue"), ["ls -l"]],
    ["of the command below an empty heading", `#\n${fence("sh", "ls")}`, ["ls"]],
    ["of a Manual without heading", "<Manual>\nOpen it.\n\nClose it.\n</Manual>\n", ["Open it."]],
    ["of an Include without heading", '<Include runbook="b" />\n', ["Include b"]],
  ])("%s", (_name, body, expected) => {
    expect(compileText(mdx(body)).value?.steps.map(({ title }) => title)).toEqual(expected);
  });
});

describe("what is a step", () => {
  test.each([
    [
      "shell fences",
      [fence("bash", "a"), fence("sh", "b"), fence("shell", "c"), fence("BASH", "d")],
      ["a", "b", "c", "d"],
    ],
    ["other shells", [fence("zsh", "a"), fence("fish", "b"), fence("pwsh", "c")], ["a", "b", "c"]],
    [
      "no other language",
      [fence("python", "a"), fence("json", "{}"), fence("", "b"), fence("text", "c")],
      [],
    ],
    [
      "other languages that say run",
      [fence("python run", "a"), fence("js run", "b"), fence("sql run", "c")],
      ["a", "b", "c"],
    ],
    ["no language that says that it is not run", [fence("python run=false", "a")], []],
    [
      "no fence without a language that is unknown",
      [fence("mermaid", "a"), fence("yaml", "b")],
      [],
    ],
  ])("%s", (_name, fences, expected) => {
    const { value, diagnostics } = compileText(fences.join("\n"), "md");
    expect(diagnostics).toEqual([]);
    expect(value?.steps.map((step) => (step.kind === "command" ? step.script : step))).toEqual(
      expected,
    );
  });

  test.each([
    ["norun", fence("sh norun", "a")],
    ["example", fence("sh example", "a")],
    ["nothing in it", fence("sh", "")],
    ["blank lines in it", fence("sh", "\n  \n")],
    ["a Manual around it", `<Manual>\nb\n\n${fence("sh", "a")}</Manual>\n`],
    ["comments alone and norun", fence("sh norun", "# a")],
  ])("a block with %s is shown and never run", (_name, body) => {
    const steps = compileText(mdx(body + fence("sh", "other"))).value?.steps ?? [];
    const commands = steps.filter((step) => step.kind === "command");
    expect(commands.map(({ isRunnable }) => isRunnable)).toEqual([false, true]);
  });

  test("comments alone are a step by hand", () => {
    expect(
      stepsOf(mdx(`# A\n${fence("sh", "# Open the board\n#   and close it\n\n## twice")}`)),
    ).toEqual(['manual a | A | "Open the board\\n  and close it\\n\\ntwice"']);
  });

  test("comments in a Manual are no step of their own", () => {
    expect(stepsOf(mdx(`<Manual title="B">\nb\n\n${fence("sh", "# c")}</Manual>\n`))).toEqual([
      'manual step | B | "b\\n    # c"',
      'command step-2 | "# c" (shown)'.replace("| ", "| # c | "),
    ]);
  });

  test("a language that says run and that nothing runs is an error in .mdx, and text in .md", () => {
    const text = fence("pyton run", "x");
    expect(compileText(mdx(text)).diagnostics[0]).toMatchObject({
      code: "no-interpreter",
      args: { language: "pyton", nearest: "python" },
    });
    expect(problemsOf(text, "md")).toEqual([]);
  });
});

describe("task lists", () => {
  test.each([
    [
      "are steps by hand",
      "- [ ] a\n- [x] b\n- c\n",
      ['manual step | a | "a"', 'manual step-2 | b | "b"'],
    ],
    ["with more text have all of it", "- [ ] a\n  - b\n", ['manual step | a | "a\\n- b"']],
    ["with a command are done by it", "- [ ] a\n  ```sh\n  b\n  ```\n", ['command step | a | "b"']],
    ["with a transcript too", "- [ ] a\n  ```console\n  $ b\n  ```\n", ['command step | a | "b"']],
    [
      "with comments are done by these",
      "- [ ] a\n  ```sh\n  # b\n  ```\n",
      ['manual step | a | "b"'],
    ],
    [
      "with glued attributes too",
      "- [ ] a\n  ```bash{1}\n  b\n  ```\n",
      ['command step | a | "b"'],
    ],
    [
      "with a shown command are done by hand",
      "- [ ] a\n  ```sh norun\n  b\n  ```\n",
      ['manual step | a | "a\\n    b"', 'command step-2 | a | "b" (shown)'],
    ],
    [
      "with text in a language are done by hand",
      "- [ ] a\n  ```python\n  b\n  ```\n",
      ['manual step | a | "a\\n    b"'],
    ],
    [
      "with a transcript without prompt are done by hand",
      "- [ ] a\n  ```console\n  b\n  ```\n",
      ['manual step | a | "a\\n    b"'],
    ],
    [
      "in each other are each a step",
      "- [ ] a\n  - [ ] b\n    ```sh\n    c\n    ```\n  - [ ] d\n",
      ['manual step | a | "a"', 'command step-2 | b | "c"', 'manual step-3 | d | "d"'],
    ],
    ["in quotes too", "> - [ ] a\n", ['manual step | a | "a"']],
    ["without words", "- [ ] <!-- a -->\n", ['manual step | (an empty task) | "(an empty task)"']],
  ])("%s", (_name, text, expected) => {
    expect(stepsOf(text, "md")).toEqual(expected);
  });

  test("in a Manual are its words", () => {
    expect(stepsOf(mdx("<Manual title='A'>\n- [ ] b\n- [ ] c\n</Manual>\n"))).toEqual([
      'manual step | A | "- b\\n- c"',
    ]);
  });
});

describe("transcripts", () => {
  test("are a step a command, each with its own output and place", () => {
    const text = "> ```console\n> $ git revert <commit>\n> done\n> $ ls \\\n>   b\n> ```\n";
    const { value } = compileText(text, "md");
    const [first, second] = (value?.steps ?? []).filter((step) => step.kind === "command");
    expect(first).toMatchObject({ script: "git revert <commit>", expectation: { text: "done" } });
    expect(second).toMatchObject({ script: "ls \\\n  b" });
    expect(second?.expectation).toBeUndefined();
    expect(textAt(text, first?.codeSpan)).toBe("git revert <commit>");
    expect(textAt(text, second?.codeSpan)).toBe("ls \\\n>   b");
    expect(textAt(text, first?.blanks[0]?.span)).toBe("<commit>");
    expect(first?.expectation?.codeSpan.start).toMatchObject({ line: 3 });
  });

  test.each(["bash", "sh", "shell"])(
    "stand in %s fences too where these begin with a prompt",
    (language) => {
      expect(stepsOf(fence(language, "$ a\n1\n$ b"), "md")).toEqual([
        'command step | a | "a" → "1"',
        'command step-2 | b | "b"',
      ]);
    },
  );

  test("without a prompt are no step, and told", () => {
    const text = fence("console", "ls");
    expect(problemsOf(text, "md")).toEqual([
      `info transcript-without-prompt 1:1 ${JSON.stringify(text.trimEnd())}`,
    ]);
    expect(stepsOf(text, "md")).toEqual([]);
  });

  test("have their condition read, and reported, once", () => {
    const text = mdx(fence('console when="A and"', "$ a\n$ b"), "inputs: { A: {} }\n");
    expect(problemsOf(text)).toEqual(['condition-syntax 5:12 "when=\\"A and\\""']);
  });
});

describe("expected output", () => {
  const output = fence("output", "1");

  test.each([
    ["right behind a command", fence("sh", "a") + output],
    ["behind text", `${fence("sh", "a")}\nIt prints:\n\n${output}`],
    ["in the same list item", "- a\n  ```sh\n  a\n  ```\n  ```output\n  1\n  ```\n"],
    ["with a capital", fence("sh", "a") + fence("Output", "1")],
    ["behind a command in another language", fence("python run", "a") + output],
  ])("belongs to the command before it: %s", (_name, body) => {
    expect(stepsOf(mdx(body))[0]).toContain('"a" → "1"');
    expect(problemsOf(mdx(body))).toEqual([]);
  });

  test.each([
    ["first of all", output],
    ["behind a heading", `${fence("sh")}# A\n${output}`],
    ["behind a text fence", fence("sh") + fence("json") + output],
    ["behind another output", fence("sh") + output + fence("output", "2")],
    ["behind a step by hand", `${fence("sh", "# a")}${output}`],
    ["behind a task", `- [ ] a\n\n${output}`],
    [
      "outside of the task that holds the command",
      `- [ ] a\n  \`\`\`sh\n  b\n  \`\`\`\n\n${output}`,
    ],
    [
      "behind the options of a choice",
      `<Choice input="A"><Option value="1">\n${fence("sh")}</Option></Choice>\n\n${output}`,
    ],
  ])("has no command: %s", (_name, body) => {
    const text = mdx(`${body}${fence("sh")}`, "inputs: { A: { choices: [1] } }\n");
    const problems = problemsOf(text).filter((one) => one.includes("output-without-command"));
    expect(problems).toHaveLength(1);
  });

  test("that has no command is told and no more in .md", () => {
    expect(problemsOf(output, "md")).toEqual([
      `info output-without-command 1:1 ${JSON.stringify(output.trimEnd())}`,
    ]);
  });

  test("has its own attributes, and JSON must be JSON", () => {
    const text = mdx(fence("sh") + fence("output match=json stream=stderr", "{status: ready}"));
    const [step] = compileText(text).value?.steps ?? [];
    expect(step).toMatchObject({ expectation: { match: "json", stream: "stderr" } });
    expect(problemsOf(text)).toEqual(['expectation-syntax 8:2 "status: ready}"']);
    expect(problemsOf(mdx(fence("sh") + fence("output match=fuzzy timeout=3s", "x")))).toEqual([
      'attribute-value 7:11 "match=fuzzy"',
      'unknown-attribute 7:23 "timeout=3s"',
    ]);
  });

  test.each([
    ["a pattern that is none", "ready\n[a (re)", 'expectation-syntax 9:1 "[a"'],
    ["look-around", "(?=a)b (re)", 'expectation-syntax 8:1 "(?=a)b"'],
    ["a back-reference", String.raw`(a)\1 (re+)`, String.raw`expectation-syntax 8:1 "(a)\\1"`],
    ["a long repetition", "a{2000} (re)", 'expectation-syntax 8:1 "a{2000}"'],
    ["a last line that comes again", "a (no-eol+)", 'expectation-syntax 8:3 "(no-eol+)"'],
    ["nearly a suffix", "a* (golb)", 'warning unknown-suffix 8:4 "(golb)"'],
    ["nearly a quantified suffix", "a* (ecs+)", 'warning unknown-suffix 8:4 "(ecs+)"'],
    ["a suffix of another tool", "a+ (regexp)", 'warning unknown-suffix 8:4 "(regexp)"'],
    ["a suffix in capitals", "a* (GLOB)", 'warning unknown-suffix 8:4 "(GLOB)"'],
  ])("says where it cannot be read: %s", (_name, code, problem) => {
    expect(problemsOf(mdx(fence("sh") + fence("output", code)))).toEqual([problem]);
  });

  test.each([
    "a (done)",
    "a (2 files)",
    "see (globe)",
    "a (rev)",
    "a (sec)",
    "a (res)",
    "a (blob)",
    "a (equals)",
    "took 3 s (total)",
    "(golb)",
    String.raw`\d{4} [ab]{1,1000} (?:x|y) (?i:z) (re)`,
  ])("takes for what it is: %s", (code) => {
    expect(problemsOf(mdx(fence("sh") + fence("output", code)))).toEqual([]);
  });

  test("blames a line of JSON, and a pattern in it", () => {
    const json = (code: string) => mdx(fence("sh") + fence("output match=json", code));
    expect(problemsOf(json('{\n  "a": 1,\n}'))).toEqual(['expectation-syntax 10:1 "}"']);
    expect(problemsOf(json('{"a": 1'))).toEqual(['expectation-syntax 8:7 "1"']);
    expect(problemsOf(json('{\n  "a": "(re) [",\n "b": "(re) [a]"}'))).toEqual([
      String.raw`expectation-syntax 9:1 "  \"a\": \"(re) [\","`,
    ]);
  });

  test("names the exit code, which is then the one that is accepted", () => {
    const stepOf = (info: string) =>
      compileText(mdx(fence(info) + fence("output", "a\n[3]"))).value?.steps[0];
    expect(stepOf("sh")).toMatchObject({
      attributes: { exit: [3] },
      expectation: { text: "a\n[3]" },
    });
    expect(stepOf("sh exit=any")).toMatchObject({ attributes: { exit: [3] } });
    expect(stepOf("sh exit=1,3")).toMatchObject({ attributes: { exit: [3] } });
    expect(problemsOf(mdx(fence("sh exit=1") + fence("output", "a\n[3]")))).toEqual([
      'attribute-conflict 9:1 "[3]"',
    ]);
    expect(problemsOf(mdx(fence("sh exit=1") + fence("output", "a\n[3] (eq)")))).toEqual([]);
  });

  test("keeps escape sequences where it says so", () => {
    const text = mdx(fence("sh") + fence("output ansi=keep", "a"));
    expect(compileText(text).value?.steps).toMatchObject([{ expectation: { ansi: "keep" } }]);
  });
});

describe("a transcript", () => {
  const stepsIn = (info: string, code: string) =>
    (compileText(mdx(fence(info, code))).value?.steps ?? []).map((step) =>
      step.kind === "command" ? [step.script, step.attributes, step.expectation?.text] : step.kind,
    );

  test("has the prompt that it names", () => {
    expect(stepsIn('console prompt="# "', "# id -u\n0\n# a\n> b\n$ c")).toEqual([
      ["id -u", {}, "0"],
      ["a\nb", {}, "$ c"],
    ]);
    expect(stepsIn('bash prompt="db=>"', "db=> \\\\dt\nnone")).toEqual([["\\\\dt", {}, "none"]]);
    expect(problemsOf(mdx(fence('console prompt="% "', "$ a") + fence("sh")))).toEqual([
      'info transcript-without-prompt 4:1 "```console prompt=\\"% \\"\\n$ a\\n```"',
    ]);
  });

  test("has exit codes of its commands", () => {
    expect(stepsIn("console", "$ false\n[1]\n$ b\nx\n[2]\n$ c")).toEqual([
      ["false", { exit: [1] }, "[1]"],
      ["b", { exit: [2] }, "x\n[2]"],
      ["c", {}, undefined],
    ]);
  });

  test("gives its commands what it says of output", () => {
    const text = mdx(fence("console match=subset stream=stderr timeout=3s", "$ a\nx\n$ b\ny"));
    const expectation = { match: "subset", stream: "stderr" };
    expect(problemsOf(text)).toEqual([]);
    expect(compileText(text).value?.steps).toMatchObject([
      { attributes: { timeoutMs: 3000 }, expectation: { ...expectation, text: "x" } },
      { attributes: { timeoutMs: 3000 }, expectation: { ...expectation, text: "y" } },
    ]);
    expect(problemsOf(mdx(fence("bash match=subset")))).toEqual([
      'unknown-attribute 4:9 "match=subset"',
    ]);
  });

  test("says where its output cannot be read", () => {
    expect(problemsOf(mdx(fence("console", "$ a\nx\n$ b\n[ (re)")))).toEqual([
      'expectation-syntax 8:1 "["',
    ]);
  });
});

describe("places in code", () => {
  test.each([
    ["at the top", "```sh\necho\ngit revert <commit>\n```\n", [3, 12]],
    ["in lists", "- a\n  - b\n\n    ```sh\n    git revert <commit>\n    ```\n", [5, 16]],
    ["in a quote in a list", "- a\n\n  > ```sh\n  > git revert <commit>\n  > ```\n", [4, 16]],
    ["behind a tab that is partly indentation", "- ```sh\n\tgit revert <commit>\n  ```\n", [2, 13]],
    ["behind tabs", "1.\ta\n\n\t```sh\n\t\tgit revert <commit>\n\t```\n", [4, 14]],
    ["behind emoji", "```sh\necho 😀 <commit>\n```\n", [2, 9]],
    ["with CRLF", "# A\r\n\r\n```sh\r\n\r\ngit revert <commit>\r\n```\r\n", [5, 12]],
    ["in a transcript", "```console\n$ ls\nb\n$ git revert <commit>\n```\n", [4, 14]],
    ["in a continued command", "```console\n$ git \\\n> revert <commit>\n```\n", [3, 10]],
  ] as const)("%s", (_name, text, [line, column]) => {
    const { diagnostics } = compileText(text, "md");
    const blank = diagnostics.find(({ code }) => code === "placeholder");
    expect(blank?.span?.start).toMatchObject({ line, column });
    expect(textAt(text, blank?.span)).toBe("<commit>");
  });
});

describe("conditions", () => {
  test("come from choices, components and fences, outermost first", () => {
    const body = `<Choice input="A"><Option value="1">\n<Choice input="B"><Option value={2}>\n${fence('sh when="not C"')}<Manual when="C">d</Manual>\n</Option></Choice>\n</Option></Choice>\n`;
    const inputs = "inputs: { A: { choices: [1] }, B: { choices: [2] }, C: { type: bool } }\n";
    expect(problemsOf(mdx(body, inputs))).toEqual([]);
    const { steps = [] } = compileText(mdx(body, inputs)).value ?? {};
    expect(steps.map(({ conditions }) => conditions.map(({ text }) => text))).toEqual([
      ["A=1", "B=2", "not C"],
      ["A=1", "B=2", "C"],
    ]);
  });
});

describe("risk", () => {
  const riskOf = (info: string, code: string): unknown => {
    const [step] = compileText(mdx(fence(info, code))).value?.steps ?? [];
    return step?.kind === "command" ? step.risk.level : undefined;
  };
  test.each([
    ["sh", "ls", "safe"],
    ["sh", "rm -rf build", "destructive"],
    ["sh risk=destructive", "ls", "destructive"],
    ["sh risk=safe", "rm -rf build", "destructive"],
    ['sh risk=safe risk-reason="a scratch folder"', "rm -rf build", "safe"],
    ["zsh", "rm -rf build", "destructive"],
    ["python run", "print(1)", "change"],
  ])("%s %j is %s", (info, code, level) => {
    expect(riskOf(info, code)).toBe(level);
  });

  test("is lowered with a reason alone", () => {
    expect(problemsOf(mdx(fence("sh risk=safe", "rm -rf build")))).toEqual([
      'risk-lowered 4:7 "risk=safe"',
    ]);
  });

  test("of blocks that are only shown is nobody's concern", () => {
    expect(problemsOf(mdx(fence("sh norun risk=safe", "rm -rf build") + fence("sh")))).toEqual([]);
  });
});

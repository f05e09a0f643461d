import { describe, expect, test } from "vitest";
import { compileText, fence, mdx, problemsOf } from "../compile-text.ts";

describe("blanks", () => {
  test.each([
    ["git revert <commit>", ['placeholder 5:12 "<commit>"']],
    ["a <b c>\nd <e>", ['placeholder 5:3 "<b c>"', 'placeholder 6:3 "<e>"']],
    ["psql < dump.sql > out.txt", []],
    ["cat <<EOF\nx\nEOF", []],
  ])("%j", (code, expected) => {
    expect(problemsOf(mdx(fence("sh", code)))).toEqual(expected);
  });

  test("of blocks that are only shown, and of manual steps, are fine", () => {
    const body = `${fence("sh norun", "a <b>")}${fence("sh", "# a <b>")}<Manual>\nx\n\n${fence("sh", "a <b>")}</Manual>\n`;
    expect(problemsOf(mdx(body))).toEqual([]);
  });

  test("in zsh are found too, and its own syntax is not bash's to judge", () => {
    expect(problemsOf(mdx(fence("zsh", "git revert <commit>")))).toEqual([
      'placeholder 5:12 "<commit>"',
    ]);
    expect(problemsOf(mdx(fence("zsh", "for f (*.log(.)) rm $f")))).not.toContainEqual(
      expect.stringContaining("shell-syntax"),
    );
  });
});

describe("variables", () => {
  test.each([
    ["that nothing sets", fence("sh", "echo $A"), "", ['undeclared-variable 5:6 "$A"']],
    ["that are inputs", fence("sh", "echo $A"), "inputs: { A: {} }\n", []],
    ["of contracts", fence("sh", "echo $A"), "contracts: { c: { variables: { A: {} } } }\n", []],
    ["that a step sets", fence("sh", "A=1") + fence("sh", "echo $A"), "", []],
    ["that a step captures", fence("sh capture=A", "ls") + fence("sh", "echo $A"), "", []],
    ["that the fence sets", fence("sh env.A=1", "echo $A"), "", []],
    ["with a fallback", fence("sh", "echo ${A:-b}"), "", []],
    ["of the shell and the login", fence("sh", 'echo "$HOME $PATH $? $1 $RANDOM $PWD"'), "", []],
    ["in a block that reads a file", fence("sh", ". ./env\necho $A"), "", []],
    [
      "that only a shown block sets",
      fence("sh norun", "A=1") + fence("sh", "echo $A"),
      "",
      ['undeclared-variable 8:6 "$A"'],
    ],
    ["of shown blocks", fence("sh norun", "echo $A") + fence("sh"), "", []],
    [
      "named like what every object has",
      fence("sh", "echo $constructor $__proto__"),
      "",
      ['undeclared-variable 5:6 "$constructor"', 'undeclared-variable 5:19 "$__proto__"'],
    ],
  ])("%s", (_name, body, frontMatter, expected) => {
    const shift = frontMatter === "" ? 0 : 1;
    expect(shift).toBeLessThan(2);
    expect(problemsOf(mdx(body, frontMatter))).toEqual(expected);
  });

  test("the suggestion is the nearest declared one", () => {
    const { diagnostics } = compileText(
      mdx(fence("sh", "pg_dump $DATABSE"), "inputs: { DATABASE: {} }\n"),
    );
    expect(diagnostics.map(({ args }) => args)).toEqual([{ name: "DATABSE", nearest: "DATABASE" }]);
  });
});

describe("references", () => {
  test.each([
    ["undo of a known step", fence("sh id=a undo=b") + fence("sh id=b"), []],
    [
      "undo of no step",
      fence("sh id=push undo=revrt") + fence("sh id=revert"),
      ['unknown-step 7:1 "```sh id=push undo=revrt\\ntrue\\n```"'],
    ],
    [
      "a condition on an input",
      fence('sh when="A=1 and not B"'),
      ['unknown-input 7:1 "```sh when=\\"A=1 and not B\\"\\ntrue\\n```"'],
    ],
    [
      "a condition on a value that the input cannot have",
      fence('sh when="M=b or M=c"'),
      ['unknown-choice 7:1 "```sh when=\\"M=b or M=c\\"\\ntrue\\n```"'],
    ],
    [
      "in a transcript once",
      fence('console when="M=c"', "$ a\n$ b"),
      ['unknown-choice 7:1 "```console when=\\"M=c\\"\\n$ a\\n$ b\\n```"'],
    ],
    ["a probe of an input", fence("sh background ready=port:$A"), []],
    ["a probe of what the fence sets", fence("sh background ready=file:${P} env.P=1"), []],
    ["a probe of an output", fence("sh background ready=output:/$A/"), []],
    [
      "a probe of what only the shell knows",
      fence("sh background ready=http://localhost:$PORT/"),
      ['unknown-input 7:1 "```sh background ready=http://localhost:$PORT/\\ntrue\\n```"'],
    ],
    ["a condition on a capture", fence("sh capture=C") + fence("sh when=C"), []],
    [
      "a condition on a name of every object",
      fence("sh when=constructor"),
      ['unknown-input 7:1 "```sh when=constructor\\ntrue\\n```"'],
    ],
  ])("%s", (_name, body, expected) => {
    expect(problemsOf(mdx(body, "inputs:\n  A: {}\n  M: { choices: [a, b] }\n"))).toEqual(expected);
  });
});

describe("destruction", () => {
  test.each([
    ["without a word", fence("sh", "git push --force origin x"), 1],
    ["with a question", fence('sh confirm="Sure?"', "git push --force origin x"), 0],
    ["that is meant", fence("sh risk=destructive", "git push --force origin x"), 0],
    ["that is only shown", fence("sh norun", "git push --force origin x") + fence("sh"), 0],
  ])("%s", (_name, body, count) => {
    const found = problemsOf(mdx(body));
    expect(found).toHaveLength(count);
    for (const one of found) expect(one).toMatch(/^warning destructive-step 5:\d+ /);
  });
});

test("a block that is no valid shell is told once, unless a blank explains it", () => {
  expect(problemsOf(mdx(fence("sh", "if true; then\n  ls")))).toHaveLength(1);
  expect(problemsOf(mdx(fence("sh", "if true; then\n  ls")))[0]).toMatch(/^shell-syntax 5:/);
  expect(problemsOf(mdx(fence("sh", "if <a>; then\n  ls")))).toEqual(['placeholder 5:4 "<a>"']);
});

describe("a runbook with nothing to do", () => {
  test.each(["# A\n\ntext\n", fence("json"), fence("sh norun"), fence("sh", ""), ""])(
    "%j",
    (body) => {
      expect(problemsOf(mdx(body))).toEqual(['empty-runbook 1:1 ""']);
    },
  );

  test.each(["# A\n\ntext\n", fence("json"), fence("sh norun")])(
    "is no mistake in .md: %j",
    (body) => {
      expect(problemsOf(body, "md")).toEqual([]);
    },
  );

  test("is not told of one whose step has an error", () => {
    expect(problemsOf(mdx("<Manaul>Call.</Manaul>\n"))).toEqual([
      'unknown-component 4:1 "<Manaul>Call.</Manaul>"',
    ]);
  });
});

test("problems come in the order of their places", () => {
  const text = mdx(
    fence("sh timeot=3", "echo <a> $B") + fence("sh timeot=3", "echo <a> $B"),
    "zzz: 1\n",
  );
  const lines = compileText(text).diagnostics.map(({ span }) => span?.start.offset ?? -1);
  expect(lines).toHaveLength(7);
  expect(lines).toEqual(lines.toSorted((one, other) => one - other));
});

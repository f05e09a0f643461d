import { describe, expect, test } from "vitest";
import { compileText, fence, mdx, problemsOf } from "../compile-text.ts";

const inputs =
  "inputs: { M: { type: enum, choices: [a, b] }, Q: { type: bool }, F: {} }\ncontracts: { c: { variables: { V: {} } } }\n";
const step = fence("sh");
const rest = `\n${step}`;

function judge(body: string): readonly string[] {
  return problemsOf(mdx(body + rest, inputs));
}

describe("components that are right", () => {
  test.each([
    "<Inputs />\n\n<Tools />\n\n<Contacts />\n",
    '<Contract of="c" />\n',
    'Version <Fact of="package.json#version">v1</Fact>.\n',
    '<Manual id="x" title="T" when="Q">\nText\n</Manual>\n',
    '<Manual title="T" />\n',
    '<Include runbook="b" procedure="p" section="s" id="i" title="T" when="M=a" />\n',
    '<Choice input="M">\n<Option value="a" label="A">\nx\n</Option>\n<Option value="b">\ny\n</Option>\n</Choice>\n',
    '<Choice input="Q"><Option value="true">x</Option><Option value={false}>y</Option></Choice>\n',
    '<Choice input="F"><Option value="1">x</Option></Choice>\n',
    '<Note title="T">\nx\n</Note>\n\n<Tip>x</Tip>\n\n<Info>x</Info>\n\n<Important>x</Important>\n\n<Warning>x</Warning>\n\n<Caution>x</Caution>\n\n<Danger>x</Danger>\n',
    "<div className='x'><b>y</b></div>\n",
  ])("%j", (body) => {
    expect(judge(body)).toEqual([]);
  });
});

describe("components that are not", () => {
  test.each([
    ["<Manaul>x</Manaul>\n", ['unknown-component 6:1 "<Manaul>x</Manaul>"']],
    ["<Zzz />\n", ['unknown-component 6:1 "<Zzz />"']],
    ["<foo.Bar />\n", ['unknown-component 6:1 "<foo.Bar />"']],
    ["<Note>\n<Nope>\nx\n</Nope>\n</Note>\n", ['unknown-component 7:1 "<Nope>"']],
    ['<Manual tittle="x">y</Manual>\n', ['unknown-component-attribute 6:9 "tittle=\\"x\\""']],
    ['<Note constructor="x">y</Note>\n', ['unknown-component-attribute 6:7 "constructor=\\"x\\""']],
    ["<Contract />\n", ['missing-component-attribute 6:1 "<Contract />"']],
    [
      '<Contract of="" />\n',
      [
        'missing-component-attribute 6:1 "<Contract of=\\"\\" />"',
        'unknown-contract 6:11 "of=\\"\\""',
      ],
    ],
    ['<Contract of="d" />\n', ['unknown-contract 6:11 "of=\\"d\\""']],
    ["<Include />\n", ['missing-component-attribute 6:1 "<Include />"']],
    ["<Include runbook />\n", ['missing-component-attribute 6:1 "<Include runbook />"']],
    ['<Include runbook="b" procedure />\n', ['missing-component-attribute 6:22 "procedure"']],
    ["<Manual when>x</Manual>\n", ['missing-component-attribute 6:9 "when"']],
    ['<Manual when="">x</Manual>\n', ['condition-syntax 6:9 "when=\\"\\""']],
    ["<Manual></Manual>\n", ['component-without-content 6:1 "<Manual></Manual>"']],
    [
      "<Manual>{/* a */}</Manual>\n",
      ['component-without-content 6:1 "<Manual>{/* a */}</Manual>"'],
    ],
  ])("%j", (body, expected) => {
    expect(judge(body)).toEqual(expected);
  });

  test("the suggestion is the nearest one", () => {
    const { diagnostics } = compileText(
      mdx(`<Manaul tittle="x">y</Manaul>\n\n<Manual tittle="x">y</Manual>\n`),
    );
    expect(diagnostics.map(({ args }) => args)).toMatchObject([
      { name: "Manaul", nearest: "Manual" },
      { name: "tittle", component: "Manual", nearest: "title" },
    ]);
  });
});

describe("choices", () => {
  test.each([
    [
      "without an input",
      '<Choice><Option value="a">x</Option></Choice>\n',
      ["missing-component-attribute 6:1"],
    ],
    [
      "on an unknown input",
      `<Choice input="N"><Option value="a">\n${step}</Option></Choice>\n`,
      ["unknown-input 6:9"],
    ],
    [
      "on a name of every object",
      '<Choice input="constructor"><Option value="a" /></Choice>\n',
      ["unknown-input 6:9"],
    ],
    [
      "with a value that the input cannot have",
      '<Choice input="M"><Option value="a" /><Option value="b" /><Option value="c" /></Choice>\n',
      ["unknown-choice 6:67"],
    ],
    [
      "that leave out a value",
      '<Choice input="M"><Option value="a" /></Choice>\n',
      ["missing-choice 6:1"],
    ],
    [
      "with words for yes and no",
      '<Choice input="Q"><Option value="true" /><Option value="no" /></Choice>\n',
      ["missing-choice 6:1", "unknown-choice 6:50"],
    ],
    ["without options", '<Choice input="F"></Choice>\n', ["component-without-content 6:1"]],
    [
      "with a step outside of the options",
      `<Choice input="F">\n<Option value="a">x</Option>\n${step}</Choice>\n`,
      ["component-without-content 8:1"],
    ],
    ["with an option outside", '<Option value="a">x</Option>\n', ["component-without-content 6:1"]],
    [
      "with an option in a Note",
      '<Choice input="F"><Option value="a" /><Note><Option value="b" /></Note></Choice>\n',
      ["component-without-content 6:39", "component-without-content 6:45"],
    ],
    [
      "with an option without a value",
      '<Choice input="F"><Option>x</Option></Choice>\n',
      ["missing-component-attribute 6:19"],
    ],
  ])("%s", (_name, body, expected) => {
    expect(judge(body).map((one) => one.split(" ").slice(0, 2).join(" "))).toEqual(expected);
  });
});

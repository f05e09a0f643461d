import { describe, expect, test } from "vitest";
import { compileText, fence, mdx, problemsOf } from "./compile-text.ts";

const step = fence("sh");

/** Code, arguments and line of each problem of an `.mdx` front matter, whose first line is line 2. */
function judge(yaml: string): unknown {
  return compileText(`---\n${yaml}\n---\n\n${step}`).diagnostics.map(({ code, args, span }) => [
    code,
    args,
    span?.start.line,
  ]);
}

function valuesOf(yaml: string, format: "md" | "mdx" = "mdx"): unknown {
  return compileText(`---\n${yaml}\n---\n\n# A\n\n${step}`, format).value?.frontMatter;
}

describe("in .mdx each value is checked, and the message says what would do", () => {
  test.each([
    ["title: T\nversion: 2.0", "version", /quotes/, 3],
    ["title: T\nversion: true", "version", /quotes/, 3],
    ["title: 5", "title", /quotes/, 2],
    ["title: ''", "title", /not empty/, 2],
    ["title: [a]", "title", /^text$/, 2],
    ["title: T\ntimeout: 10", "timeout", /a duration such as/, 3],
    ["title: T\ntimeout: ten minutes", "timeout", /a duration such as/, 3],
    ["title: T\ncreated: 2026-02-30", "created", /a date such as/, 3],
    ["title: T\ncreated: 28.01.2026", "created", /a date such as/, 3],
    ["title: T\nestimate: soon", "estimate", /a range such as/, 3],
    ["title: T\nestimate:\n  a: soon", "estimate.a", /a range such as/, 4],
    ["title: T\ntags: a", "tags", /a list/, 3],
    ["title: T\nstatus: actve", "status", /one of draft, active, deprecated/, 3],
    ["title: T\ninputs: [A]", "inputs", /a map/, 3],
    ["title: T\ninputs:\n  my-input: {}", "inputs.my-input", /a name that a shell variable/, 4],
    ["title: T\ninputs:\n  A: { type: strng }", "inputs.A.type", /one of string, int/, 4],
    ["title: T\ninputs:\n  A: { choices: [] }", "inputs.A.choices", /at least one/, 4],
    ["title: T\ninputs:\n  A: { default: {} }", "inputs.A.default", /text, or a number/, 4],
    ["title: T\ninputs:\n  A: { required: maybe }", "inputs.A.required", /true or false/, 4],
    [
      "title: T\nprocedures:\n  Go!: { steps: [{ step: step }] }",
      "procedures.Go!",
      /lower-case/,
      4,
    ],
    ["title: T\nprocedures:\n  go: { steps: [] }", "procedures.go.steps", /at least one/, 4],
    [
      "title: T\nprocedures:\n  go:\n    steps:\n      - sectoin: a\n      - step: step",
      "procedures.go.steps.0",
      /\{section: ID\}/,
      6,
    ],
    ["title: T\ninputs:\n  A: { type: secret, from: [a] }", "inputs.A.from", /text, or a map/, 4],
    ["title: T\ninputs:\n  A: { type: secret, from: '' }", "inputs.A.from", /not empty/, 4],
    ["title: T\ninputs:\n  A: { type: secret, from: {} }", "inputs.A.from", /either `command`/, 4],
    [
      "title: T\ninputs:\n  A:\n    type: secret\n    from: { command: a, file: b }",
      "inputs.A.from",
      /either `command`/,
      6,
    ],
    [
      "title: T\ninputs:\n  A:\n    type: secret\n    from:\n      file: 5",
      "inputs.A.from.file",
      /put it in quotes/,
      7,
    ],
    ["title: T\ninputs:\n  A: { from: { file: a } }", "inputs.A.from", /only an input of type/, 4],
    [
      "title: T\ninputs:\n  A: { type: secret, default: a, from: b }",
      "inputs.A.from",
      /beside `default`/,
      4,
    ],
    [
      "title: T\ncontracts:\n  c: { variables: { V: { from: a } } }",
      "contracts.c.variables.V.from",
      /secret: true/,
      4,
    ],
    [
      "title: T\ncontracts:\n  c: { probe: p, variables: { V: { secret: true, from: a } } }",
      "contracts.c.variables.V.from",
      /without `probe`/,
      4,
    ],
    [
      "title: T\ninputs:\n  A:\n    type: secret\n    from: { command: rm -rf data }",
      "inputs.A.from",
      /before anybody is asked/,
      6,
    ],
    ["just text", "front matter", /a map/, 1],
    ["- a", "front matter", /a map/, 1],
  ])("%j", (yaml, key, reason, line) => {
    expect(judge(yaml)).toEqual([
      ["invalid-value", { key, reason: expect.stringMatching(reason) as string }, line],
    ]);
  });

  test.each([
    ["", "title", "front matter", 1],
    ["status: draft", "title", "front matter", 1],
    ["title:", "title", "front matter", 1],
    ["title: T\nstatus: active", "owner", "an active runbook", 3],
    ["title: T\nstatus: active\nowner:", "owner", "an active runbook", 3],
    ["title: T\nprocedures:\n  go:", "steps", "procedures.go", 4],
    ["title: T\nprocedures:\n  go: { title: G }", "steps", "procedures.go", 4],
    ["title: T\ncontracts:\n  c:", "variables", "contracts.c", 4],
    ["title: T\ncontacts:\n  - role: R", "contact", "contacts.0", 4],
  ])("%j lacks %s", (yaml, key, where, line) => {
    expect(judge(yaml)).toEqual([["missing-key", { key, where }, line]]);
  });

  test.each([
    ["titel: T\ntitle: T", "titel", "front matter", "title", 2],
    ["title: T\nreviewd: 2026-01-01", "reviewd", "front matter", "reviewed", 3],
    ["title: T\nzzz: 1", "zzz", "front matter", undefined, 3],
    ["title: T\ninputs:\n  A:\n    tpye: int", "tpye", "inputs.A", "type", 5],
    ["title: T\ntools:\n  git: { verison: 1 }", "verison", "tools.git", "version", 4],
    ["title: T\ncontacts:\n  - { role: R, contact: C, rol: D }", "rol", "contacts.0", "role", 4],
    [
      "title: T\ncontracts:\n  c:\n    variables:\n      V: { secrt: true }",
      "secrt",
      "contracts.c.variables.V",
      "secret",
      6,
    ],
    [
      "title: T\nprocedures:\n  go:\n    onFailur: x\n    steps: [{ step: step }]",
      "onFailur",
      "procedures.go",
      "onFailure",
      5,
    ],
    [
      "title: T\ninputs:\n  A:\n    type: secret\n    from: { comand: a }",
      "comand",
      "inputs.A.from",
      "command",
      6,
    ],
    ["title: T\nconstructor: 1", "constructor", "front matter", undefined, 3],
    ["title: T\n__proto__: { a: 1 }", "__proto__", "front matter", undefined, 3],
    ["title: T\ntools:\n  git: { toString: 1 }", "toString", "tools.git", undefined, 4],
  ])("%j has an unknown key", (yaml, key, where, nearest, line) => {
    expect(judge(yaml)).toEqual([["unknown-key", { key, where, nearest }, line]]);
  });
});

describe("what is wrong is left out, and no more than that", () => {
  test.each([
    [
      "title: T\ninputs:\n  A: { type: strng, default: a }\n  B: { type: int }",
      { inputs: { A: { type: "string", default: "a" }, B: { type: "int" } } },
    ],
    ["title: T\ninputs:\n  A-B: {}\n  C: {}", { inputs: { C: { type: "string" } } }],
    ["title: T\ntags: [a, 1, b, 2]", { tags: ["a", "b"] }],
    [
      "title: T\nprocedures:\n  go:\n    steps: [{ stp: 1 }, { step: step }]",
      { procedures: { go: { steps: [{ step: "step" }] } } },
    ],
    [
      "title: T\nprocedures:\n  a: { steps: [{ stp: 1 }] }\n  b: { steps: [{ step: step }] }",
      { procedures: { b: { steps: [{ step: "step" }] } } },
    ],
    [
      "title: T\ncontacts:\n  - role: R\n  - { role: S, contact: C }",
      { contacts: [{ role: "S", contact: "C" }] },
    ],
    ["title: 5\nowner: O", { title: "A", owner: "O" }],
  ])("%j", (yaml, expected) => {
    expect(valuesOf(yaml)).toMatchObject(expected);
  });

  test("so no use of an input is called undeclared because of another one's mistake", () => {
    const text = mdx(fence("sh", 'echo "$A" "$B"'), "inputs:\n  A: { tpye: int }\n  B: {}\n");
    expect(problemsOf(text)).toEqual(['unknown-key 4:8 "tpye"']);
  });
});

describe("front matter that cannot be read gives one problem and not its consequences", () => {
  test.each([
    ["a key twice", "title: T\ntitle: U\ninputs: { A: {} }", "front-matter-syntax"],
    ["an open list", "title: T\ninputs: [", "front-matter-syntax"],
  ])("%s", (_name, yaml, code) => {
    const body = `${fence('sh when="A"', "echo $A")}<Contract of="c" />\n\n<Choice input="A"><Option value="1">b</Option></Choice>\n`;
    const { diagnostics } = compileText(`---\n${yaml}\n---\n${body}`);
    expect([...new Set(diagnostics.map((one) => one.code))]).toEqual([code]);
  });

  test("front matter that is missing lacks no title besides", () => {
    expect(problemsOf(`# A\n${step}`)).toEqual(['front-matter-missing 1:1 ""']);
    expect(problemsOf("")).toEqual(['empty-runbook 1:1 ""']);
    expect(problemsOf("\n \n", "md")).toEqual(['empty-runbook 1:1 ""']);
  });
});

describe("keys with nothing behind them", () => {
  test.each([
    ["title: T\ntools:\ninputs:\nsummary:", { title: "T" }],
    ["title: T\ntools:\n  git:\n  curl: {}", { title: "T", tools: { git: {}, curl: {} } }],
    ["title: T\ninputs:\n  A:", { title: "T", inputs: { A: { type: "string" } } }],
    [
      "title: T\ncontracts:\n  c:\n    variables:\n      V:",
      { title: "T", contracts: { c: { variables: { V: { required: true, secret: false } } } } },
    ],
    ["title: T\nextra:\n  a:\n    b:", { title: "T", extra: { a: { b: null } } }],
  ])("%j", (yaml, expected) => {
    expect(valuesOf(yaml)).toEqual(expected);
    expect(judge(yaml)).toEqual([]);
  });
});

test("names of every object are inputs like others, and change no other object", () => {
  const yaml =
    "title: T\ninputs: { constructor: { type: int }, toString: {}, __proto__: { type: int } }";
  const { inputs } = valuesOf(yaml) as { inputs: Record<string, unknown> };
  expect(Object.keys(inputs)).toEqual(["constructor", "toString"]);
  expect(({} as Record<string, unknown>)["type"]).toBeUndefined();
});

test("a whole front matter as the format describes it has no problem", () => {
  const yaml = `title: Deploy UnionCore
summary: One sentence.
owner: Platform team
contacts: [{ role: Primary developer, contact: Xerxes }]
status: active
version: "2.0"
created: 2026-01-28
reviewed: 2026-02-03
reviewEvery: 90d
estimate: { automatic: 5m..15m, manual: 15m..30m }
tags: [deploy]
services: [unioncore]
severity: sev2
alerts: [UnionCoreDown]
timeout: 10m
tools:
  git: { version: ">=2.30" }
inputs:
  METHOD: { type: enum, choices: [automatic, manual], default: automatic }
  TOKEN: { type: secret, description: x }
contracts:
  railway:
    probe: railway variables --kv
    variables:
      S3_BUCKET_NAME: { required: for documents }
procedures:
  deploy:
    default: true
    steps:
      - section: a
      - choose: METHOD
        when: { automatic: [{ section: a }], manual: [{ step: step }] }
    onFailure: rollback
  rollback: { steps: [{ step: step }] }
extra: { a: { b: 1 } }`;
  expect(problemsOf(`---\n${yaml}\n---\n${step}# A\n${step}`)).toEqual([]);
});

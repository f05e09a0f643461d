import { describe, expect, test } from "vitest";
import { compileText, fence, problemsOf } from "./compile-text.ts";

const body = `
# A
${fence("sh id=one")}
## B
${fence("sh")}
# Text
${fence("sh norun id=shown")}
`;

const inputs =
  "inputs:\n  M: { type: enum, choices: [a, b] }\n  Q: { type: bool }\n  F: {}\ncontracts:\n  c: { variables: { V: {} } }\n";

function runbook(procedures: string): string {
  return `---\ntitle: T\n${inputs}procedures:\n${procedures}---\n${body}`;
}

function proceduresOf(procedures: string): unknown {
  return compileText(runbook(procedures)).value?.procedures.map(({ name, isDefault }) =>
    isDefault ? `${name}!` : name,
  );
}

describe("a runbook without procedures", () => {
  test("has one, with every step in order and every contract", () => {
    const { value } = compileText(`---\ntitle: T\n${inputs}---\n${body}`);
    expect(value?.procedures).toEqual([
      {
        name: "all",
        title: "T",
        isDefault: true,
        contracts: ["c"],
        entries: [
          { kind: "step", id: "one" },
          { kind: "step", id: "b" },
          { kind: "step", id: "shown" },
        ],
      },
    ]);
  });

  test("even where the key is there and holds none", () => {
    for (const key of ["procedures:\n", "procedures: {}\n"]) {
      const { value, diagnostics } = compileText(`---\ntitle: T\n${key}---\n${body}`);
      expect(diagnostics).toEqual([]);
      expect(value?.procedures.map(({ name }) => name)).toEqual(["all"]);
    }
  });
});

describe("the default", () => {
  test.each([
    [
      "is the first",
      "  a: { steps: [{ step: one }] }\n  b: { steps: [{ step: one }] }\n",
      ["a!", "b"],
    ],
    [
      "is the one that says so, and comes first",
      "  a: { steps: [{ step: one }] }\n  b: { default: true, steps: [{ step: one }] }\n",
      ["b!", "a"],
    ],
    [
      "is not the one that says that it is not",
      "  a: { default: false, steps: [{ step: one }] }\n  b: { default: true, steps: [{ step: one }] }\n",
      ["b!", "a"],
    ],
  ])("%s", (_name, procedures, expected) => {
    expect(proceduresOf(procedures)).toEqual(expected);
    expect(problemsOf(runbook(procedures))).toEqual([]);
  });

  test("is one alone", () => {
    const text = runbook(
      "  a: { default: true, steps: [{ step: one }] }\n  b: { default: true, steps: [{ step: one }] }\n",
    );
    expect(problemsOf(text)).toEqual(['invalid-value 11:8 "default"']);
  });
});

describe("references", () => {
  test.each([
    ["a section", "{ section: b }", []],
    ["no section", "{ section: bb }", ['unknown-section 12:7 "{ section: bb }"']],
    [
      "a section of every object",
      "{ section: constructor }",
      ['unknown-section 12:7 "{ section: constructor }"'],
    ],
    ["no step", "{ step: won }", ['unknown-step 12:7 "{ step: won }"']],
    ["no procedure", "{ procedure: gone }", ['unknown-procedure 12:7 "{ procedure: gone }"']],
    [
      "a procedure of every object",
      "{ procedure: constructor }",
      ['unknown-procedure 12:7 "{ procedure: constructor }"'],
    ],
    ["a choice", "{ choose: M, when: { a: [{ step: one }], b: [{ section: b }] } }", []],
    ["a choice of yes and no", "{ choose: Q, when: { true: [{ step: one }], false: [] } }", []],
    ["a choice of anything", "{ choose: F, when: { x: [{ step: one }] } }", []],
    [
      "a choice on no input",
      "{ choose: N, when: { a: [{ step: one }] } }",
      ['unknown-input 12:7 "{ choose: N, when: { a: [{ step: one }] } }"'],
    ],
    [
      "a choice on an input of every object",
      "{ choose: constructor, when: { a: [{ step: one }] } }",
      ['unknown-input 12:7 "{ choose: constructor, when: { a: [{ step: one }] } }"'],
    ],
    [
      "a choice with an unknown value",
      "{ choose: M, when: { a: [{ step: one }], b: [], c: [] } }",
      ['unknown-choice 12:55 "c"'],
    ],
    [
      "a choice without a value",
      "{ choose: M, when: { a: [{ step: one }] } }",
      ['missing-choice 12:7 "{ choose: M, when: { a: [{ step: one }] } }"'],
    ],
    [
      "an unknown step in a choice",
      "{ choose: Q, when: { true: [{ step: won }], false: [] } }",
      ['unknown-step 12:35 "{ step: won }"'],
    ],
  ])("%s", (_name, entry, expected) => {
    const text = runbook(`  a:\n    steps:\n    - ${entry}\n`);
    expect(problemsOf(text).filter((one) => !one.startsWith("empty"))).toEqual(expected);
  });

  test("what happens on failure is another procedure that is there", () => {
    const other = "  b: { steps: [{ step: one }] }\n";
    const go = (onFailure: string): readonly string[] =>
      problemsOf(
        runbook(`  a:\n    onFailure: ${onFailure}\n    steps: [{ step: one }]\n${other}`),
      );
    expect(go("b")).toEqual([]);
    expect(go("bb")).toEqual(['unknown-procedure 11:5 "onFailure"']);
    expect(go("a")).toEqual(['invalid-value 11:5 "onFailure"']);
    expect(go("constructor")).toEqual(['unknown-procedure 11:5 "onFailure"']);
  });

  test("contracts are those that are declared", () => {
    expect(problemsOf(runbook("  a: { contracts: [c], steps: [{ step: one }] }\n"))).toEqual([]);
    expect(
      problemsOf(runbook("  a: { contracts: [d, constructor], steps: [{ step: one }] }\n")),
    ).toEqual(['unknown-contract 10:8 "contracts"', 'unknown-contract 10:8 "contracts"']);
  });

  test("includes keep their place", () => {
    const text = runbook(
      "  a:\n    steps:\n      - include: other:backup\n      - include: other\n",
    );
    expect(compileText(text).value?.procedures[0]?.entries).toMatchObject([
      { kind: "include", runbook: "other", procedure: "backup", span: { start: { line: 12 } } },
      { kind: "include", runbook: "other", procedure: undefined, span: { start: { line: 13 } } },
    ]);
  });
});

describe("procedures that do nothing", () => {
  test.each([
    ["a section of text", "{ section: text }", ["a"]],
    ["a block that is only shown", "{ step: shown }", ["a"]],
    ["a choice between nothings", "{ choose: M, when: { a: [], b: [{ step: shown }] } }", ["a"]],
    ["another that does nothing", "{ procedure: b }", ["a", "b"]],
    ["a section with a step below", "{ section: a }", []],
    ["an include", "{ include: other }", []],
    ["an unknown step, which is reported as that", "{ step: gone }", []],
    ["itself, which is reported as that", "{ procedure: a }", []],
  ])("%s", (_name, entry, names) => {
    const other = names.includes("b") ? "  b: { steps: [{ step: shown }] }\n" : "";
    const { diagnostics } = compileText(runbook(`  a: { steps: [${entry}] }\n${other}`));
    const empty = diagnostics.flatMap(({ code, args }) =>
      code === "empty-procedure" ? [args] : [],
    );
    expect(empty).toEqual(names.map((name) => ({ name })));
  });
});

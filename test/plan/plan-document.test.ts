import { describe, expect, test } from "vitest";
import type { RefusalKind } from "../../src/model/document-test.ts";
import { planDocument, type PlannedDocument } from "../../src/plan/plan-document.ts";
import { fence, mdx } from "../compile/compile-text.ts";
import { compileTexts, type Texts } from "./plan-texts.ts";

/** Plans the document `a` of some texts as a test. */
function plan(
  texts: Texts,
  asked: {
    readonly part?: string;
    readonly inputs?: Readonly<Record<string, string>>;
    readonly provided?: Readonly<Record<string, string>>;
    readonly allowed?: readonly RefusalKind[];
  } = {},
): PlannedDocument {
  const runbooks = compileTexts(texts);
  const { value, diagnostics = [] } = runbooks.get("a") ?? {};
  if (value === undefined) throw new Error("the document cannot be compiled");
  return planDocument({
    document: { value, diagnostics },
    runbooks,
    part: asked.part,
    inputs: new Map(Object.entries(asked.inputs ?? {})),
    provided: new Map(Object.entries(asked.provided ?? {})),
    allowed: new Set(asked.allowed),
    timeoutMs: 60_000,
  });
}

function idsOf({ plan: planned }: PlannedDocument): string {
  return (planned?.steps ?? []).map(({ id }) => id).join(" ");
}

describe("the steps of a document", () => {
  test("are all of it in order, whatever its procedures say, includes in their place", () => {
    const texts = {
      a: mdx(
        `
${fence("bash id=one undo=back")}
<Include runbook="b" id="inc" />
${fence("bash id=two")}
${fence("bash id=back")}
${fence("bash id=shown norun")}
${fence("bash id=never when=MODE=slow")}
`,
        "inputs:\n  MODE: { type: enum, choices: [fast, slow], default: fast }\nprocedures:\n  main: { steps: [{ step: two }] }\n",
      ),
      b: mdx(`\n${fence("bash id=inner")}\n`),
    };
    expect(idsOf(plan(texts))).toBe("one inc/inner two");
    expect(plan(texts).plan).toMatchObject({ target: "runbooks/a.mdx", undo: undefined });
    expect(plan(texts).plan?.procedure).toBeUndefined();
  });

  test("go on after a failure, within a time limit, of which their own stands first", () => {
    const texts = { a: `# A\n\n${fence("bash")}\n${fence("bash timeout=5s")}\n` };
    expect(
      plan(texts).plan?.steps.map(
        (step) => step.kind === "command" && [step.timeoutMs, step.attributes.continueOnError],
      ),
    ).toEqual([
      [60_000, true],
      [5000, true],
    ]);
  });

  test("are those of a section, or one", () => {
    const texts = {
      a: `# A\n\n## One\n\n${fence("bash id=x")}\n${fence("bash id=y")}\n\n## Two\n\n${fence("bash id=z")}\n`,
    };
    expect(idsOf(plan(texts, { part: "one" }))).toBe("x y");
    expect(idsOf(plan(texts, { part: "z" }))).toBe("z");
    const unknown = plan(texts, { part: "on" });
    expect(unknown.plan).toBeUndefined();
    expect(unknown.problems).toMatchObject([
      {
        code: "unknown-target",
        args: { target: "runbooks/a.md#on", nearest: ["runbooks/a.md#one"] },
      },
    ]);
  });

  test("none is no problem by itself", () => {
    expect(plan({ a: "# A\n\nWords.\n" })).toMatchObject({ plan: { steps: [] }, problems: [] });
  });
});

describe("inputs", () => {
  const texts = {
    a: mdx(
      `\n${fence("bash", 'echo "$GIVEN" "$NAMED" "$USUAL" "$SHOWN"')}\n`,
      "inputs:\n  GIVEN: {}\n  NAMED: { default: usual }\n  USUAL: { default: usual }\n  SHOWN: { required: true, example: shown }\n",
    ),
  };

  test("have the given value, else that of a variable, the default, the example", () => {
    const { values, problems } = plan(texts, {
      inputs: { GIVEN: "given", ELSEWHERE: "x" },
      provided: { GIVEN: "no", NAMED: "named" },
    });
    expect(Object.fromEntries(values)).toEqual({
      GIVEN: "given",
      NAMED: "named",
      USUAL: "usual",
      SHOWN: "shown",
    });
    expect(problems).toEqual([]);
  });

  test("of variables that a test has are none that lack a value", () => {
    const loose = { a: `# A\n\n${fence("bash", 'cat "$TESTDIR/x" "$OTHER"')}\n` };
    expect(plan(loose, { provided: { TESTDIR: "/d" } }).problems).toMatchObject([
      { code: "missing-input", args: { name: "OTHER" } },
    ]);
    const strict = { a: mdx(`\n${fence("bash", 'cat "$TESTDIR/x"')}\n`) };
    expect(plan(strict).problems).toMatchObject([{ code: "undeclared-variable" }]);
    expect(plan(strict, { provided: { TESTDIR: "/d" } }).problems).toEqual([]);
  });
});

describe("what is not run unasked", () => {
  const texts = {
    a: `# A\n\n${fence("bash id=wipe", "rm -rf /srv/x")}\n${fence('bash id=ask confirm="Sure?"')}\n${fence("bash id=talk interactive")}\n- [ ] call Bob\n\n${fence("bash id=far on=web1")}\n${fence("bash id=rest")}\n`,
  };

  test("is told with its place", () => {
    const told = plan(texts).refusals.map(({ kind, stepId, line, text }) => [
      kind,
      stepId,
      line,
      text,
    ]);
    expect(told).toEqual([
      ["destructive", "wipe", 3, "rm -r deletes directories with all they hold"],
      ["confirm", "ask", 7, "it asks before: Sure?"],
      ["interactive", "talk", 11, "it needs a person's terminal"],
      ["manual", "a", 15, "it is done by a person"],
      ["target", "far", 17, "it runs on the target web1"],
    ]);
  });

  test("is allowed by kind, and steps for a person are left out then", () => {
    const planned = plan(texts, { allowed: ["destructive", "confirm", "manual"] });
    expect(planned.refusals.map(({ kind }) => kind)).toEqual(["target"]);
    expect(idsOf(planned)).toBe("wipe ask far rest");
  });

  test("is no deletion below the folder, unless a step before or behind it leaves that", () => {
    const inside = fence("bash", "rm -rf build");
    expect(plan({ a: `# A\n\n${inside}\n` }).refusals).toEqual([]);
    expect(plan({ a: `# A\n\n${fence("bash", "cd /")}\n${inside}\n` }).refusals).toMatchObject([
      { kind: "destructive", line: 7 },
    ]);
  });
});

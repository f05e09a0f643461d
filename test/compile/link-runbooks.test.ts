import { describe, expect, test } from "vitest";
import { linkRunbooks } from "../../src/compile/link-runbooks.ts";
import type { Runbook } from "../../src/model/runbook.ts";
import { compileText, fence, mdx } from "./compile-text.ts";

/** Links texts by id; a text without front matter gets one. */
function link(texts: Readonly<Record<string, string>>): unknown {
  const runbooks = new Map<string, Runbook>();
  for (const [id, text] of Object.entries(texts)) {
    const { value } = compileText(text.startsWith("---") ? text : mdx(text), "mdx", id);
    if (value !== undefined) runbooks.set(id, value);
  }
  return linkRunbooks(runbooks).map(({ code, args, path, span }) => [
    code,
    "chain" in args ? args.chain.join(" → ") : args,
    `${path ?? ""}:${span?.start.line ?? "?"}`,
  ]);
}

const step = fence("sh");

function withProcedures(procedures: Readonly<Record<string, string>>, body = step): string {
  const lines = Object.entries(procedures).map(
    ([name, steps]) => `  ${name}: { steps: [${steps}] }\n`,
  );
  return mdx(body, `procedures:\n${lines.join("")}`);
}

describe("references to other runbooks", () => {
  const other = withProcedures({ backup: "{ step: a }" }, `# A\n${step}`);
  test.each([
    ["a runbook", '<Include runbook="b" />\n', []],
    ["its procedure", '<Include runbook="b" procedure="backup" />\n', []],
    ["its section", '<Include runbook="b" section="a" />\n', []],
    [
      "no runbook",
      '<Include runbook="bb" />\n',
      [["unknown-runbook", { id: "bb", nearest: "b" }, "runbooks/a.mdx:4"]],
    ],
    [
      "a runbook of every object",
      '<Include runbook="constructor" />\n',
      [["unknown-runbook", { id: "constructor", nearest: undefined }, "runbooks/a.mdx:4"]],
    ],
    [
      "no procedure",
      '<Include runbook="b" procedure="bakup" />\n',
      [
        [
          "unknown-procedure",
          { name: "bakup", runbook: "b", nearest: "backup" },
          "runbooks/a.mdx:4",
        ],
      ],
    ],
    [
      "no section",
      '<Include runbook="b" section="c" />\n',
      [["unknown-section", { id: "c", nearest: undefined }, "runbooks/a.mdx:4"]],
    ],
  ])("%s", (_name, body, expected) => {
    expect(link({ a: body, b: other })).toEqual(expected);
  });

  test("in procedures, and in the branches of their choices, have their place too", () => {
    const text = `---\ntitle: T\ninputs:\n  M: { choices: [x] }\nprocedures:\n  go:\n    steps:\n      - include: c\n      - choose: M\n        when:\n          x: [include: b:gone]\n---\n${step}`;
    expect(link({ a: text, b: other })).toEqual([
      ["unknown-runbook", { id: "c", nearest: undefined }, "runbooks/a.mdx:8"],
      [
        "unknown-procedure",
        { name: "gone", runbook: "b", nearest: undefined },
        "runbooks/a.mdx:11",
      ],
    ]);
  });
});

describe("circles", () => {
  test.each([
    [
      "of one",
      { a: '<Include runbook="a" />\n' },
      [["include-cycle", "a → a", "runbooks/a.mdx:4"]],
    ],
    [
      "of two",
      { a: '<Include runbook="b" />\n', b: '\n<Include runbook="a" />\n' },
      [["include-cycle", "a → b → a", "runbooks/b.mdx:5"]],
    ],
    [
      "of three",
      {
        c: '<Include runbook="a" />\n',
        a: '<Include runbook="b" />\n',
        b: '<Include runbook="c" />\n',
      },
      [["include-cycle", "a → b → c → a", "runbooks/c.mdx:4"]],
    ],
    [
      "that one leads into",
      {
        a: '<Include runbook="b" />\n',
        b: '<Include runbook="c" />\n',
        c: '<Include runbook="b" />\n',
      },
      [["include-cycle", "b → c → b", "runbooks/c.mdx:4"]],
    ],
    [
      "through procedures' includes",
      { a: withProcedures({ x: "{ include: b:y }" }), b: withProcedures({ y: "{ include: a }" }) },
      [["include-cycle", "a:x → b:y → a:x", "runbooks/b.mdx:4"]],
    ],
    [
      "of procedures of one runbook",
      { a: withProcedures({ x: "{ procedure: y }", y: "{ procedure: x }" }) },
      [["include-cycle", "a:x → a:y → a:x", "runbooks/a.mdx:5"]],
    ],
    [
      "through a section",
      {
        a: `# S\n<Include runbook="b" section="t" />\n`,
        b: `# T\n<Include runbook="a" section="s" />\n`,
      },
      [["include-cycle", "b#t → a#s → b#t", "runbooks/a.mdx:5"]],
    ],
    [
      "through a section that a procedure names",
      { a: withProcedures({ x: "{ section: s }" }, '# S\n<Include runbook="a" />\n') },
      [["include-cycle", "a:x → a:x", "runbooks/a.mdx:7"]],
    ],
  ])("%s", (_name, texts, expected) => {
    expect(link(texts as Readonly<Record<string, string>>)).toEqual(expected);
  });

  test("are none where two runbooks use each other's procedures and none comes back", () => {
    const texts = {
      deploy: withProcedures({ go: "{ include: backup:dump }", stop: "{ step: step }" }),
      backup: withProcedures({
        dump: "{ step: step }",
        restore: "{ include: deploy:stop }, { procedure: dump }",
      }),
    };
    expect(link(texts)).toEqual([]);
  });

  test("are none where a runbook includes a procedure of its own", () => {
    const text = withProcedures(
      { go: "{ section: s }", checks: "{ section: t }" },
      `# S\n<Include runbook="a" procedure="checks" />\n\n# T\n${step}`,
    );
    expect(link({ a: text })).toEqual([]);
  });

  test("are not sought without end in thousands of runbooks", () => {
    const texts: Record<string, string> = {};
    for (let index = 0; index < 300; index += 1) {
      const next = (index + 1) % 300;
      texts[`r${index}`] =
        `<Include runbook="r${next}" />\n\n<Include runbook="r${(index + 7) % 300}" />\n`;
    }
    const found = link(texts) as readonly unknown[];
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(600);
  });
});

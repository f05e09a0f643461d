import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { diagnosticsToJson } from "../../src/report/diagnostics-to-json.ts";
import { measureDisplayWidth } from "../../src/report/display-width.ts";
import { renderDiagnosticCount, renderDiagnostics } from "../../src/report/render-diagnostics.ts";
import { createTextStyle } from "../../src/report/text-style.ts";
import { spanOf } from "./make-span.ts";

const path = "runbooks/deployment.mdx";

function unknownAttribute(source: string, text = "timeot=30s"): Diagnostic {
  return {
    code: "unknown-attribute",
    args: { name: "timeot", nearest: "timeout" },
    severity: "error",
    path,
    span: spanOf(source, text),
  };
}

function render(source: string, diagnostics: readonly Diagnostic[], columns = 80): string {
  const style = createTextStyle({ columns, hasColors: false });
  return renderDiagnostics(diagnostics, new Map([[path, source]]), style);
}

describe("a diagnostic as text", () => {
  test("a name with a line feed begins no line of its own", () => {
    const source = "```bash timeot=30s\n";
    const text = renderDiagnostics(
      [{ ...unknownAttribute(source), path: "runbooks/a\n::error::b.md" }],
      new Map(),
      createTextStyle({ columns: 80, hasColors: false }),
    );
    expect(text).toContain(String.raw`--> runbooks/a\x0a::error::b.md:1:9`);
  });

  test("shows where it is, with carets below", () => {
    const source = `# Deploy\n\n${"\n".repeat(7)}\`\`\`bash timeot=30s\ngit push\n`;
    expect(render(source, [unknownAttribute(source)])).toBe(
      `error[unknown-attribute]: \`timeot\` is not a fence attribute of Opswright.
  --> runbooks/deployment.mdx:10:9
   |
10 | \`\`\`bash timeot=30s
   |         ^^^^^^^^^^
   = help: Did you mean \`timeout\`?
`,
    );
  });

  test("puts carets below tabs and wide characters", () => {
    const source = "\t配備\ttimeot=30s\n";
    expect(
      render(source, [unknownAttribute(source)])
        .split("\n")
        .slice(2, 5),
    ).toEqual(["  |", "1 |     配備    timeot=30s", "  |             ^^^^^^^^^^"]);
  });

  test("cuts a long line on either side of the span and fits every width", () => {
    const source = `${"left ".repeat(40)}timeot=30s${" right".repeat(40)}`;
    for (const columns of [40, 80]) {
      const text = render(source, [unknownAttribute(source)], columns);
      const lines = text.split("\n");
      const shown = lines.find((line) => line.startsWith("1 |")) ?? "";
      const marks = lines.find((line) => line.includes("^^")) ?? "";
      expect(shown).toMatch(/^1 \| ….*…$/u);
      expect(shown.slice(marks.indexOf("^"), marks.lastIndexOf("^") + 1)).toBe("timeot=30s");
      for (const one of text.split("\n"))
        expect(measureDisplayWidth(one)).toBeLessThanOrEqual(columns);
    }
  });

  test("shows the first line of a span over several, and how many follow", () => {
    const source = "a\n  from here\nover\nthese\nend";
    const span = { ...spanOf(source, "from here"), end: spanOf(source, "end").end };
    const text = render(source, [{ ...unknownAttribute(source, "a"), span }]);
    expect(text).toContain("2 |   from here\n  |   ^^^^^^^^^\n  | … and 3 more lines\n");
  });

  test("marks one cell where a span is empty or stands at the end of the line", () => {
    const source = "ab\n";
    const at = { line: 1, column: 3, offset: 2 };
    const text = render(source, [
      { ...unknownAttribute("timeot=30s"), span: { start: at, end: at } },
    ]);
    expect(text).toContain("1 | ab\n  |   ^\n");
  });

  test("makes visible what a hostile document says, in words, path and excerpt", () => {
    const source = "run \u001B[2Jtimeot\u202E=30s";
    const hostile: Diagnostic = {
      code: "unknown-attribute",
      args: { name: "x\u001B]0;owned\u0007" },
      severity: "error",
      path: "runbooks/\u001B[31m.mdx",
      span: spanOf(source, "timeot"),
    };
    const style = createTextStyle({ columns: 80, hasColors: false });
    const text = renderDiagnostics([hostile], new Map([[hostile.path ?? "", source]]), style);
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/u);
    expect(text).toContain(String.raw`run \x1b[2Jtimeot\u202e=30s`);
    expect(text.split("\n")[5]).toBe(`  | ${" ".repeat(11)}^^^^^^`);
  });

  test("is told without an excerpt where there is no source, and without a place where none is to blame", () => {
    const style = createTextStyle({ columns: 80, hasColors: false });
    const source = "timeot=30s";
    expect(renderDiagnostics([unknownAttribute(source)], new Map(), style)).toBe(
      "error[unknown-attribute]: `timeot` is not a fence attribute of Opswright.\n --> runbooks/deployment.mdx:1:1\n  = help: Did you mean `timeout`?\n",
    );
    const missing: Diagnostic = {
      code: "missing-input",
      args: { name: "COMMIT", description: "The commit to revert" },
      severity: "error",
    };
    expect(renderDiagnostics([missing], new Map(), style)).toBe(
      "error[missing-input]: The input `COMMIT` has no value: The commit to revert.\n  = help: Pass `--input COMMIT=VALUE`, or a file with `--inputs FILE`.\n",
    );
  });
});

describe("several diagnostics", () => {
  const source = "timeot=1s\ntimeot=2s\n";
  const first = unknownAttribute(source, "timeot=1s");
  const second = unknownAttribute(source, "timeot=2s");
  const nowhere: Diagnostic = { code: "no-steps", args: { target: "x" }, severity: "warning" };
  const elsewhere: Diagnostic = { ...first, path: "runbooks/a.md" };

  test("are told in the order of their places, each once", () => {
    const places = diagnosticsToJson([nowhere, second, first, elsewhere, first]).diagnostics.map(
      (one) => `${one.path}:${one.line}`,
    );
    expect(places).toEqual(["runbooks/a.md:1", `${path}:1`, `${path}:2`, "null:null"]);
  });

  test("are counted in one line", () => {
    expect(renderDiagnosticCount([nowhere, second, first, elsewhere])).toBe(
      "3 errors and 1 warning in 2 files",
    );
    expect(renderDiagnosticCount([nowhere])).toBe("1 warning");
    expect(renderDiagnosticCount([])).toBe("");
  });

  test("as JSON have a stable shape", () => {
    expect(diagnosticsToJson([second, nowhere])).toEqual({
      schemaVersion: 1,
      diagnostics: [
        {
          code: "unknown-attribute",
          severity: "error",
          title: "Unknown fence attribute",
          message: "`timeot` is not a fence attribute of Opswright.",
          hint: "Did you mean `timeout`?",
          path,
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 10,
          related: [],
          detail: null,
          fix: null,
          docs: "docs/diagnostics.md#unknown-attribute",
        },
        {
          code: "no-steps",
          severity: "warning",
          title: "Nothing to run",
          message: "`x` holds no step that would be run.",
          hint: "Look at it with `opswright show x`, and check the inputs and the selection.",
          path: null,
          line: null,
          column: null,
          endLine: null,
          endColumn: null,
          related: [],
          detail: null,
          fix: null,
          docs: "docs/diagnostics.md#no-steps",
        },
      ],
      counts: { error: 1, warning: 1, info: 0 },
    });
  });
});

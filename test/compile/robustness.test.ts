import { describe, expect, test } from "vitest";
import { compileRunbook } from "../../src/compile/compile-runbook.ts";
import { linkRunbooks } from "../../src/compile/link-runbooks.ts";
import type { DocumentFormat, Span } from "../../src/model/source.ts";
import { parseDocument } from "../../src/parse/parse-document.ts";
import { planTarget } from "../../src/plan/plan-target.ts";
import { readShell } from "./compile-text.ts";

const fragments = [
  "---\n",
  "---\ntitle: T\n---\n",
  "title: T\n",
  "inputs: { A: {} }\n",
  "procedures:\n  p: { steps: [{ section: a }] }\n",
  "a: &a [*a]\n",
  "\t",
  "# A\n",
  "## 🚀\n",
  "#\n",
  "- ",
  "- [ ] ",
  "1. ",
  "> ",
  "  ",
  "    ",
  "\n",
  "\n\n",
  "\r\n",
  "\r",
  "```bash",
  "```",
  "~~~",
  "````sh",
  "```console\n$ ",
  "```output match=json\n",
  " timeout=30s",
  " id=a",
  ' title="',
  ' when="A=',
  "{1,3}",
  " {linenos=true}",
  "\n```\n",
  "echo $A\n",
  "git revert <commit>\n",
  "<<EOF\n",
  "$ ls\n> x\n",
  "rm -rf /\n",
  "`",
  "``",
  "|a|b|\n|-|-|\n",
  "<Manual>",
  "</Manual>",
  '<Choice input="A">',
  '<Option value="1">',
  "</Option>",
  "</Choice>",
  '<Include runbook="x" />',
  "<Note title={x}>",
  "{",
  "}",
  "{/* c */}",
  "{process.exit()}",
  "import x from 'y'\n",
  "export const a = 1\n",
  "<!-- c -->",
  "<https://example.org>",
  "<b>",
  "</b>",
  "â€”",
  "Ã©",
  "é »",
  "\uFEFF",
  "\u0000",
  "\uD83D",
  "😀",
  "\u200B",
  "constructor",
  "__proto__",
  "[a](b)",
  "![",
  "\\",
  "&amp;",
  "***",
  "===\n",
];

/** A small generator with a seed: the same texts on every machine (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function randomText(random: () => number): string {
  const start = random() < 0.5 ? "---\ntitle: T\n---\n" : "";
  const count = 1 + Math.floor(random() * 25);
  const parts = Array.from(
    { length: count },
    () => fragments[Math.floor(random() * fragments.length)] ?? "",
  );
  // Reading a file drops these at its start.
  return (start + parts.join("")).replace(/^\uFEFF+/, "");
}

/** Every span in a value, wherever it stands, but in MDX's own tree of JavaScript: ESTree counts columns from 0. */
function spansIn(value: unknown): readonly Span[] {
  if (typeof value !== "object" || value === null) return [];
  if (value instanceof Map || value instanceof Set) return [...value.values()].flatMap(spansIn);
  const nested = Object.entries(value).flatMap(([key, child]) =>
    key === "estree" ? [] : spansIn(child),
  );
  return "start" in value && "end" in value && isPosition(value.start) && isPosition(value.end)
    ? [{ start: value.start, end: value.end }]
    : nested;
}

function isPosition(value: unknown): value is Span["start"] {
  return typeof value === "object" && value !== null && "offset" in value;
}

function judge(text: string, format: DocumentFormat): string | undefined {
  const source = { path: `runbooks/x.${format}`, id: "x", format, text };
  const parsed = parseDocument(source);
  const compiled = parsed.value && compileRunbook(parsed.value, readShell);
  const runbook = compiled?.value;
  if (parsed.value !== undefined && runbook === undefined) return "no runbook";
  if (parsed.value === undefined && parsed.diagnostics.length === 0) return "nothing at all";
  const diagnostics = [...parsed.diagnostics, ...(compiled?.diagnostics ?? [])];
  const runbooks = new Map([["x", { value: runbook, diagnostics }]]);
  const linked = runbook === undefined ? [] : linkRunbooks(new Map([["x", runbook]]));
  planTarget({ target: "x", runbooks, inputs: new Map(), selection: { only: [], skip: [] } });
  const ids = runbook?.steps.map(({ id }) => id) ?? [];
  if (new Set(ids).size !== ids.length) return `an id twice: ${ids.join(" ")}`;
  const lengths = text.split(/\r\n|\n|\r/).map((line) => line.length);
  for (const { start, end } of spansIn([
    parsed,
    runbook?.steps,
    runbook?.sections,
    diagnostics,
    linked,
  ])) {
    const isWithin = start.offset >= 0 && start.offset <= end.offset && end.offset <= text.length;
    if (!isWithin) return `a span from ${start.offset} to ${end.offset} of ${text.length}`;
    for (const { line, column } of [start, end]) {
      const length = lengths[line - 1];
      // A carriage return before its line feed still belongs to the line.
      if (length === undefined || column < 1 || column > length + 2) return `${line}:${column}`;
    }
  }
  return undefined;
}

describe.each(["md", "mdx"] as const)("random %s", (format) => {
  test("never throws, and every span lies within the text", () => {
    const random = createRandom(20_260_203);
    // A number, not a time: the same texts are judged on every machine.
    for (let count = 0; count < 1000; count += 1) {
      const text = randomText(random);
      let problem: string | undefined;
      try {
        problem = judge(text, format);
      } catch (error) {
        problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
      }
      expect(problem, JSON.stringify(text)).toBeUndefined();
    }
  });
});

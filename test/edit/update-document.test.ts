import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRunbook } from "../../src/compile/compile-runbook.ts";
import type { UpdateOptions } from "../../src/edit/decide-step-update.ts";
import { updateDocument } from "../../src/edit/update-document.ts";
import { matchText } from "../../src/match/match-output.ts";
import { decodeOutput } from "../../src/match/decode-output.ts";
import { re2Engine } from "../../src/match/re2-engine.ts";
import type { DocumentUpdate, StepEvidence } from "../../src/model/expectation-update.ts";
import type { CommandStep } from "../../src/model/runbook.ts";
import { loadShellReader } from "../../src/node/load-shell-reader.ts";
import { parseDocument } from "../../src/parse/parse-document.ts";
import { anyOutput } from "../match/any-output.ts";

const readShell = await loadShellReader();

function listCommands(text: string, format: "md" | "mdx" = "md"): readonly CommandStep[] {
  const parsed = parseDocument({ path: `a.${format}`, id: "a", format, text }).value;
  if (parsed === undefined) throw new Error("the document cannot be read");
  const { steps } = compileRunbook(parsed, readShell).value ?? { steps: [] };
  return steps.flatMap((step) => (step.kind === "command" ? [step] : []));
}

interface Ended {
  readonly output?: string | Uint8Array;
  readonly exitCode?: number;
  readonly outcome?: StepEvidence["outcome"];
  readonly reason?: string;
}

/** How steps end in a run, by the exit codes that they accept. */
function judge(step: CommandStep, ended: Ended): StepEvidence {
  const { output = "", exitCode = 0 } = ended;
  const { exit = [0] } = step.attributes;
  const isAccepted = exit === "any" || exit.includes(exitCode);
  const bytes = typeof output === "string" ? new TextEncoder().encode(output) : output;
  return {
    stepId: step.id,
    runbook: "a",
    title: step.title,
    path: "a.md",
    line: step.span.start.line,
    outcome: ended.outcome ?? (isAccepted ? "passed" : "failed"),
    exitCode,
    ...(isAccepted ? {} : { reason: `Exit code ${exitCode}.` }),
    ...(ended.reason !== undefined && { reason: ended.reason }),
    output: bytes,
    outputBytes: bytes.length,
  };
}

const folders = { directory: "/tmp/t/work", folder: "/tmp/t" };
const defaults: UpdateOptions = { adds: false, acceptsExit: false, proposesVolatile: true };

function update(
  text: string,
  ends: readonly Ended[],
  options: Partial<UpdateOptions> & { readonly format?: "md" | "mdx" } = {},
): DocumentUpdate {
  const { format = "md", ...given } = options;
  return updateDocument({
    source: { path: `a.${format}`, id: "a", format, text },
    runs: [
      {
        steps: listCommands(text, format).map((step, index) => judge(step, ends[index] ?? {})),
        ...folders,
      },
    ],
    options: { ...defaults, ...given },
    engine: re2Engine,
    readShell,
  });
}

const output = (...lines: readonly string[]): Ended => ({
  output: lines.map((line) => `${line}\n`).join(""),
});

describe("a document's expected output is rewritten where it stands", () => {
  it.each([
    ["plain", "```sh\nx\n```\n\n```output\nold\nkept\n```\nBehind\n"],
    [
      "in a list",
      "1. One\n\n   ```sh\n   x\n   ```\n\n   ```output\n   old\n   kept\n   ```\n2. Two\n",
    ],
    ["behind a list's mark", "- ```sh\n  x\n  ```\n  ```output\n  old\n  kept\n  ```\n- Two\n"],
    ["in a quote", "> ```sh\n> x\n> ```\n>\n> ```output\n> old\n> kept\n> ```\n>\n> End\n"],
    [
      "in a list in a quote",
      "> - One\n>\n>   ```sh\n>   x\n>   ```\n>   ```output\n>   old\n>   kept\n>   ```\n",
    ],
    [
      "with Windows line endings",
      "```sh\r\nx\r\n```\r\n\r\n```output\r\nold\r\nkept\r\n```\r\nBehind\r\n",
    ],
    ["without a last line ending", "```sh\nx\n```\n```output\nold\nkept\n```"],
    ["with tildes", "~~~sh\nx\n~~~\n~~~~output\nold\nkept\n~~~~\n"],
    ["with an indented fence", "  ```sh\n  x\n  ```\n  ```output\n  old\n  kept\n  ```\n"],
    ["with a tab before it", "- a\n\n\t```sh\n\tx\n\t```\n\t```output\n\told\n\tkept\n\t```\n"],
    ["in a transcript", "```console\n$ x\nold\nkept\n\n$ y\n```\n"],
    ["in a transcript that is indented", "```console\n  $ x\n  old\n  kept\n  $ y\n```\n"],
    ["in a transcript in a list", "- a\n\n  ```console\n  $ x\n  old\n  kept\n  $ y\n  z\n  ```\n"],
  ])("%s", (_, text) => {
    const { after, steps } = update(text, [output("new", "  deep", "kept"), output("z")]);
    const row = text.split("\n").find((line) => line.includes("old")) ?? "";
    const deep = row.replace("old", "  deep");
    expect(after).toBe(text.replace(row, `${row.replace("old", "new")}\n${deep}`));
    expect(steps.map(({ kind }) => kind)).toEqual(["rewritten"]);
    expect(update(after, [output("new", "  deep", "kept"), output("z")])).toEqual({
      before: after,
      after,
      edits: [],
      steps: [],
    });
  });

  it("also where nothing was expected, and where nothing is any more", () => {
    const empty = "- ```sh\n  x\n  ```\n  ```output\n  ```\n";
    const full = "- ```sh\n  x\n  ```\n  ```output\n  a\n\n  b\n  ```\n";
    expect(update(empty, [output("a", "", "b")]).after).toBe(full);
    expect(update(full, [output()]).after).toBe(empty);
  });

  it("in a longer fence where the output would close it", () => {
    const text = "```sh\nx\n```\n```output\nold\n```\n";
    expect(update(text, [output("```", "````")]).after).toBe(
      "```sh\nx\n```\n`````output\n```\n````\n`````\n",
    );
  });

  it("in a transcript of several commands, each below its own", () => {
    const text = "```console\n$ a\n1\n\n$ b\n> more\n2\n2\n$ c\n\n$ d\n4\n```\n";
    const ends = [output("one"), output("2"), output("not told"), output()];
    expect(update(text, ends).after).toBe(
      "```console\n$ a\none\n\n$ b\n> more\n2\n$ c\n\n$ d\n[0]\n```\n",
    );
  });

  it("in MDX, inside of components", () => {
    const head = "---\ntitle: A\nsummary: A.\n---\n\n<Note>\n\n```sh\nx\n```\n\n```output\n";
    const { after } = update(`${head}old\n\`\`\`\n\n</Note>\n`, [output("{new} <b>")], {
      format: "mdx",
    });
    expect(after).toBe(`${head}{new} <b>\n\`\`\`\n\n</Note>\n`);
  });

  it("tells the lines of the old document and of the new one", () => {
    const text =
      "```sh\nx\n```\n```output\na\n```\n\n```sh\ny\n```\n```output\nb*c (glob)\nold\n```\n";
    const { steps } = update(text, [output("1", "2", "3"), output("bxc", "in 1.5s")]);
    expect(steps).toEqual([
      {
        stepId: "step",
        title: "x",
        path: "a.md",
        line: 1,
        script: "x",
        kind: "rewritten",
        changes: [
          { kind: "dropped", line: 5, text: "a" },
          { kind: "new", line: 5, text: "1" },
          { kind: "new", line: 6, text: "2" },
          { kind: "new", line: 7, text: "3" },
        ],
      },
      {
        stepId: "step-2",
        title: "y",
        path: "a.md",
        line: 8,
        script: "y",
        kind: "rewritten",
        changes: [
          { kind: "kept", line: 14, text: "b*c (glob)", isMatcher: true },
          { kind: "dropped", line: 13, text: "old" },
          { kind: "loosened", line: 15, text: "in [DURATION]" },
        ],
      },
    ]);
  });
});

describe("names", () => {
  const text = "```console\n$ a\nid [..id..]\nold\n$ b\nid [..id..]\n```\n";

  it("have the value that the rewritten output binds", () => {
    const ends = [output("id 7", "new"), output("id 7")];
    expect(update(text, ends).after).toBe(text.replace("old", "new"));
  });

  it("give way where a later output has another value", () => {
    const ends = [output("id 7", "old"), output("id 8")];
    expect(update(text, ends).after).toBe("```console\n$ a\nid [..id..]\nold\n$ b\nid 8\n```\n");
  });
});

describe("what is never taken over", () => {
  const text = "```sh\nx\n```\n```output\nold\n```\n";
  it.each<[string, Ended, string]>([
    [
      "an exit code",
      { output: "new\n", exitCode: 1 },
      "Exit code 1. A changed exit code is taken over with --accept-exit alone.",
    ],
    [
      "what was cut off by a time limit",
      { output: "new\n", outcome: "timed-out", reason: "Too slow." },
      "Too slow.",
    ],
    [
      "what nobody knows the end of",
      { output: "new\n", outcome: "unknown" },
      "Its outcome is unknown.",
    ],
    [
      "what failed for another reason",
      { output: "new\n", outcome: "failed", reason: "Nothing was captured." },
      "Nothing was captured.",
    ],
  ])("%s", (_, ended, reason) => {
    expect(update(text, [ended])).toEqual({
      before: text,
      after: text,
      edits: [],
      steps: [
        {
          stepId: "step",
          title: "x",
          path: "a.md",
          line: 1,
          script: "x",
          kind: "left",
          reason,
          changes: [],
        },
      ],
    });
  });

  it("output that is too long", () => {
    const [step] = listCommands(text);
    const evidence = step && judge(step, { outcome: "mismatched" });
    const { steps } = updateDocument({
      source: { path: "a.md", id: "a", format: "md", text },
      runs: [
        {
          steps:
            evidence === undefined ? [] : [{ ...evidence, output: undefined, outputBytes: 3e6 }],
          ...folders,
        },
      ],
      options: defaults,
      engine: re2Engine,
      readShell,
    });
    expect(steps[0]?.reason).toContain("It printed 2930 KB");
  });

  it("what an included document's step printed", () => {
    const { steps, after } = updateDocument({
      source: { path: "a.md", id: "a", format: "md", text },
      runs: [
        {
          steps: [
            {
              stepId: "b/x",
              runbook: "b",
              title: "X",
              path: "b.md",
              line: 7,
              outcome: "mismatched",
              reason: "It differs.",
              outputBytes: 0,
            },
          ],
          ...folders,
        },
      ],
      options: defaults,
      engine: re2Engine,
      readShell,
    });
    expect(after).toBe(text);
    expect(steps[0]).toMatchObject({
      path: "b.md",
      line: 7,
      reason: "It differs. It stands in b, which is included: update that.",
    });
  });

  it("what would make other steps of the document", () => {
    // Behind an open here-document the output itself would be part of the command.
    const open = "```console\n$ echo $((1<<X))\n```\n\n```console\n$ y\nold\n```\n";
    const { after, steps } = update(open, [output("X"), output("new")], { adds: true });
    expect(after).toBe(open.replace("old", "new"));
    expect(steps.map(({ kind }) => kind)).toEqual(["left", "rewritten"]);
    expect(steps[0]?.reason).toContain("cannot stand in the document");
  });
});

describe("a changed exit code that is accepted", () => {
  const accept = { acceptsExit: true } as const;
  it.each([
    [
      "in its line",
      "```sh\nx\n```\n```output\na\n[1]\n```\n",
      "a\n",
      2,
      "```sh\nx\n```\n```output\na\n[2]\n```\n",
    ],
    [
      "as a new line",
      "```sh\nx\n```\n```output\na\n```\n",
      "b\n",
      2,
      "```sh\nx\n```\n```output\nb\n[2]\n```\n",
    ],
    [
      "in `exit`",
      "```sh check exit=1,3 timeout=3s\nx\n```\n",
      "",
      2,
      "```sh check exit=2 timeout=3s\nx\n```\n",
    ],
    [
      "in both",
      "```sh exit=1\nx\n```\n```output\n[1]\n```\n",
      "",
      2,
      "```sh exit=2\nx\n```\n```output\n[2]\n```\n",
    ],
    ["as a new `exit`", "```sh check\nx\n```\n", "", 2, "```sh check exit=2\nx\n```\n"],
    [
      "as a new `exit` beside JSON",
      "```sh\nx\n```\n```output match=json\n{}\n```\n",
      "[]",
      2,
      "```sh exit=2\nx\n```\n```output match=json\n[]\n```\n",
    ],
    [
      "by saying nothing where it is 0",
      "```sh exit=1 check\nx\n```\n",
      "",
      0,
      "```sh check\nx\n```\n",
    ],
    [
      "below a transcript's command",
      "```console\n$ x\n$ y\n```\n",
      "a\n",
      2,
      "```console\n$ x\n...\n[2]\n$ y\n```\n",
    ],
  ])("is written %s", (_, text, printed, exitCode, written) => {
    const { after, steps } = update(text, [{ output: printed, exitCode }], accept);
    expect(after).toBe(written);
    expect(steps[0]).toMatchObject({ kind: "rewritten", exitCode });
    expect(update(after, [{ output: printed, exitCode }], accept).steps).toEqual([]);
  });
});

describe("output that is added", () => {
  const adds = { adds: true } as const;
  it.each([
    ["behind its block", "```sh\nx\n```\n\nText\n", "```sh\nx\n```\n\n```output\na\n```\n\nText\n"],
    ["with tildes", "~~~sh\nx\n~~~", "~~~sh\nx\n~~~\n\n~~~output\na\n~~~"],
    [
      "in a list",
      "- ```sh\n  x\n  ```\n- b\n",
      "- ```sh\n  x\n  ```\n  ```output\n  a\n  ```\n- b\n",
    ],
    ["in a quote", "> ```sh\n> x\n> ```\n", "> ```sh\n> x\n> ```\n> ```output\n> a\n> ```\n"],
    [
      "with Windows line endings",
      "```sh\r\nx\r\n```\r\n",
      "```sh\r\nx\r\n```\r\n\r\n```output\r\na\r\n```\r\n",
    ],
    [
      "below a transcript's command",
      "```console\n$ x\n\n$ y\n```\n",
      "```console\n$ x\na\n\n$ y\n```\n",
    ],
  ])("stands %s", (_, text, written) => {
    expect(update(text, [output("a")], adds).after).toBe(written);
    expect(update(text, [output("a")]).after).toBe(text);
    expect(update(text, [output()], adds).after).toBe(text);
    expect(update(written, [output("a")], adds).steps).toEqual([]);
  });
});

/** Pieces of documents; `%` stands for a fence with its output, or a transcript. */
const frames = [
  "%\n",
  "1. One\n\n   %\n\n2. Two\n",
  "- %\n- Two\n",
  "> Quote\n>\n> %\n>\n> End\n",
  "> - One\n>\n>   %\n>\n> End\n",
  "\t- a\n\n%\n",
  "  %\n",
  "Text\tand `code` and ``` in prose\n\n%\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
];
const fences = ["```", "````", "~~~"].flatMap((marks) => [
  `${marks}sh\nx\n${marks}\n${marks}output%a\n#\n${marks}`,
  `${marks}console%a\n$ x\n#\n\n$ y\n#\n${marks}`,
]);
const anyExpected = fc
  .array(
    fc.constantFrom(
      "old",
      "v* (glob)",
      "...",
      "a [..x..]",
      "[TIME]",
      "\\d+ (re)",
      "a (?)",
      "",
      "[1]",
    ),
    { maxLength: 4 },
  )
  .map((lines) => lines.join("\n"));
interface PieceParts {
  readonly frame: string;
  readonly fence: string;
  readonly attributes: string;
  readonly expected: readonly string[];
}
const anyPiece: fc.Arbitrary<PieceParts> = fc.record({
  frame: fc.constantFrom(...frames),
  fence: fc.constantFrom(...fences),
  attributes: fc.constantFrom("", "", " match=subset", " match=unordered", " match=exact"),
  expected: fc.tuple(anyExpected, anyExpected),
});

function writePiece({ frame, fence, attributes, expected }: PieceParts): string {
  let at = 0;
  const block = fence
    .replace("%a", attributes)
    .replaceAll("#", () => expected[at++] ?? "")
    .replaceAll("\n\n```", "\n```");
  const line = frame.split("\n").find((one) => one.includes("%")) ?? "";
  const prefix = line.slice(0, line.indexOf("%")).replaceAll(/[-\d.]/gu, " ");
  return frame.replace("%", () =>
    block
      .split("\n")
      .map((row, index) => (index === 0 ? row : `${prefix}${row}`))
      .join("\n"),
  );
}

const anyDocument = fc
  .record({ pieces: fc.array(anyPiece, { minLength: 1, maxLength: 3 }), isWindows: fc.boolean() })
  .map(({ pieces, isWindows }) => {
    const text = `# A\n\n${pieces.map(writePiece).join("\n")}\nEnd\n`;
    return isWindows ? text.replaceAll("\n", "\r\n") : text;
  });
const anyLines = fc
  .array(
    fc.constantFrom(
      "```",
      "~~~~",
      "> ```",
      "$ x",
      "> y",
      "[1]",
      "...",
      "a (re)",
      "a 1",
      "v2",
      "",
      "\t",
      "  deep",
      "- b",
      "# H",
      "<b>",
      "\u001b[1m",
      "\r",
      "\u007f",
      "old",
      "7",
    ),
    { maxLength: 5 },
  )
  .map((lines) => new TextEncoder().encode(lines.join("\n")));
const anyEnds = fc.array(
  fc.record({ output: fc.oneof(anyLines, anyOutput), exitCode: fc.constantFrom(0, 0, 1) }),
  { minLength: 6, maxLength: 6 },
);

/** What is in no fence; of fences, only that they are there. */
function outside(text: string): readonly string[] {
  const { blocks = [] } = parseDocument({ path: "a.md", id: "a", format: "md", text }).value ?? {};
  const fencesOf = blocks.filter((block) => block.kind === "fence");
  let at = 0;
  const pieces = fencesOf.map(({ span }) => {
    const piece = text.slice(at, span.start.offset);
    at = span.end.offset;
    return piece;
  });
  return [...pieces, text.slice(at)];
}

describe("whatever a document is and its commands print", () => {
  it("what passes afterwards is all but what was left, and nothing else is touched", () => {
    let rewritten = 0;
    fc.assert(
      fc.property(
        anyDocument,
        anyEnds,
        fc.boolean(),
        fc.boolean(),
        (text, ends, adds, acceptsExit) => {
          const options = { adds, acceptsExit };
          const first = update(text, ends, options);
          const left = new Set(
            first.steps.flatMap((one) => (one.kind === "left" ? [one.stepId] : [])),
          );
          const before = listCommands(text);
          const after = listCommands(first.after);
          expect(after.map(({ script }) => script)).toEqual(before.map(({ script }) => script));
          const known: Record<string, string> = {};
          for (const [index, step] of after.entries()) {
            const { output: printed = new Uint8Array(), exitCode = 0 } = ends[index] ?? {};
            if (left.has(step.id)) continue;
            const { exit = [0] } = step.attributes;
            expect(exit === "any" || exit.includes(exitCode)).toBe(true);
            if (step.expectation === undefined) continue;
            const match = matchText(step.expectation, decodeOutput(printed), re2Engine, { known });
            expect(match.isMatch).toBe(true);
            if (match.isMatch) Object.assign(known, { ...match.bound, ...known });
          }
          if (!adds) expect(outside(first.after)).toEqual(outside(text));
          for (const { reason } of first.steps) expect(reason ?? "").not.toContain("cannot stand");
          const second = update(first.after, ends, options);
          expect(second.after).toBe(first.after);
          rewritten += first.steps.filter(({ kind }) => kind === "rewritten").length;
        },
      ),
      { numRuns: 150 },
    );
    // Documents of which nothing is rewritten would prove nothing.
    expect(rewritten).toBeGreaterThan(100);
  });
});

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExpectationFacts } from "../../src/edit/expectation-facts.ts";
import { updateExpectation } from "../../src/edit/update-expectation.ts";
import { openOutputMatch } from "../../src/match/match-output.ts";
import { re2Engine } from "../../src/match/re2-engine.ts";
import type { ExpectationUpdate } from "../../src/model/expectation-update.ts";
import type { MatchMode } from "../../src/model/expectation.ts";
import { anyOutput } from "../match/any-output.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

type Given = Partial<Omit<ExpectationFacts, "output" | "engine">> & {
  readonly match?: MatchMode;
  readonly ansi?: "keep";
};

function update(
  text: string,
  output: string | Uint8Array,
  { match = "lines", ansi, ...facts }: Given = {},
): ExpectationUpdate {
  return updateExpectation(
    { text, match, ...(ansi && { ansi }) },
    {
      output: typeof output === "string" ? bytes(output) : output,
      known: {},
      proposesVolatile: true,
      engine: re2Engine,
      ...facts,
    },
  );
}

/** The new text alone; what did not change is as it was. */
function rewrite(...[text, output, given]: Parameters<typeof update>): string {
  const result = update(text, output, given);
  if (result.kind === "impossible") return `impossible: ${result.reason}`;
  return result.kind === "unchanged" ? text : result.text;
}

const transcript: Given = {
  startsCommand: (line, isFirst) =>
    line === "$" || line.startsWith("$ ") || (isFirst && (line === ">" || line.startsWith("> "))),
};

describe("expected lines that do not hold", () => {
  it.each<[string, string, string | Uint8Array, string]>([
    ["are replaced by those that came", "a\nb\nc", "a\nB\nc\n", "a\nB\nc"],
    ["go where nothing came", "a\nb", "a\n", "a"],
    ["come where more came", "a", "a\nb\n", "a\nb"],
    ["are replaced by nothing at all", "a", "", ""],
    [
      "are escaped where they mean something",
      "a",
      "[..]\n...\nx (re)\n",
      "[..] (eq)\n... (eq)\nx (re) (eq)",
    ],
    ["are marked where they are an exit code", "a", "[1]\n", "[1] (eq)"],
    ["are marked where they are empty and last", "a", "\n", " (eq)"],
    ["keep globs around them", "v* (glob)\nb\n...", "v1\nc\nx\ny\n", "v* (glob)\nc\n..."],
    ["keep patterns around them", "v\\d (re)\nb", "v1\nc\n", "v\\d (re)\nc"],
    ["keep quantifiers around them", "v* (glob+)\nb", "v1\nv2\nc\n", "v* (glob+)\nc"],
    ["keep lines that may be missing", "maybe (?)\nb", "c\n", "maybe (?)\nc"],
    ["drop globs that hold for nothing", "v* (glob)\nb", "w1\nb\n", "w1\nb"],
    ["keep volatile words around them", "[TIME]\nb", "2026-02-03T04:05:06Z\nc\n", "[TIME]\nc"],
    [
      "keep the name in a line of other words",
      "id [..id..] is up",
      "id 42 is down\n",
      "id [..id..] is down",
    ],
    [
      "keep a wildcard in a line of other words",
      "user [..] has 3 jobs",
      "user bob has 4 jobs\n",
      "user [..] has 4 jobs",
    ],
    ["keep elisions side by side", "...\n...\nb", "x\nc\n", "...\n...\nc"],
    ["keep an elision before them", "a\n...\nlast 3", "a\nx\nlast 4\n", "a\n...\nlast 4"],
    ["keep an elision behind them", "first 3\n...", "first 4\nx\n", "first 4\n..."],
    ["keep elisions around them", "...\nsum: 3\n...", "x\nsum: 4\ny\n", "...\nsum: 4\n..."],
    [
      "go between elisions where nothing is like them",
      "...\nsum: 3\n...\nend",
      "x\ny\nend\n",
      "...\n...\nend",
    ],
    ["keep an exit code behind them", "a\n[3]", "b\n", "b\n[3]"],
    ["drop the mark for no line end", "a (no-eol)", "a\n", "a"],
    ["show control characters", "a", "\u001b]0;x\u0007b\tc \n", "b\\tc\\x20 (esc)"],
    ["show stray bytes", "a", Uint8Array.of(0x62, 0xff, 10), "b\\xff (esc)"],
    ["do without carriage returns", "a", "b\r\n", "b"],
  ])("%s", (_, text, output, written) => {
    expect(rewrite(text, output)).toBe(written);
  });

  it("tell what became of each", () => {
    const text = "up [..id..]\nv1\nat [TIME]\nlast";
    expect(update(text, "up 7\nv2\ntook 1.25s\nlast\n")).toEqual({
      kind: "rewritten",
      text: "up [..id..]\nv2\ntook [DURATION]\nlast",
      bound: { id: "7" },
      changes: [
        { kind: "kept", row: 0, text: "up [..id..]", isMatcher: true },
        { kind: "dropped", row: 1, text: "v1" },
        { kind: "dropped", row: 2, text: "at [TIME]" },
        { kind: "new", row: 1, text: "v2" },
        { kind: "loosened", row: 2, text: "took [DURATION]" },
        { kind: "kept", row: 3, text: "last" },
      ],
    });
  });

  it("are dropped where a name has another value", () => {
    expect(rewrite("id [..id..]", "id 8\n", { known: { id: "7" } })).toBe("id 8");
    expect(update("id [..id..]", "id 7\n", { known: { id: "7" } })).toEqual({
      kind: "unchanged",
      bound: {},
    });
  });
});

describe("what looks volatile", () => {
  it.each([
    ["a time", "at 2026-02-03 04:05:06 INFO up", "at [TIME] INFO up"],
    ["a time of mail", "Date: Tue, 3 Feb 2026 04:05:06 +0000", "Date: [TIME]"],
    ["a time of day with seconds", "[04:05:06] up", "[[TIME]] up"],
    ["a UUID", "id 123e4567-e89b-42d3-a456-426614174000.", "id [UUID]."],
    ["a temporary path", "in /tmp/tmp.Xa81bQ: done", "in [TMP]: done"],
    ["a hash", "HEAD is now at 4b825dc add", "HEAD is now at [SHA] add"],
    ["a port that nobody chose", "on http://localhost:43121/", "on http://localhost:[PORT]/"],
    ["a duration", "3 passed in 0.12s", "3 passed in [DURATION]"],
    ["whole seconds", "Finished in 3s", "Finished in [DURATION]"],
    ["what bash's `time` says", "real 0m1.204s", "real [DURATION]"],
    ["the step's directory", "/tmp/t-1/work/a.txt", "[CWD]/a.txt"],
    ["another folder of the run", "/tmp/t-1/home/.x", "[TMP]"],
    ["two in a line, with a tab", "1.5s\t2.5s", "[DURATION]\\t[DURATION] (esc)"],
  ])("is proposed as a volatile word: %s", (_, line, written) => {
    const folders = { directory: "/tmp/t-1/work", folder: "/tmp/t-1" };
    expect(rewrite("old", `${line}\n`, folders)).toBe(written);
    expect(rewrite("old", `${line}\n`, { proposesVolatile: false })).not.toMatch(/\[[A-Z]+\]/u);
  });

  it.each([
    ["a version", "v1.2.3 of 2026-02-03"],
    ["a ratio and a time of day", "16:9 at 10:30"],
    ["a number", "12345678 rows"],
    ["a word", "defaced facade"],
    ["a chosen port", "http://localhost:8080"],
    ["a setting in seconds", "timeout: 30s"],
    ["a length in metres", "5 m"],
  ])("is not guessed of %s", (_, line) => {
    expect(rewrite("old", `${line}\n`)).toBe(line);
  });

  it("is text where it was expected word for word before", () => {
    const line = "released 2020-01-02 03:04:05 as 4b825dc";
    expect(rewrite(`${line}, v1`, `${line}, v2\n`)).toBe(`${line}, v2`);
  });

  it("is a wildcard where the system's temporary folder has a name of its own", () => {
    const folders = { directory: "/scratch/t-1/work", folder: "/scratch/t-1" };
    expect(rewrite("old", "/scratch/t-1/home/x and /scratch/t-1/work\n", folders)).toBe(
      "[..] and [CWD]",
    );
  });
});

describe("other ways to compare", () => {
  it.each<[string, MatchMode, string, string, string]>([
    [
      "a subset: the line with most words in common",
      "subset",
      "server ready on 80\ndone",
      "x\nserver ready on 81\ny\ndone\n",
      "server ready on 81\ndone",
    ],
    ["a subset: what has no like is dropped", "subset", "gone\ndone", "x\ndone\n", "done"],
    ["a subset of which nothing is left: all lines", "subset", "gone", "x\ny\n", "x\ny"],
    [
      "lines in any order: in the old ones' places",
      "unordered",
      "c\na\nb* (glob)",
      "b1\na\nd\n",
      "d\na\nb* (glob)",
    ],
    ["lines in any order, of which there are more", "unordered", "a", "b\na\nc\n", "a\nb\nc"],
    [
      "a part of a line: all of the line",
      "contains",
      "ready on 80",
      "x\nserver ready on 81!\n",
      "server ready on 81!",
    ],
    [
      "lines inside: the block that has most of them",
      "contains",
      "one\ntwo (re)\nthree 3",
      "x\none\ntwo\nthree 4\ny\n",
      "one\ntwo (re)\nthree 4",
    ],
    ["nothing of it: all lines", "contains", "gone", "x\ny\n", "x\ny"],
    ["each byte", "exact", "a", "a [TIME]\r\n\nb", "a \\x5bTIME]\\r (esc)\n\nb (no-eol)"],
  ])("%s", (_, match, text, output, written) => {
    expect(rewrite(text, output, { match })).toBe(written);
  });

  it("keeps colours where they are compared", () => {
    expect(rewrite("a", "\u001b[31mb\n", { ansi: "keep" })).toBe("\\e[31mb (esc)");
  });
});

describe("expected JSON", () => {
  const old = '{"id": "(uuid)", "state": "up", "n": [1, 2]}';
  const id = '"id":"123e4567-e89b-42d3-a456-426614174000"';
  it.each([
    [
      "keeps matchers that hold, and its text around values",
      old,
      `{${id},"state":"down","n":[1,2],"more":1}`,
      '{"id": "(uuid)", "state": "down", "n": [1, 2]}',
    ],
    ["drops matchers that do not hold", '{"id": "(uuid)"}', '{"id": 7}', '{"id": 7}'],
    [
      "drops keys that are gone, on one line",
      old,
      `{${id},"n":[1,2]}`,
      '{"id": "(uuid)", "n": [1, 2]}',
    ],
    ["takes more elements", '{"n":[1]}', '{"n":[1,{"a":2}]}', '{"n":[1,{"a":2}]}'],
    [
      "keeps a layout over several lines",
      '{\n    "a": 1,\n    "b":   2\n}',
      '{"a":1,"b":{"c":3}}',
      '{\n    "a": 1,\n    "b":   {\n        "c": 3\n    }\n}',
    ],
    ["lays out anew over several lines", '{\n  "a": 1,\n  "b": 2\n}', '{"b":3}', '{\n  "b": 3\n}'],
    ["says that a text is no matcher", '{"a":"b"}', '{"a":"(any)"}', '{"a":"(eq) (any)"}'],
    ["says that a text is no elision", '["b"]', '["..."]', '["(eq) ..."]'],
    ["proposes volatile words", '{"at":"x"}', '{"at":"2026-02-03T04:05:06Z"}', '{"at":"[TIME]"}'],
    ["is replaced where nothing of an object is left", '{"a":1}', '{"b":2}', '{"b":2}'],
    [
      "keeps whole numbers of any size",
      '{"a":1}',
      '{"a":12345678901234567890}',
      '{"a":12345678901234567890}',
    ],
    ["keeps a key that is a prototype's", '{"__proto__":1}', '{"__proto__":2}', '{"__proto__":2}'],
    [
      "cannot be made of other text",
      "{}",
      "no",
      'impossible: the output is no JSON (Unexpected token \'o\', "no" is not valid JSON); it begins with "no"',
    ],
  ])("%s", (_, text, output, written) => {
    expect(rewrite(text, output, { match: "json" })).toBe(written);
  });

  it("tells values by their paths", () => {
    const text = '{\n  "id": "(uuid)",\n  "state": "up"\n}';
    expect(update(text, `{${id},"state":"down"}`, { match: "json" })).toMatchObject({
      changes: [
        { kind: "kept", row: 1, text: '.id: "(uuid)"', isMatcher: true },
        { kind: "dropped", row: 2, text: '.state: "up"' },
        { kind: "new", row: 2, text: '.state: "down"' },
      ],
    });
  });
});

describe("the exit code", () => {
  it.each([
    ["is rewritten", "a\n[1]", "a\n", 2, "a\n[2]"],
    ["is dropped where it is 0", "a\n[1]", "b\n", 0, "b"],
    ["comes where there was none", "a", "a\n", 3, "a\n[3]"],
    ["makes no exit code of the line before it", "[1]\n[2]", "[1]\n", 0, "[1] (eq)"],
  ])("%s", (_, text, output, exitCode, written) => {
    expect(rewrite(text, output, { exitCode })).toBe(written);
  });
});

describe("a transcript", () => {
  it.each([
    ["writes what would be a command otherwise", "a", "$ ls\n> x\n", "\\x24 ls (esc)\n> x"],
    ["writes what would go on with the command", "a", "> x\n", "\\x3e x (esc)"],
    ["says that nothing was printed", "a", "", "[0]"],
    ["marks what would be nothing below the command", "a", "\n\n", "\n (eq)"],
    ["rewrites a line that comes to stand first", "a\n> b\nc", "> b\nd\n", "\\x3e b (esc)\nd"],
  ])("%s", (_, text, output, written) => {
    expect(rewrite(text, output, transcript)).toBe(written);
  });

  it("cannot say each byte of nothing", () => {
    expect(rewrite("a", "", { ...transcript, match: "exact" })).toBe(
      "impossible: a transcript with match=exact cannot say that nothing is printed",
    );
  });
});

const modes: readonly MatchMode[] = ["lines", "subset", "unordered", "contains", "exact"];
const anyText = anyOutput.map((output) =>
  new TextDecoder().decode(output).replaceAll(/[\r\0]|\n+$/gu, ""),
);
const anyFacts = fc.record({
  match: fc.constantFrom(...modes),
  proposesVolatile: fc.boolean(),
  startsCommand: fc.constantFrom(undefined, transcript.startsCommand),
});

describe("whatever was expected and came", () => {
  it("what is written holds, and a second update changes nothing", () => {
    fc.assert(
      fc.property(anyText, anyOutput, anyFacts, (text, output, facts) => {
        const isMute = facts.match === "exact" && facts.startsCommand !== undefined;
        fc.pre(!(isMute && output.length === 0));
        const first = update(text, output, facts);
        expect(first.kind).not.toBe("impossible");
        if (first.kind !== "rewritten") return;
        const match = openOutputMatch({ text: first.text, match: facts.match }, re2Engine);
        match.push(output);
        expect(match.end()).toEqual({ isMatch: true, bound: first.bound });
        expect(update(first.text, output, facts)).toEqual({
          kind: "unchanged",
          bound: first.bound,
        });
      }),
      { numRuns: 3000 },
    );
  });

  it("JSON too", () => {
    const leaf = fc.constantFrom(
      "(any)",
      "(re) a.*",
      "...",
      "[TIME]",
      "a",
      "(eq) x",
      "[..]",
      "(glob) *",
    );
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.integer(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "b", "c d", "__proto__", "1"), tie("value"), {
          maxKeys: 3,
        }),
      ),
    })).value;
    const step = fc.constantFrom(undefined, 2, "\t");
    fc.assert(
      fc.property(json, json, step, (expected, actual, space) => {
        const text = JSON.stringify(expected, undefined, space);
        const output = bytes(JSON.stringify(actual));
        const first = update(text, output, { match: "json" });
        expect(first.kind).not.toBe("impossible");
        if (first.kind !== "rewritten") return;
        expect(update(first.text, output, { match: "json" }).kind).toBe("unchanged");
      }),
      { numRuns: 3000 },
    );
  });
});

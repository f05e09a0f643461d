import { describe, expect, test } from "vitest";
import { readRegions, readWholeScript, removeIndent } from "../../src/drift/read-regions.ts";

const textsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...readRegions(text).regions.values()].map(({ name, lines }) => [
      name,
      lines.map((line) => `${line.number} ${line.text}`).join("|"),
    ]),
  );
const problemsOf = (text: string): readonly string[] =>
  readRegions(text).problems.map(
    ({ kind, name, line, otherLine }) =>
      `${line} ${kind} ${name}${otherLine === undefined ? "" : ` ${otherLine}`}`,
  );

describe("a region's markers", () => {
  test.each([
    ["# opswright:begin a", "# opswright:end a"],
    ["// opswright:begin a", "// opswright:end a"],
    ["-- opswright:begin a", "-- opswright:end a"],
    ["<!-- opswright:begin a -->", "<!--opswright:end a-->"],
    ["/* opswright:begin a */", "/*opswright:end a*/"],
    ['" opswright:begin a', '" opswright:end a'],
    ["REM opswright:begin a", "@rem opswright:end a"],
    ["dnl opswright:begin a", "dnl opswright:end a"],
    [";; opswright:begin   a", "\t% opswright:end\ta  "],
    ["opswright:begin a", "opswright:end a"],
    ["# opswright:begin a: what follows", "# opswright:end a (the end)"],
  ])("stand in any comment: %s", (begin, end) => {
    expect(textsOf(`${begin}\nx\n${end}\n`)).toEqual({ a: "2 x" });
    expect(problemsOf(`${begin}\nx\n${end}\n`)).toEqual([]);
  });

  test.each([
    "echo opswright:begin a",
    'printf "# opswright:begin %s" a',
    "# write opswright:begin a above it",
    "# opswright:beginning a",
    "# opswright: begin a",
  ])("are none in the middle of something else: %s", (line) => {
    expect(readRegions(`${line}\nx`)).toEqual({ regions: new Map(), problems: [] });
  });

  test.each(["dump", "backup/dump", "a.b-c_d", "7"])("have the name %s", (name) => {
    expect(textsOf(`# opswright:begin ${name}\nx\n# opswright:end ${name}`)).toEqual({
      [name]: "2 x",
    });
  });

  test("are read with each line ending, and keep tabs and blanks", () => {
    expect(textsOf("# opswright:begin a\r\n\tx \r\n\r\n y\r\n# opswright:end a")).toEqual({
      a: "2 \tx |3 |4  y",
    });
    expect(textsOf("# opswright:begin a\rx\r# opswright:end a")).toEqual({ a: "2 x" });
  });

  test("can stand inside others, and are no part of their text", () => {
    const text = ["begin a", "1", "begin b", "2", "end b", "3", "end a"]
      .map((line) => (/^\d/u.test(line) ? line : `# opswright:${line}`))
      .join("\n");
    expect(textsOf(text)).toEqual({ a: "2 1|4 2|6 3", b: "4 2" });
  });

  test.each([
    [["begin a"], ["1 unclosed a"], []],
    [["end a"], ["1 unopened a"], []],
    [["begin"], ["1 nameless "], []],
    [["begin ?"], ["1 nameless "], []],
    [["begin a", "end a", "begin a", "end a"], ["3 doubled a 1"], ["a"]],
    [["begin a", "begin a", "end a", "end a"], ["2 doubled a 1"], ["a"]],
    [["begin a", "begin b", "end a", "end b"], ["3 crossing a 2"], []],
    [["begin a", "begin b", "end b"], ["1 unclosed a"], ["b"]],
  ])("that do not go together: %s", (markers, problems, regions) => {
    const text = markers.map((marker) => `# opswright:${marker}`).join("\n");
    expect(problemsOf(text)).toEqual(problems);
    expect(Object.keys(textsOf(text))).toEqual(regions);
  });

  test("are read in linear time", () => {
    const marker = `${"#".repeat(2000)} opswright:begi\n`;
    const text = `${marker.repeat(500)}${"# opswright:begin a\n".repeat(20_000)}`;
    expect(readRegions(text).problems).toHaveLength(39_999);
  });
});

test.each([
  ["#!/bin/sh\na\nb\n", ["2 a", "3 b"]],
  ["a\nb", ["1 a", "2 b"]],
  ["a\n\n", ["1 a", "2 "]],
  ["#!/bin/sh", []],
  ["", []],
])("a whole script is all but its first line: %j", (text, lines) => {
  expect(readWholeScript(text).map((line) => `${line.number} ${line.text}`)).toEqual(lines);
});

test.each([
  [["  a", "", "    b"], ["a", "", "  b"], "  "],
  [["\ta", "  b"], ["\ta", "  b"], ""],
  [["\t a", "\t\tb", "   "], [" a", "\tb", ""], "\t"],
  [["   "], [""], ""],
  [[], [], ""],
])("common indentation is taken away: %j", (lines, without, indent) => {
  expect(removeIndent(lines)).toEqual({ lines: without, indent });
});

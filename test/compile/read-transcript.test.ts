import { describe, expect, test } from "vitest";
import { readTranscript, startsWithPrompt } from "../../src/compile/read-transcript.ts";

function read(...rows: string[]): unknown {
  return readTranscript(rows.join("\n")).map(({ command, commandRow, output, outputRow }) =>
    output === undefined ? [commandRow, command] : [commandRow, command, outputRow, output],
  );
}

describe("a transcript", () => {
  test.each([
    ["of one command", ["$ ls"], [[0, "ls"]]],
    [
      "of commands and outputs",
      ["$ a", "1", "2", "$ b", "$ c", "3"],
      [
        [0, "a", 1, "1\n2"],
        [3, "b"],
        [4, "c", 5, "3"],
      ],
    ],
    ["without a prompt", ["ls", "a"], []],
    ["with text before the first prompt", ["Run this:", "$ a"], [[1, "a"]]],
    [
      "with empty lines around output",
      ["$ a", "", "1", "", "", "$ b"],
      [
        [0, "a", 1, "\n1"],
        [5, "b"],
      ],
    ],
    [
      "continued by >",
      ["$ for i in 1 2; do", ">   echo $i", "> done", "1"],
      [[0, "for i in 1 2; do\n  echo $i\ndone", 3, "1"]],
    ],
    ["continued by an empty >", ["$ cat <<EOF", ">", "> x", "> EOF"], [[0, "cat <<EOF\n\nx\nEOF"]]],
    [
      "continued by a backslash",
      ["$ a \\", "  --b \\", "  c", "1"],
      [[0, "a \\\n  --b \\\n  c", 3, "1"]],
    ],
    ["with two backslashes at its end", ["$ echo \\\\", "\\"], [[0, "echo \\\\", 1, "\\"]]],
    ["continued by a pipe", ["$ a |", "  b &&", "  c", "1"], [[0, "a |\n  b &&\n  c", 3, "1"]]],
    [
      "with a here-document without >",
      ["$ cat <<'EOF' > x", "a", "$ b", "EOF", "$ c"],
      [
        [0, "cat <<'EOF' > x\na\n$ b\nEOF"],
        [4, "c"],
      ],
    ],
    [
      "with a here-document that nothing ends",
      ["$ cat <<EOF", "a", "$ b"],
      [
        [0, "cat <<EOF", 1, "a"],
        [2, "b"],
      ],
    ],
    ["with a here-string", ["$ a <<<EOF", "EOF"], [[0, "a <<<EOF", 1, "EOF"]]],
    [
      "with an indented $ in its output",
      ["$ a", "  $ b", "$ c"],
      [
        [0, "a", 1, "  $ b"],
        [2, "c"],
      ],
    ],
    [
      "that is indented",
      ["  $ a", "  1", "    2", "  $ b"],
      [
        [0, "a", 1, "1\n  2"],
        [3, "b"],
      ],
    ],
    ["with a prompt alone at its end", ["$ a", "1", "$"], [[0, "a", 1, "1"]]],
    ["with $ in the text", ["$ echo $A", "$5", "a $ b"], [[0, "echo $A", 1, "$5\na $ b"]]],
    ["with a root prompt", ["# a", "$ b"], [[1, "b"]]],
    ["that is empty", [""], []],
  ])("%s", (_name, rows, expected) => {
    expect(read(...rows)).toEqual(expected);
  });
});

test.each([
  ["$ ls", true],
  ["  $ ls\na", true],
  ["# a comment\n\n$ ls", true],
  ["ls\n$ b", false],
  ["$HOME/bin/x", false],
  ["$(a) b", false],
  ["$", false],
  ["$ ", false],
  ["# only a comment", false],
  ["", false],
])("%j begins with a prompt: %s", (code, expected) => {
  expect(startsWithPrompt(code)).toBe(expected);
});

test("many comments and no prompt are read in linear time", () => {
  expect(startsWithPrompt("# a\n".repeat(50_000))).toBe(false);
});

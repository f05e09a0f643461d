import { describe, expect, test } from "vitest";
import type { ShellScript, TextRange } from "../../src/model/shell-script.ts";
import { readShell } from "./read-fixture.ts";

function allRanges(read: ShellScript): TextRange[] {
  return [
    ...read.commands.flatMap(({ range, ranges, redirections }) => [
      range,
      ...ranges,
      ...redirections.map((one) => one.range),
    ]),
    ...[
      ...read.reads,
      ...read.writes,
      ...read.placeholders,
      ...read.waits,
      ...read.risk.reasons,
    ].map(({ range }) => range),
    ...read.syntaxErrors,
  ];
}

/** What is wrong with the places and words that were read; nothing, if all is well. */
function findUnsound(script: string): unknown[] {
  const read = readShell(script);
  const isSound = ({ start, end }: TextRange): boolean =>
    start >= 0 && start <= end && end <= script.length;
  return [
    ...allRanges(read).filter((range) => !isSound(range)),
    ...read.commands.filter(
      ({ words, ranges, isLiteral }) =>
        ranges.length !== words.length || isLiteral.length !== words.length,
    ),
  ];
}

const pieces: readonly string[] = [
  "(",
  ")",
  "$",
  "{",
  "}",
  "[",
  "]",
  "<",
  ">",
  "|",
  "&",
  ";",
  "'",
  '"',
  "`",
  "\\",
  "\n",
  " ",
  "a",
  "if ",
  "then ",
  "fi ",
  "do ",
  "done ",
  "case ",
  "in ",
  "esac ",
  "for ",
  "while ",
  "$(",
  "${",
  "((",
  "))",
  "[[ ",
  " ]]",
  "<<E\n",
  "E\n",
  "sudo ",
  "ssh h ",
  "bash -c ",
  "eval ",
  "x=",
  "=",
  "#",
  "\0",
  "\ud800",
  "é",
  "<a>",
  "xxx",
  "your-x",
  "!",
  "*",
  "~",
  "\r",
  "\t",
  "-f",
  "git push ",
  "rm -rf ",
  "find . -exec ",
  "function f ",
  "f() ",
  "2>",
  "<<<",
  "$'",
  "@(",
  "a=(",
  "psql -c ",
];

/** A small generator with a seed, so that a failure can be met again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("any text", () => {
  test("random text is read without a throw, and every place is inside it", () => {
    const random = createRandom(20_260_203);
    for (let count = 0; count < 1_500; count += 1) {
      const length = Math.floor(random() * 60);
      const script = Array.from(
        { length },
        () => pieces[Math.floor(random() * pieces.length)],
      ).join("");
      expect(findUnsound(script)).toEqual([]);
    }
  });

  test.each(pieces)("%j many times over", (piece) => {
    expect(findUnsound(piece.repeat(3_000))).toEqual([]);
  });

  test.each([
    ["a line of a million characters", "a".repeat(1_000_000)],
    ["a million words", "ab ".repeat(350_000)],
    ["ten thousand parentheses", "(".repeat(10_000)],
    ["ten thousand substitutions", "$(".repeat(10_000)],
    ["ten thousand expansions", "${a:-".repeat(10_000)],
    ["ten thousand closing parentheses", ")".repeat(10_000)],
    ["a pipeline of ten thousand", "a|".repeat(10_000)],
    ["ten thousand wrappers", "sudo ".repeat(10_000)],
    ["ten thousand quotes", `"'`.repeat(10_000)],
    ["NUL bytes", "\0".repeat(10_000)],
    ["lone surrogates", "\ud800 \udc00\n".repeat(3_000)],
    ["here-documents without an end", "cat <<A\n".repeat(5_000)],
    ["open brackets", "{a,".repeat(20_000)],
    ["open angles", "<a ".repeat(20_000)],
  ])("%s", (_, script) => {
    expect(findUnsound(script)).toEqual([]);
  });

  test("text that is hard on the grammar leaves the reader whole", () => {
    readShell("a|".repeat(50_000));
    readShell("))".repeat(50_000));
    readShell("a(b ".repeat(20_000));
    expect(readShell("if a; then b; fi &").commands.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(readShell("if a; then b").syntaxErrors).not.toEqual([]);
  });

  test("scripts within scripts within scripts come to an end", () => {
    let script = "echo x";
    for (let depth = 0; depth < 8; depth += 1)
      script = `bash -c ${JSON.stringify(script).replaceAll("$", "\\$")}`;
    const { commands } = readShell(script);
    expect(commands.at(-1)?.name).toBe("echo");
    expect(commands).toHaveLength(9);
  });

  test("the same text gives the same answer", () => {
    const script = "sudo rm -rf $X; tail -f <file>; for x in a; do b; done | c &";
    expect(readShell(script)).toEqual(readShell(script));
  });

  test("a long script is read to its end, piece by piece", () => {
    const script = `${"if a; then b | c; fi\n".repeat(1_000)}tail -f x &\ntail -f y\n`;
    const { commands, waits, syntaxErrors } = readShell(script);
    expect(commands).toHaveLength(3_002);
    expect(syntaxErrors).toEqual([]);
    expect(waits.map(({ range }) => script.slice(range.start, range.end))).toEqual(["tail -f y"]);
  });
});

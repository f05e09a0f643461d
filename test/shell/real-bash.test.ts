import { execa, execaSync } from "execa";
import { expect, test } from "vitest";
import { legalScripts } from "./legal-scripts.ts";
import { readShell } from "./read-fixture.ts";

const pieces: readonly string[] = [
  "a",
  "é",
  "=",
  "#",
  "%",
  "^",
  ",",
  ":",
  "/",
  ".",
  "-",
  "+",
  "@",
  "!",
  "if",
  "done",
  "a#b",
  "'x y'",
  "'\"'",
  "''",
  "'`'",
  '"x y"',
  '"\'"',
  '""',
  '"\\""',
  '"\\\\"',
  '"\\$"',
  '"\\a"',
  '"$"',
  '"#"',
  '"a\\\nb"',
  "\\ ",
  "\\'",
  '\\"',
  "\\\\",
  "\\$%",
  "\\#",
  "\\`",
  "\\;",
  "\\&",
  "\\|",
  "\\<",
  "\\(",
  "\\\na",
  "$'\\n'",
  "$'\\x41'",
  "$'\\''",
  "$'\\101'",
  "$'\\u00e9'",
  "$'\\q'",
  "$'\\e'",
  '$"t"',
];

/** A small generator with a seed, so that a failure can be met again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
}

function makeWord(random: () => number): string {
  const length = 1 + Math.floor(random() * 4);
  const parts = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)] ?? "");
  // the head keeps the word from being a comment, an option of printf or a history reference
  return `w${parts.join("")}`;
}

test("words are unquoted as bash unquotes them", async () => {
  const random = createRandom(7);
  const lines = Array.from({ length: 400 }, () => {
    const length = 1 + Math.floor(random() * 4);
    return `printf '%s\\0' ${Array.from({ length }, () => makeWord(random)).join("  ")}`;
  });
  const script = `set -f +H +B\n${lines.join("\nprintf '\\1\\0'\n")}\n`;
  const { stdout } = await execa("bash", [], {
    input: script,
    env: { LC_ALL: "C.UTF-8" },
    stripFinalNewline: false,
  });
  const printed = stdout.split("\u0001\0").map((words) => words.split("\0").slice(0, -1));
  const read = lines.map((line) => readShell(line).commands[0]?.words.slice(2));
  expect(read).toEqual(printed);
});

test("here-documents are read as bash reads them", () => {
  const bodies = [
    "a\n  b\n",
    "\\$X \\` \\\\ \\d \"q\" 'q'\n",
    "a\\\nb\n",
    "#x\n\n\ty\n",
    "E \n EOF\n",
  ];
  for (const body of bodies) {
    for (const operator of ["<<EOF", "<<'EOF'", "<<-EOF", '<<-"EOF"', "<<\\EOF"]) {
      const script = `cat ${operator}\n${body}EOF\n`;
      const { stdout } = execaSync("bash", [], { input: script, stripFinalNewline: false });
      expect(readShell(script).commands[0]?.stdinText, script).toBe(stdout);
    }
  }
});

test.each(legalScripts)("bash itself takes for legal: %j", (script) => {
  const { exitCode } = execaSync("bash", ["-O", "extglob", "-n"], { input: script, reject: false });
  expect(exitCode).toBe(0);
});

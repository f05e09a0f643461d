import { expect, test } from "vitest";
import { readLiteral } from "../../src/parse/read-literal.ts";

test.each([
  ["3", 3],
  [" -1.5 ", -1.5],
  ["true", true],
  ["false", false],
  ['"x y"', "x y"],
  ["'x'", "x"],
  ["`x`", "x"],
  ['""', ""],
])("%j is the literal %j", (text, expected) => {
  expect(readLiteral(text)).toBe(expected);
});

test.each([
  "process.exit()",
  "`${x}`",
  '"a" + "b"',
  '"a\\n"',
  "1e999",
  "null",
  "undefined",
  "[1]",
  "{}",
  "x",
  "",
  '"unclosed',
])("%j is none, and nothing of it is evaluated", (text) => {
  expect(readLiteral(text)).toBeUndefined();
});

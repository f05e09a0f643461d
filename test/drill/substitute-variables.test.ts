import { expect, test } from "vitest";
import { substituteVariables } from "../../src/drill/substitute-variables.ts";

const values = { A: "1", EMPTY: "", NESTED: "${A}", ABSENT: undefined };

test.each([
  ["${A}-${A}", "1-1", []],
  ["$A ${A:-x} \\${A}", "$A ${A:-x} \\1", []],
  ["a${EMPTY}b", "ab", []],
  ["${NESTED}", "${A}", []],
  ["${GONE} ${ABSENT}", "${GONE} ${ABSENT}", ["GONE", "ABSENT"]],
  [
    "${constructor} ${__proto__} ${toString}",
    "${constructor} ${__proto__} ${toString}",
    ["constructor", "__proto__", "toString"],
  ],
  ["${A B} ${} ${1}", "${A B} ${} ${1}", []],
  ["", "", []],
])("%j is %j", (text, expected, unknown) => {
  expect(substituteVariables(text, values)).toEqual({ text: expected, unknown });
});

test("a value that looks like a replacement pattern is taken as it is", () => {
  expect(substituteVariables("${A}", { A: "$& $1 $$" }).text).toBe("$& $1 $$");
});

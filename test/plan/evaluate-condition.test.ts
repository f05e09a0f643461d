import { expect, test } from "vitest";
import { readCondition } from "../../src/compile/read-condition.ts";
import { evaluateCondition } from "../../src/plan/evaluate-condition.ts";

const values = new Map([
  ["METHOD", "manual"],
  ["EMPTY", ""],
  ["NO", "false"],
  ["YES", "true"],
  ["ZERO", "0"],
]);

test.each([
  ["METHOD=manual", true],
  ["METHOD=Manual", false],
  ["METHOD!=automatic", true],
  ["METHOD", true],
  ["EMPTY", false],
  ["EMPTY=''", true],
  ["ABSENT", false],
  ["not ABSENT", true],
  ["ABSENT=''", true],
  ["ABSENT=x", false],
  ["ABSENT!=x", true],
  ["NO", false],
  ["NO=false", true],
  ["YES", true],
  ["ZERO", true],
  ["YES and NO", false],
  ["YES or NO", true],
  ["NO and NO or YES", true],
  ["NO and (NO or YES)", false],
  ["constructor", false],
])("%s is %s", (text, expected) => {
  const result = readCondition(text);
  if (!("expression" in result)) throw new Error(result.reason);
  expect(evaluateCondition(result.expression, values)).toBe(expected);
});

import { expect, test } from "vitest";
import { readCondition } from "../../src/compile/read-condition.ts";
import { decideCondition, evaluateCondition } from "../../src/plan/evaluate-condition.ts";

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

test.each([
  ["METHOD=manual", true],
  ["LATER=x", undefined],
  ["not LATER", undefined],
  ["LATER and METHOD=manual", undefined],
  ["LATER and METHOD=automatic", false],
  ["LATER or METHOD=manual", true],
  ["LATER or METHOD=automatic", undefined],
  ["not (LATER and METHOD=automatic)", true],
])("before the value of LATER is known, %s is %s", (text, expected) => {
  const result = readCondition(text);
  if (!("expression" in result)) throw new Error(result.reason);
  expect(decideCondition(result.expression, values, new Set(["LATER"]))).toBe(expected);
});

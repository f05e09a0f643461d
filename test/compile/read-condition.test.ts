import { describe, expect, test } from "vitest";
import {
  comparisonsIn,
  namesInCondition,
  readCondition,
} from "../../src/compile/read-condition.ts";
import type { ConditionExpression } from "../../src/model/runbook.ts";

/** The expression with every parenthesis written out. */
function write(expression: ConditionExpression): string {
  switch (expression.kind) {
    case "equals":
      return `${expression.name}=${JSON.stringify(expression.value)}`;
    case "set":
      return expression.name;
    case "not":
      return `!${write(expression.of)}`;
    case "and":
    case "or":
      return `(${expression.all.map(write).join(` ${expression.kind} `)})`;
  }
}

function read(text: string): string {
  const result = readCondition(text);
  return "expression" in result ? write(result.expression) : `? ${result.reason}`;
}

describe("conditions", () => {
  test.each([
    ["METHOD=manual", 'METHOD="manual"'],
    ["METHOD == manual", 'METHOD="manual"'],
    ["METHOD!=manual", '!METHOD="manual"'],
    ["QUICK", "QUICK"],
    ["not QUICK", "!QUICK"],
    ["!QUICK", "!QUICK"],
    ["not not QUICK", "!!QUICK"],
    ["A and B or C and not D", "((A and B) or (C and !D))"],
    ["A and (B or C)", "(A and (B or C))"],
    ["(((A)))", "A"],
    ['A="b c"', 'A="b c"'],
    ["A='b \"c\"'", 'A="b \\"c\\""'],
    ['A=""', 'A=""'],
    ["A=and", 'A="and"'],
    ["A=v1.2-x/y:z", 'A="v1.2-x/y:z"'],
    ["  A  ", "A"],
    ["constructor", "constructor"],
  ])("%j is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ["", /too early/],
    ["A and", /too early/],
    ["A=", /no value/],
    ["(A=)", /no value/],
    ["A=!B", /no value/],
    ["A= =b", /no value/],
    ["(A", /not closed/],
    ["A)", /one word too many/],
    ["A B", /one word too many/],
    ["A && B", /one word too many/],
    ["METHOD is manual", /one word too many/],
    ["1=2", /input's name/],
    ["and", /input's name/],
    ["=b", /input's name/],
    ['A="b', /character/],
    ["A=it's", /character/],
    ["(".repeat(5000), /more than 200/],
    ["!".repeat(5000), /more than 200/],
  ])("%j is none", (text, reason) => {
    expect(read(text)).toMatch(/^\? /);
    expect(read(text)).toMatch(reason);
  });
});

test("names are listed once, and what is compared apart", () => {
  const result = readCondition("A=1 and (not B or A!=2) and C");
  const expression = "expression" in result ? result.expression : undefined;
  if (expression === undefined) throw new Error("the condition is a valid one");
  expect(namesInCondition(expression)).toEqual(["A", "B", "C"]);
  expect(comparisonsIn(expression).map(({ name, value }) => [name, value])).toEqual([
    ["A", "1"],
    ["A", "2"],
  ]);
});

import { describe, expect, test } from "vitest";
import { countEdits, findNearest } from "../../src/parse/find-nearest.ts";

describe("findNearest", () => {
  test.each([
    ["timeot", ["title", "timeout"], "timeout"],
    ["TIMEOUT", ["timeout"], "timeout"],
    ["tpye", ["type", "default"], "type"],
    ["rolback", ["deploy", "rollback"], "rollback"],
    ["x", ["y"], undefined],
    ["", ["a", "b"], undefined],
    ["banana", ["timeout"], undefined],
    ["a", [], undefined],
    ["constructor", ["__proto__", "toString"], undefined],
    ["same", ["same"], "same"],
  ])("%j among %j is %j", (name, known, expected) => {
    expect(findNearest(name, known)).toBe(expected);
  });

  test("takes the nearest, and of equals the first", () => {
    expect(findNearest("cat", ["cart", "bat"])).toBe("cart");
    expect(findNearest("steps", ["stops", "step"])).toBe("stops");
  });
});

describe("countEdits", () => {
  test.each([
    ["tiemout", "timeout", 1],
    ["Abc", "aBC", 0],
    ["ab", "ba", 1],
    ["abcd", "badc", 3],
    ["abc", "abcd", 1],
    ["", "", 0],
  ])("%j and %j: %i", (one, other, edits) => {
    expect(countEdits(one, other)).toBe(edits);
  });
});

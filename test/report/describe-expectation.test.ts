import { expect, test } from "vitest";
import { describeExpectation } from "../../src/report/describe-expectation.ts";

test.each([
  [{ match: "lines", stream: "stdout", text: "ready" }, "", "these lines"],
  [
    { match: "subset", stream: "stderr", text: "ready" },
    "on standard error",
    "these lines in this order, among others",
  ],
  [{ match: "unordered", stream: "stdout", text: "ready" }, "", "these lines in any order"],
  [{ match: "contains", stream: "both", text: "ready" }, "on both streams", "this text, anywhere"],
  [{ match: "json", stream: "stdout", text: "{}" }, "", "JSON with at least these values"],
  [{ match: "exact", stream: "stdout", text: "ready" }, "", "exactly this"],
  [{ match: "lines", stream: "stdout", text: "" }, "", "nothing"],
  [
    { match: "lines", stream: "stdout", ansi: "keep", text: "x" },
    "",
    "these lines, colours included",
  ],
] as const)("%o is printed %s: %s", (expectation, place, what) => {
  expect(describeExpectation(expectation)).toEqual({ place, what });
});

import { expect, test } from "vitest";
import { describeExpectation } from "../../src/report/describe-expectation.ts";

test.each([
  [{ match: "lines", stream: "stdout", text: "ready\nup" }, "", "these lines"],
  [{ match: "lines", stream: "stdout", text: "ready" }, "", "this line"],
  [{ match: "subset", stream: "stdout", text: "ready" }, "", "this line, among others"],
  [
    { match: "subset", stream: "stderr", text: "ready\nup" },
    "on standard error",
    "these lines in this order, among others",
  ],
  [{ match: "unordered", stream: "stdout", text: "ready\nup" }, "", "these lines in any order"],
  [{ match: "contains", stream: "both", text: "ready" }, "on both streams", "this text, anywhere"],
  [{ match: "json", stream: "stdout", text: "{}" }, "", "JSON with at least these values"],
  [{ match: "exact", stream: "stdout", text: "ready" }, "", "exactly this"],
  [{ match: "lines", stream: "stdout", text: "" }, "", "nothing"],
  [
    { match: "lines", stream: "stdout", ansi: "keep", text: "x\ny" },
    "",
    "these lines, colours included",
  ],
] as const)("%o is printed %s: %s", (expectation, place, what) => {
  expect(describeExpectation(expectation)).toEqual({ place, what });
});

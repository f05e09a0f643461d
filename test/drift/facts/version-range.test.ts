import { expect, test } from "vitest";
import {
  excludesEachOther,
  fromPythonRange,
  fromVersion,
  toRange,
} from "../../../src/drift/facts/version-range.ts";

test.each([
  [">=3.11,<4", "3.12.1", false],
  [">=3.11, <4", "4.0.0", true],
  ["~=3.11", "3.12.0", false],
  ["~=3.11", "4.0.0", true],
  ["~=3.11.2", "3.11.9", false],
  ["~=3.11.2", "3.12.0", true],
  ["==3.11.*", "3.11.5", false],
  ["==3.11.*", "3.12.0", true],
  ["^3.11", "3.12.0", false],
  ["^3.9 || ^3.12", "3.10.0", false],
  [">3.11", "3.11.4", false],
  [">=3.8,!=3.9.*", "3.9.1", false],
  ["*", "2.7.0", false],
])("%s excludes %s: %s", (range, version, excludes) => {
  const converted = fromPythonRange(range);
  expect(converted).toBeDefined();
  expect(excludesEachOther(converted ?? "", version)).toBe(excludes);
});

test.each([["latest"], [">=three"], ["x".repeat(300)], [" ".repeat(100_000)]])(
  "%.20s is no range",
  (text) => {
    expect(fromPythonRange(text === "" ? "none" : `${text}?`)).toBeUndefined();
  },
);

test("a pinned version stands for all that begin so", () => {
  expect(["v20", "3.11", "18.20.4", "lts/*", "3.13-dev", ""].map(fromVersion)).toEqual([
    "20.x",
    "3.11.x",
    "18.20.4",
    undefined,
    undefined,
    undefined,
  ]);
  expect(toRange(">=20 <23")).toBe(">=20 <23");
  expect(toRange("lts")).toBeUndefined();
});

import { expect, it } from "vitest";
import { describeDuration } from "../../src/run/describe-duration.ts";

it.each([
  [0, "0 ms"],
  [250.4, "250 ms"],
  [1000, "1 s"],
  [1500, "1.5 s"],
  [59_900, "59.9 s"],
  [59_999, "1 min"],
  [90_000, "1 min 30 s"],
  [600_000, "10 min"],
  [3_600_000, "1 h"],
  [5_400_000, "1 h 30 min"],
])("%d ms is %s", (durationMs, words) => {
  expect(describeDuration(durationMs)).toBe(words);
});

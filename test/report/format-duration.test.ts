import { expect, test } from "vitest";
import { formatDuration, formatExactDuration } from "../../src/report/format-duration.ts";

test.each([
  [0, "0ms"],
  [999.4, "999ms"],
  [999.6, "1.0s"],
  [1234, "1.2s"],
  [59_949, "59.9s"],
  [59_950, "1m"],
  [61_000, "1m 1s"],
  [3_599_600, "1h"],
  [3_720_000, "1h 2m"],
  [90_000_000, "1d 1h"],
])("%i ms took %s", (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});

test.each([
  [0, "0s"],
  [500, "500ms"],
  [30_000, "30s"],
  [90_000, "1m30s"],
  [5_400_000, "1h30m"],
  [7_776_000_000, "90d"],
])("%i ms are written %s", (durationMs, text) => {
  expect(formatExactDuration(durationMs)).toBe(text);
});

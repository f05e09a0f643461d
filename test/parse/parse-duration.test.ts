import { expect, test } from "vitest";
import { parseDurationMs } from "../../src/parse/parse-duration.ts";

test.each([
  ["500ms", 500],
  ["30s", 30_000],
  ["10m", 600_000],
  ["1h30m", 5_400_000],
  ["1h 30m", 5_400_000],
  ["90d", 7_776_000_000],
  ["0s", 0],
])("%j is %i ms", (text, expected) => {
  expect(parseDurationMs(text)).toBe(expected);
});

test.each(["", "30", "s", "-5s", "1.5h", "5 m", "5minutes", "1h-", " 5s", `${"9".repeat(20)}d`])(
  "%j is no duration",
  (text) => {
    expect(parseDurationMs(text)).toBeUndefined();
  },
);

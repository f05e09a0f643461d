import { expect, test } from "vitest";
import { findPattern } from "../../src/match/find-pattern.ts";

test.each([
  ["v([0-9.]+)", "version v1.2.3", "1.2.3"],
  ["v[0-9.]+", "version v1.2.3", "v1.2.3"],
  ["^id: (.+)$", "name: a\nid: 7\nid: 8", "7"],
  ["(?<year>\\d{4})-\\d\\d", "on 2026-11-27", "2026"],
  ["\\u{1F600}|☂", "☂", "☂"],
  ["a(b)?", "a", undefined],
  ["nope", "text", undefined],
])("/%s/ in %j is %j", (pattern, text, found) => {
  expect(findPattern(pattern, text)).toBe(found);
});

test("takes time that grows with the text, whatever the pattern", () => {
  const measure = (length: number): number => {
    const startedMs = performance.now();
    expect(findPattern("^(a+)+$", `${"a".repeat(length)}b`)).toBeUndefined();
    return performance.now() - startedMs;
  };
  measure(10_000);
  // Backtracking would take longer than the universe for either.
  expect(measure(80_000) / measure(10_000)).toBeLessThan(80);
});

import { uptime } from "node:os";
import { afterEach, expect, test, vi } from "vitest";
import { secondsSinceBoot } from "../../src/node/seconds-since-boot.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** How far a reading is from the system's own; a hundredth of a second is all that this one has. */
function measureError(before: number, seconds: number): number {
  return Math.max(before - seconds, seconds - uptime(), 0);
}

test("it goes with the system's uptime", () => {
  for (let turn = 0; turn < 3; turn++) {
    const before = uptime();
    expect(measureError(before, secondsSinceBoot())).toBeLessThan(0.03);
  }
});

test("a clock that stood still while the machine slept is not believed", () => {
  secondsSinceBoot();
  const { now } = performance;
  const slept = now.call(performance) - 5000;
  vi.spyOn(performance, "now").mockReturnValue(slept);
  const before = uptime();
  expect(measureError(before, secondsSinceBoot())).toBeLessThan(0.03);
});

test("nor does it matter that somebody sets the clock", () => {
  secondsSinceBoot();
  const { now } = Date;
  vi.spyOn(Date, "now").mockImplementation(() => now() + 3_600_000);
  const before = uptime();
  expect(measureError(before, secondsSinceBoot())).toBeLessThan(0.03);
});

import { uptime } from "node:os";
import { afterEach, expect, test, vi } from "vitest";
import { secondsSinceBoot } from "../../src/node/seconds-since-boot.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Hundredths of a second: the system's own reading has no more digits, and time passes between two. */
function expectNow(seconds: number, before: number): void {
  expect(seconds).toBeGreaterThanOrEqual(before - 0.02);
  expect(seconds).toBeLessThanOrEqual(uptime() + 0.02);
}

test("it goes with the system's uptime", () => {
  for (let turn = 0; turn < 3; turn++) {
    const before = uptime();
    expectNow(secondsSinceBoot(), before);
  }
});

test("a clock that stood still while the machine slept is not believed", () => {
  secondsSinceBoot();
  const { now } = performance;
  const slept = now.call(performance) - 5000;
  vi.spyOn(performance, "now").mockReturnValue(slept);
  const before = uptime();
  expectNow(secondsSinceBoot(), before);
});

test("nor does it matter that somebody sets the clock", () => {
  secondsSinceBoot();
  const { now } = Date;
  vi.spyOn(Date, "now").mockImplementation(() => now() + 3_600_000);
  const before = uptime();
  expectNow(secondsSinceBoot(), before);
});

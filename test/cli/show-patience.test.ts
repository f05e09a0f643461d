import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { showPatience } from "../../src/cli/show-patience.ts";
import { createTextStyle } from "../../src/report/text-style.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is written on standard error in the course of some work that takes so long. */
async function observe(workMs: number, canTakeErrorsBack: boolean): Promise<readonly string[]> {
  const written: string[] = [];
  const terminal = {
    canTakeErrorsBack,
    errorStyle: createTextStyle({ columns: 80, hasColors: false }),
    writeError: (text: string) => written.push(text),
  };
  const work = (): Promise<string> =>
    new Promise((resolve) => {
      setTimeout(() => {
        resolve("done");
      }, workMs);
    });
  const result = showPatience(terminal, "Checking…", work);
  await vi.advanceTimersByTimeAsync(workMs);
  expect(await result).toBe("done");
  return written;
}

describe("showPatience", () => {
  test("says that it takes its time after a second, and takes it back", async () => {
    expect(await observe(1500, true)).toEqual(["Checking…", "\r\u001B[K"]);
  });

  test("says nothing of short work, nor where it could not be taken back", async () => {
    expect(await observe(900, true)).toEqual([]);
    expect(await observe(5000, false)).toEqual([]);
  });
});

import process from "node:process";
import { afterEach, expect, test } from "vitest";
import { takeRunSignals, type RunSignals } from "../../src/cli/run-signals.ts";

let signals: RunSignals | undefined;
afterEach(() => {
  signals?.release();
});

/** Ctrl-C, as Node tells of it. */
const press = (): boolean => process.emit("SIGINT");

test("while a program has the terminal, Ctrl-C is its own, and the step's when it is pressed three times", () => {
  let firstCount = 0;
  let heardCount = 0;
  signals = takeRunSignals(() => (firstCount += 1));
  const step = signals.cancelStep();
  const giveBack = signals.takeInterrupts(() => (heardCount += 1));

  press();
  press();
  expect([heardCount, firstCount, step.aborted]).toEqual([2, 0, false]);
  press();
  expect([heardCount, firstCount, step.aborted]).toEqual([2, 1, true]);
  expect(signals.interrupted.aborted).toBe(false);

  giveBack();
  press();
  expect(signals.interrupted.aborted).toBe(true);
});

test("once the terminal is given back, the first Ctrl-C is the step's again", () => {
  signals = takeRunSignals(() => {});
  signals.takeInterrupts(() => {})();
  const step = signals.cancelStep();
  press();
  expect(step.aborted).toBe(true);
});

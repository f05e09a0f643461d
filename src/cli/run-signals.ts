import process from "node:process";

/** How a run hears of Ctrl-C and of being told to end. */
export interface RunSignals {
  /** A fresh signal for a step; the first Ctrl-C aborts the latest one, as does all that interrupts. */
  readonly cancelStep: () => AbortSignal;
  /** Aborted by a second Ctrl-C while the first still counts, and by TERM and HUP at once. */
  readonly interrupted: AbortSignal;
  /**
   * Has Ctrl-C told to this handler alone, until the function that it gives back is called; but one that
   * is pressed three times within two seconds counts as the first one, since the other does not listen.
   */
  readonly takeInterrupts: (handle: () => void) => () => void;
  /** Gives the signals back to the process. */
  readonly release: () => void;
}

/** Within so long, who presses Ctrl-C three times means the step and not the program in it. */
const insistingMs = 2000;

/**
 * Takes over SIGINT, SIGTERM and SIGHUP until released.
 *
 * A new step forgets an earlier Ctrl-C, so that two of them count together only where both meant
 * one thing. `onFirst` is called with the first one. Side effect: signal handlers of the process.
 */
export function takeRunSignals(onFirst: () => void): RunSignals {
  const interruption = new AbortController();
  let step = new AbortController();
  let taken: (() => void) | undefined;
  let pressedAtMs: readonly number[] = [];
  const isInsisting = (): boolean => {
    const nowMs = performance.now();
    pressedAtMs = [...pressedAtMs.filter((atMs) => nowMs - atMs < insistingMs), nowMs];
    return pressedAtMs.length >= 3;
  };
  const handleInterrupt = () => {
    if (taken !== undefined && !isInsisting()) {
      taken();
      return;
    }
    pressedAtMs = [];
    if (step.signal.aborted) {
      interruption.abort();
    } else {
      step.abort();
      onFirst();
    }
  };
  const handleEnd = () => {
    step.abort();
    interruption.abort();
  };
  process.on("SIGINT", handleInterrupt);
  process.on("SIGTERM", handleEnd);
  process.on("SIGHUP", handleEnd);
  return {
    interrupted: interruption.signal,
    cancelStep: () => {
      // Where the run is to end, no further step begins with a fresh start.
      if (!interruption.signal.aborted) step = new AbortController();
      return step.signal;
    },
    takeInterrupts: (handle) => {
      taken = handle;
      return () => {
        taken = undefined;
      };
    },
    release: () => {
      process.off("SIGINT", handleInterrupt);
      process.off("SIGTERM", handleEnd);
      process.off("SIGHUP", handleEnd);
    },
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../run/ports.ts";

/** The machine's own clocks. */
export function createSystemClock(): Clock {
  return {
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    wait: (durationMs, signal) =>
      sleep(durationMs, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      }),
  };
}

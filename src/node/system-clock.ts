import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../run/ports.ts";

/** Node fires a timer that is longer than this, 24 days, at once. */
const longestTimerMs = 2_147_483_647;

/** The machine's own clocks. */
export function createSystemClock(): Clock {
  return {
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    async wait(durationMs, signal) {
      for (let leftMs = durationMs; leftMs > 0 && !signal.aborted; leftMs -= longestTimerMs) {
        await sleep(Math.min(leftMs, longestTimerMs), undefined, { signal }).catch(
          (error: unknown) => {
            if (!signal.aborted) throw error;
          },
        );
      }
    },
    every: (intervalMs, act) => {
      const timer = setInterval(act, intervalMs);
      return () => clearInterval(timer);
    },
  };
}

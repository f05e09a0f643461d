import type { Clock } from "../run/ports.ts";

/** The machine's own clocks. */
export function createSystemClock(): Clock {
  return {
    now: () => new Date(),
    elapsedMs: () => performance.now(),
  };
}

import { uptime } from "node:os";

/** What two readings of one clock may differ by; a machine that has slept, or a clock that was set, is beyond. */
const toleranceMs = 20;

let known: { readonly startS: number; readonly offsetMs: number } | undefined;

/**
 * Tells the seconds from the machine's start until now, in which starts of processes are counted: time in
 * which it slept is in them.
 *
 * Reads the clocks, and the system's uptime where these have gone apart since it was read last: to read it
 * takes as long as all else that is made ready for a step.
 */
export function secondsSinceBoot(): number {
  const elapsedMs = performance.now();
  const offsetMs = Date.now() - elapsedMs;
  if (known === undefined || Math.abs(offsetMs - known.offsetMs) > toleranceMs) {
    known = { startS: uptime() - elapsedMs / 1000, offsetMs };
  }
  return known.startS + elapsedMs / 1000;
}

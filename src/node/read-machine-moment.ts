import { readFileSync } from "node:fs";
import { uptime } from "node:os";
import process from "node:process";
import type { MachineMoment } from "../model/machine-moment.ts";
import { readProcessStart } from "./process-table.ts";

/** The moment by the machine's own count; undefined where the system does not tell. Reads /proc. */
export function readMachineMoment(): MachineMoment | undefined {
  const boot = readBoot();
  const processS = readProcessStart(process.pid);
  if (boot === undefined || processS === undefined) return undefined;
  return { boot, processS, uptimeS: uptime() };
}

/**
 * By how many milliseconds the machine's clock has been set since an earlier moment, which it called
 * `time`; undefined where that cannot be told: no moment, or another boot. Reads the clocks.
 *
 * @example set forward by a day, two hours later → 86_400_000
 */
export function findClockShiftMs(
  time: Date,
  earlier: MachineMoment | undefined,
): number | undefined {
  const now = readMachineMoment();
  if (earlier === undefined || now?.boot !== earlier.boot) return undefined;
  const passedMs = (now.uptimeS - earlier.uptimeS) * 1000;
  return Date.now() - time.getTime() - passedMs;
}

function readBoot(): string | undefined {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return undefined;
  }
}

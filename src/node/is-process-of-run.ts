import { uptime } from "node:os";
import type { MachineMoment } from "../model/machine-moment.ts";
import { readProcessTable } from "./process-table.ts";
import { readMachineMoment } from "./read-machine-moment.ts";

/** Clocks are read at different moments, and process starts are rounded. */
const toleranceS = 2;

/**
 * True where the process lives and was already there when the run started: a pid alone may be
 * another process's by now. Reads the process table.
 *
 * `moment` is what the process itself put on record then. Without it, as in runs of older versions, the
 * machine's clock has to do: a process is taken for gone once that was set forward.
 */
export function isProcessOfRun(pid: number, runStartedAt: Date, moment?: MachineMoment): boolean {
  const entry = readProcessTable().find((one) => one.pid === pid);
  if (entry === undefined) return false;
  if (entry.startedAfterBootS === undefined) return true;
  const boot = moment && readMachineMoment()?.boot;
  if (boot !== undefined) {
    return boot === moment?.boot && entry.startedAfterBootS === moment.processS;
  }
  const bootedAtS = Date.now() / 1000 - uptime();
  return bootedAtS + entry.startedAfterBootS <= runStartedAt.getTime() / 1000 + toleranceS;
}

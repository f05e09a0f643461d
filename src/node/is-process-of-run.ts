import { uptime } from "node:os";
import { readProcessTable } from "./process-table.ts";

/** Clocks are read at different moments, and process starts are rounded. */
const toleranceS = 2;

/**
 * True where the process lives and was already there when the run started: a pid alone may be
 * another process's by now. Reads the process table.
 */
export function isProcessOfRun(pid: number, runStartedAt: Date): boolean {
  const entry = readProcessTable().find((one) => one.pid === pid);
  if (entry === undefined) return false;
  if (entry.startedAfterBootS === undefined) return true;
  const bootedAtS = Date.now() / 1000 - uptime();
  return bootedAtS + entry.startedAfterBootS <= runStartedAt.getTime() / 1000 + toleranceS;
}

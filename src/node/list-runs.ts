import { readFile, readdir } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import type { RunEvent, RunSummary } from "../model/run-event.ts";
import { summariseRun } from "../run/summarise-run.ts";
import { findRunner } from "./find-runner.ts";
import { isProcessOfRun } from "./is-process-of-run.ts";
import { journalFileName, readJournal } from "./read-journal.ts";

/**
 * The runs that are recorded in a folder, the newest first; none where the folder is missing.
 *
 * A run without an end whose process is gone counts as `died`. A folder whose run never got as far
 * as its first event is left out. Rejects with `JournalError` for a damaged journal.
 */
export async function listRuns(runsDirectory: string): Promise<RunSummary[]> {
  const names = await readdir(runsDirectory).catch(() => []);
  const summaries: RunSummary[] = [];
  names.sort((one, other) => (one < other ? 1 : -1));
  for (const name of names) {
    const file = path.join(runsDirectory, name, journalFileName);
    const isThere = await readFile(file).then(
      (bytes) => bytes.length > 0,
      () => false,
    );
    const events = isThere ? await readJournal(file) : [];
    if (events.length > 0) summaries.push(summariseRecordedRun(events));
  }
  return summaries;
}

/**
 * The state of a run as its journal and the machine tell it: `died` where it has no end and its process
 * is gone. Throws where the first event is not `run-started`. Reads the process table.
 */
export function summariseRecordedRun(events: readonly RunEvent[]): RunSummary {
  const summary = summariseRun(events);
  const runner = findRunner(events);
  if (summary.outcome !== "running" || runner === undefined) return summary;
  // Of another machine's processes nothing is known from here.
  if (runner.host !== hostname()) return summary;
  return isProcessOfRun(runner.pid, new Date(runner.since), runner.machine)
    ? summary
    : { ...summary, outcome: "died" };
}

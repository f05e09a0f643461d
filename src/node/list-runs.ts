import { readFile, readdir } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import type { DamagedRun, RunEvent, RunSummary } from "../model/run-event.ts";
import { JournalError } from "../run/journal-error.ts";
import { summariseRun } from "../run/summarise-run.ts";
import { findRunner } from "./find-runner.ts";
import { isProcessOfRun } from "./is-process-of-run.ts";
import { journalFileName, readJournal } from "./read-journal.ts";

/** What is on record in a folder of runs. */
export interface RecordedRuns {
  /** The newest first. */
  readonly runs: readonly RunSummary[];
  /** Those of which nothing can be told, the newest first. */
  readonly damaged: readonly DamagedRun[];
}

/**
 * The runs that are recorded in a folder; none where it is missing.
 *
 * A run without an end whose process is gone counts as `died`. A folder whose run never got as far
 * as its first event is left out. Reads the file system and the process table.
 */
export async function listRuns(runsDirectory: string): Promise<RecordedRuns> {
  const names = await readdir(runsDirectory).catch(() => []);
  const runs: RunSummary[] = [];
  const damaged: DamagedRun[] = [];
  names.sort((one, other) => (one < other ? 1 : -1));
  for (const run of names) {
    const file = path.join(runsDirectory, run, journalFileName);
    const found = await summariseJournal(file);
    if (found === undefined) continue;
    if ("summary" in found) runs.push(found.summary);
    else damaged.push({ run, file, hint: `\`opswright runs verify ${run}\` says how.`, ...found });
  }
  return { runs, damaged };
}

/** How a run stands, or why its journal does not tell; undefined where it has not begun. */
async function summariseJournal(
  file: string,
): Promise<
  { readonly summary: RunSummary } | { readonly reason: string; readonly hint?: string } | undefined
> {
  try {
    if ((await readFile(file)).length === 0) return undefined;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    const hint = "Make sure that it is a file, and yours to read.";
    return { reason: `The journal ${file} cannot be read (${code}).`, hint };
  }
  try {
    const events = await readJournal(file);
    return events.length === 0 ? undefined : { summary: summariseRecordedRun(events) };
  } catch (error) {
    if (error instanceof JournalError) return { reason: error.message };
    // Lines that are events, and do not tell of a run: any part of them may be missing.
    return { reason: `The journal ${file} does not tell of a run from its beginning.` };
  }
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

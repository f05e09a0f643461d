import path from "node:path";
import type { DamagedRun, RunSummary } from "../model/run-event.ts";
import type { RunProgress } from "../report/run-view/run-progress.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";
import { findRunFolder } from "./find-run-folder.ts";

/** The runs that a project has on record. */
export interface KnownRuns {
  /** The folder of all of them, absolute. */
  readonly directory: string;
  /** The latest first. */
  readonly runs: readonly RunSummary[];
  /** Those whose journal cannot be read. */
  readonly damaged: readonly DamagedRun[];
}

/** Reads the runs of the project that the options name. Throws `ProjectError`. */
export async function readRuns(options: CommonOptions): Promise<KnownRuns> {
  const { readProject } = await import("../node/read-project.ts");
  const { listRuns } = await import("../node/list-runs.ts");
  const project = await readProject({ root: options.root, configurationPath: options.config });
  const directory = path.join(project.root, project.configuration.runs);
  const { runs, damaged } = await listRuns(directory);
  return {
    directory,
    damaged,
    runs: runs.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1)),
  };
}

/** A run that was asked for. */
export interface FoundRun {
  readonly summary: RunSummary;
  readonly progress: RunProgress;
  /** The run's folder, absolute. */
  readonly directory: string;
}

/**
 * Finds the run that an id, the beginning of one, or `last` names, and reads it; ends with 2 where none
 * or several do. Reads the runs' folder. Throws `ProjectError`, `JournalError`.
 */
export async function findRun(context: CommandContext, given: string): Promise<FoundRun> {
  const { run, directory } = await findRunFolder(context, given);
  const { journalFileName, readJournal } = await import("../node/read-journal.ts");
  const { summariseRecordedRun } = await import("../node/list-runs.ts");
  const { readRunProgress } = await import("../report/run-view/run-progress.ts");
  const events = await readJournal(path.join(directory, journalFileName));
  const progress = readRunProgress(events);
  if (progress === undefined) return context.fail(`the run '${run}' never began`);
  return { summary: summariseRecordedRun(events), progress, directory };
}

import path from "node:path";
import type { RunSummary } from "../model/run-event.ts";
import type { RunProgress } from "../report/run-view/run-progress.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";

/** The runs that a project has on record. */
export interface KnownRuns {
  /** The folder of all of them, absolute. */
  readonly directory: string;
  /** The latest first. */
  readonly runs: readonly RunSummary[];
}

/** Reads the runs of the project that the options name. Throws `ProjectError`, `JournalError`. */
export async function readRuns(options: CommonOptions): Promise<KnownRuns> {
  const { readProject } = await import("../node/read-project.ts");
  const { listRuns } = await import("../node/file-journal.ts");
  const project = await readProject({ root: options.root, configurationPath: options.config });
  const directory = path.join(project.root, project.configuration.runs);
  const runs = await listRuns(directory);
  return {
    directory,
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
 * Finds the run that an id, the beginning of one, or `last` names; ends with 2 where none or several do.
 * Reads the runs' folder.
 */
export async function findRun(context: CommandContext, given: string): Promise<FoundRun> {
  const { directory, runs } = await readRuns(context.options);
  const exact = runs.filter(({ run }) => run === given);
  const alike = runs.filter(({ run }) => run.startsWith(given));
  const [summary, other] = given === "last" ? runs.slice(0, 1) : exact.length > 0 ? exact : alike;
  if (summary === undefined) {
    return context.fail(
      `there is no run '${given}' in ${directory}\nRun \`opswright runs\` to see them.`,
    );
  }
  if (other !== undefined) {
    const names = alike.map(({ run }) => run).join(", ");
    return context.fail(`'${given}' begins more than one run: ${names}`);
  }
  const { readJournal } = await import("../node/file-journal.ts");
  const { readRunProgress } = await import("../report/run-view/run-progress.ts");
  const folder = path.join(directory, summary.run);
  const progress = readRunProgress(await readJournal(path.join(folder, "events.ndjson")));
  if (progress === undefined) return context.fail(`the run '${summary.run}' never began`);
  return { summary, progress, directory: folder };
}

import path from "node:path";
import type { ExportedOutput } from "../report/run-report/run-to-export.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";
import { findRun } from "./find-run.ts";
import { packageVersion } from "./package-version.ts";

/** Options of `opswright runs export`. */
export interface ExportOptions extends CommonOptions {
  /** A file instead of standard output. */
  readonly output?: string | undefined;
}

/** Of a stream, so that a ticket takes the whole; the end of it, where a failure says why. */
const outputLimitBytes = 256 * 1024;

/**
 * Prints a run as one JSON document, or writes it into a file for its owner alone; gives back the exit
 * code. Throws `ProjectError` where the file cannot be written. Reads the run's folder.
 */
export async function exportRun(
  context: CommandContext<ExportOptions>,
  given: string,
): Promise<number> {
  const { options, terminal, fail } = context;
  if (options.output === "") return fail("--output needs the name of a file");
  const { summary, progress, directory } = await findRun(context, given);
  const { journalFileName, readJournal } = await import("../node/read-journal.ts");
  const { verifyJournal } = await import("../node/verify-journal.ts");
  const { readOutputEnds } = await import("../node/read-output-ends.ts");
  const { runToExport } = await import("../report/run-report/run-to-export.ts");
  const outputs: ExportedOutput[] = [];
  for (const step of progress.steps) {
    const { stepId, phase } = step;
    const ends = await readOutputEnds(directory, step, outputLimitBytes);
    outputs.push(...ends.map((end) => ({ stepId, phase, ...end })));
  }
  const journal = path.join(directory, journalFileName);
  const text = runToExport({
    version: packageVersion,
    summary,
    events: await readJournal(journal),
    verdict: await verifyJournal(journal),
    outputs,
    outputLimitBytes,
  });
  if (options.output === undefined) terminal.write(text);
  else await writeExport(options.output, text);
  return 0;
}

async function writeExport(file: string, text: string): Promise<void> {
  const { ProjectError } = await import("../node/read-project.ts");
  const { writeFileWhole } = await import("../node/write-file-whole.ts");
  try {
    await writeFileWhole(file, text, { mode: 0o600 });
  } catch (cause) {
    throw new ProjectError(
      `The export ${file} cannot be written. Name another file, or make room for it.`,
      { cause },
    );
  }
}

import path from "node:path";
import type { RunSummary } from "../model/run-event.ts";
import type { CommandContext } from "./command-context.ts";
import { findRunFolder } from "./find-run-folder.ts";

/**
 * Tells whether the journal of a run is as it was written; gives back the exit code, which is 5 where it
 * is not. Reads the runs' folder.
 */
export async function verifyRun(context: CommandContext, given: string): Promise<number> {
  const { options, terminal } = context;
  const { run, directory } = await findRunFolder(context, given);
  const { verifyJournal } = await import("../node/verify-journal.ts");
  const { journalFileName } = await import("../node/read-journal.ts");
  const file = path.join(directory, journalFileName);
  const verdict = await verifyJournal(file);
  const { describeJournalFault, renderJournalVerdict } =
    await import("../report/render-journal-verdict.ts");
  const { fault, eventCount, tornLine = null, lastHash = null, hasEnd } = verdict;
  if (options.json === true) {
    const document = {
      schemaVersion: 1,
      run,
      file,
      isIntact: fault === undefined,
      eventCount,
      fault: fault === undefined ? null : { ...fault, message: describeJournalFault(fault) },
      tornLine,
      lastHash,
      hasEnd,
    };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
  } else {
    const outcome = await readOutcome(file);
    terminal.write(renderJournalVerdict({ run, file, outcome, verdict }, terminal.style));
  }
  return fault === undefined ? 0 : 5;
}

/** How the run stands; undefined where its journal is too damaged to tell. */
async function readOutcome(file: string): Promise<RunSummary["outcome"] | undefined> {
  const { readJournal } = await import("../node/read-journal.ts");
  const { summariseRecordedRun } = await import("../node/list-runs.ts");
  try {
    return summariseRecordedRun(await readJournal(file)).outcome;
  } catch {
    return undefined;
  }
}

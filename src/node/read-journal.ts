import { readFile } from "node:fs/promises";
import type { RunEvent } from "../model/run-event.ts";
import { JournalError } from "../run/journal-error.ts";
import { readChainedLine } from "./journal-chain.ts";

/** The name of a journal in its run's folder. */
export const journalFileName = "events.ndjson";

/**
 * The events of a journal file, in order, without the hashes by which they are chained.
 *
 * A last line that was torn by a crash is left out; anything else that is not an event, or missing,
 * rejects with `JournalError` and the line. Whether hashes fit is for `verifyJournal` to tell.
 */
export async function readJournal(file: string): Promise<RunEvent[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new JournalError(`The journal ${file} cannot be read.`, {
      hint: "Make sure that it exists and is yours; `opswright runs` lists the runs that are there.",
      cause,
    });
  });
  const lines = text.split("\n");
  // What stands behind the last line end is empty, or torn.
  lines.pop();
  const events: RunEvent[] = [];
  for (const [index, line] of lines.entries()) {
    const event = parseJournalLine(line);
    if (event === undefined && index === lines.length - 1) break;
    if (event?.seq !== index + 1) {
      throw new JournalError(`The journal ${file} is damaged at line ${index + 1}.`, {
        hint: "It was changed after the run: `opswright runs verify` says how. Restore it, or look at what the run did by hand.",
      });
    }
    events.push(event);
  }
  return events;
}

/** Reads one line of a journal; undefined where it is no event. No I/O. */
export function parseJournalLine(line: string): RunEvent | undefined {
  try {
    const value: unknown = JSON.parse(readChainedLine(line).json);
    return isEvent(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is RunEvent {
  return (
    typeof value === "object" &&
    value !== null &&
    "seq" in value &&
    typeof value.seq === "number" &&
    "type" in value &&
    typeof value.type === "string"
  );
}

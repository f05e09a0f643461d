import { randomInt } from "node:crypto";
import { closeSync, fdatasync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { RunEvent, RunEventBody, RunSummary } from "../model/run-event.ts";
import { JournalError } from "../run/journal-error.ts";
import type { Clock, Journal } from "../run/ports.ts";
import { summariseRun } from "../run/summarise-run.ts";
import { isProcessOfRun } from "./is-process-of-run.ts";
import { createSystemClock } from "./system-clock.ts";

const flush = promisify(fdatasync);
const eventsFile = "events.ndjson";

/** A journal in a folder of its own. */
export interface FileJournal extends Journal {
  /** The run's folder, absolute. */
  readonly directory: string;
  /** Flushes what is left and closes the file. */
  close(): Promise<void>;
}

/**
 * Makes the folder of a new run and the journal in it: `RUNS/<id>/events.ndjson`, one event a line,
 * mode 0700 and 0600.
 *
 * The id sorts by time and says what was run: `20261122-204512-deployment-k3f9` (UTC). `append`
 * resolves once its event is on the disk; events that are appended at once share one flush. Once a
 * write has failed, every further one fails. Throws and rejects with `JournalError`.
 */
export async function createFileJournal(
  runsDirectory: string,
  options: { readonly label?: string; readonly clock?: Clock } = {},
): Promise<FileJournal> {
  const clock = options.clock ?? createSystemClock();
  try {
    const directory = createRunDirectory(runsDirectory, options.label ?? "run", clock.now());
    const file = path.join(directory, eventsFile);
    const descriptor = openSync(file, "ax", 0o600);
    syncDirectory(directory);
    syncDirectory(path.dirname(directory));
    return createWriter(directory, file, descriptor, clock);
  } catch (cause) {
    throw new JournalError(`No run can be recorded in ${runsDirectory}.`, {
      hint: "Make sure that the folder can be written to and has room.",
      cause,
    });
  }
}

function createRunDirectory(runsDirectory: string, label: string, now: Date): string {
  mkdirSync(runsDirectory, { recursive: true, mode: 0o700 });
  const time = now.toISOString().replaceAll(/[-:]/g, "").slice(0, 15).replace("T", "-");
  const words = label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  for (let attempt = 1; ; attempt += 1) {
    const suffix = randomInt(36 ** 4)
      .toString(36)
      .padStart(4, "0");
    const directory = path.resolve(
      runsDirectory,
      `${time}-${words === "" ? "run" : words}-${suffix}`,
    );
    try {
      mkdirSync(directory, { mode: 0o700 });
      return directory;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** A file is only there for sure once its folder is on the disk as well. */
function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

interface Waiting {
  readonly event: RunEvent;
  readonly resolve: (event: RunEvent) => void;
  readonly reject: (error: unknown) => void;
}

function createWriter(
  directory: string,
  file: string,
  descriptor: number,
  clock: Clock,
): FileJournal {
  let seq = 0;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let failure: JournalError | undefined;

  const writeBatches = async (): Promise<void> => {
    // Whoever appends several events in one go gets them flushed as one.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        if (failure !== undefined) throw failure;
        writeAll(descriptor, batch.map(({ event }) => `${JSON.stringify(event)}\n`).join(""));
        await flush(descriptor);
        for (const { event, resolve } of batch) resolve(event);
      } catch (cause) {
        failure ??= new JournalError(`The run can no longer be recorded in ${file}.`, {
          hint: "Make room on the disk. What the last step did must be looked at by hand.",
          cause,
        });
        for (const { reject } of batch) reject(failure);
      }
    }
    flushing = undefined;
  };

  return {
    run: path.basename(directory),
    directory,
    append: (body: RunEventBody) =>
      new Promise((resolve, reject) => {
        seq += 1;
        waiting.push({ event: { seq, time: clock.now().toISOString(), ...body }, resolve, reject });
        flushing ??= writeBatches();
      }),
    close: async () => {
      await flushing;
      closeSync(descriptor);
    },
  };
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
}

/**
 * The events of a journal file, in order.
 *
 * A last line that was torn by a crash is left out; anything else that is not an event, or missing,
 * rejects with `JournalError` and the line.
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
    const event = parseEvent(line);
    if (event === undefined && index === lines.length - 1) break;
    if (event?.seq !== index + 1) {
      throw new JournalError(`The journal ${file} is damaged at line ${index + 1}.`, {
        hint: "It was changed after the run. Restore it, or look at what the run did by hand.",
      });
    }
    events.push(event);
  }
  return events;
}

function parseEvent(line: string): RunEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
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
    const file = path.join(runsDirectory, name, eventsFile);
    const isThere = await readFile(file).then(
      (bytes) => bytes.length > 0,
      () => false,
    );
    const events = isThere ? await readJournal(file) : [];
    if (events.length > 0) summaries.push(markDied(summariseRun(events), events));
  }
  return summaries;
}

function markDied(summary: RunSummary, events: readonly RunEvent[]): RunSummary {
  const start = events[0];
  if (summary.outcome !== "running" || start?.type !== "run-started") return summary;
  // Of another machine's processes nothing is known from here.
  if (start.host !== hostname()) return summary;
  return isProcessOfRun(start.pid, new Date(start.time))
    ? summary
    : { ...summary, outcome: "died" };
}

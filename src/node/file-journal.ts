import { randomInt } from "node:crypto";
import {
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writeSync,
} from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { RunEvent, RunEventBody, RunSummary } from "../model/run-event.ts";
import { JournalError } from "../run/journal-error.ts";
import type { Clock, Journal } from "../run/ports.ts";
import { summariseRun } from "../run/summarise-run.ts";
import { holdLock } from "./hold-lock.ts";
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
  options: { readonly label?: string; readonly clock?: Pick<Clock, "now"> } = {},
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

/** A run that another process has begun, taken over by this one. */
export interface AdoptedJournal {
  readonly journal: FileJournal;
  /** Everything that was on record. */
  readonly events: readonly RunEvent[];
}

/** Why a run cannot be taken over: the process that has it. */
export interface BusyRun {
  readonly host: string;
  readonly pid: number;
  readonly since: string;
}

/** Who has a run, as `runner.json` says it. */
const claimFile = "runner.json";

/**
 * Takes the journal of a run over, to go on with it; tells who has it where its runner lives, or
 * belongs to another machine, of whose processes nothing is known here.
 *
 * A last line that was torn by a crash is cut off. Of several that want a run at the same time, one gets
 * it. Rejects with `JournalError` for a journal that is damaged, or cannot be written.
 */
export async function adoptFileJournal(
  directory: string,
  clock: Pick<Clock, "now"> = createSystemClock(),
): Promise<AdoptedJournal | BusyRun> {
  return holdLock(path.join(directory, "takeover.lock"), async () => {
    const file = path.join(directory, eventsFile);
    const events = await readJournal(file);
    const runner = findRunner(events) ?? { host: hostname(), pid: 0, since: "" };
    const claim = await readClaim(directory);
    for (const one of [runner, ...(claim === undefined ? [] : [claim])]) {
      const isHere = one.host === hostname();
      if (!isHere || isProcessOfRun(one.pid, new Date(one.since))) return one;
    }
    const own: BusyRun = {
      host: hostname(),
      pid: process.pid,
      since: clock.now().toISOString(),
    };
    try {
      await writeFile(path.join(directory, claimFile), JSON.stringify(own), { mode: 0o600 });
      const descriptor = openSync(file, "a", 0o600);
      ftruncateSync(descriptor, measureWhole(events, await readFile(file)));
      return { events, journal: createWriter(directory, file, descriptor, clock, events.length) };
    } catch (cause) {
      throw new JournalError(`The run in ${directory} cannot be recorded any further.`, {
        hint: "Make sure that the folder can be written to and has room.",
        cause,
      });
    }
  });
}

/** The process that has run a run last; undefined where the journal has no beginning. No I/O. */
function findRunner(events: readonly RunEvent[]): BusyRun | undefined {
  const last = events.findLast(({ type }) => type === "run-started" || type === "run-resumed");
  if (last?.type !== "run-started" && last?.type !== "run-resumed") return undefined;
  return { host: last.host, pid: last.pid, since: last.time };
}

async function readClaim(directory: string): Promise<BusyRun | undefined> {
  try {
    return JSON.parse(await readFile(path.join(directory, claimFile), "utf8")) as BusyRun;
  } catch {
    // Nobody has taken the run over yet, or died while doing so.
    return undefined;
  }
}

/** The length of so many lines in bytes: what stands behind them was torn. */
function measureWhole(events: readonly RunEvent[], bytes: Buffer): number {
  let end = 0;
  for (let line = 0; line < events.length; line += 1) end = bytes.indexOf(0x0a, end) + 1;
  return end;
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
  clock: Pick<Clock, "now">,
  count = 0,
): FileJournal {
  let seq = count;
  let size = fstatSync(descriptor).size;
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
        if (fstatSync(descriptor).size !== size)
          throw new JournalError(takenOver, { hint: takenOverHint });
        size += writeAll(
          descriptor,
          batch.map(({ event }) => `${JSON.stringify(event)}\n`).join(""),
        );
        await flush(descriptor);
        for (const { event, resolve } of batch) resolve(event);
      } catch (cause) {
        if (cause instanceof JournalError) failure ??= cause;
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

/** A journal that grows by somebody else's hand has another runner, and this one must let go. */
const takenOver = "Another process has written to the run's journal: this one lets go of it.";
const takenOverHint = "Look at it with `opswright runs show`; one process alone may go on.";

function writeAll(descriptor: number, text: string): number {
  const bytes = Buffer.from(text);
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
  return done;
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
  const runner = findRunner(events);
  if (summary.outcome !== "running" || runner === undefined) return summary;
  // Of another machine's processes nothing is known from here.
  if (runner.host !== hostname()) return summary;
  return isProcessOfRun(runner.pid, new Date(runner.since))
    ? summary
    : { ...summary, outcome: "died" };
}

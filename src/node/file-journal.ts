import { randomInt } from "node:crypto";
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writeSync,
} from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import type { RunEvent, RunEventBody } from "../model/run-event.ts";
import { JournalError } from "../run/journal-error.ts";
import type { Clock, Journal } from "../run/ports.ts";
import { findRunner, type Runner } from "./find-runner.ts";
import { holdLock } from "./hold-lock.ts";
import { isProcessOfRun } from "./is-process-of-run.ts";
import { chainJournalLine, journalChainStart, readChainedLine } from "./journal-chain.ts";
import { journalFileName, readJournal } from "./read-journal.ts";
import { readMachineMoment } from "./read-machine-moment.ts";
import { createSystemClock } from "./system-clock.ts";

/** A journal in a folder of its own. */
export interface FileJournal extends Journal {
  /** The run's folder, absolute. */
  readonly directory: string;
  /** Flushes what is left and closes the file. */
  close(): void;
}

/**
 * Makes the folder of a new run and the journal in it: `RUNS/<id>/events.ndjson`, one event a line,
 * each chained to the one before it by its hash, mode 0700 and 0600.
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
    const file = path.join(directory, journalFileName);
    const descriptor = openSync(file, "ax", 0o600);
    syncDirectory(directory);
    syncDirectory(path.dirname(directory));
    return createWriter({ directory, file, descriptor, clock, end: journalStart });
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
): Promise<AdoptedJournal | Runner> {
  return holdLock(path.join(directory, "takeover.lock"), async () => {
    const file = path.join(directory, journalFileName);
    const events = await readJournal(file);
    const runner = findRunner(events) ?? { host: hostname(), pid: 0, since: "" };
    const claim = await readClaim(directory);
    for (const one of [runner, ...(claim === undefined ? [] : [claim])]) {
      const isHere = one.host === hostname();
      if (!isHere || isProcessOfRun(one.pid, new Date(one.since), one.machine)) return one;
    }
    const own: Runner = {
      host: hostname(),
      pid: process.pid,
      since: clock.now().toISOString(),
      machine: readMachineMoment(),
    };
    try {
      await writeFile(path.join(directory, claimFile), JSON.stringify(own), { mode: 0o600 });
      const descriptor = openSync(file, "a", 0o600);
      const { bytes, hash } = findEnd(events.length, await readFile(file));
      ftruncateSync(descriptor, bytes);
      const end = { seq: events.length, hash };
      return { events, journal: createWriter({ directory, file, descriptor, clock, end }) };
    } catch (cause) {
      throw new JournalError(`The run in ${directory} cannot be recorded any further.`, {
        hint: "Make sure that the folder can be written to and has room.",
        cause,
      });
    }
  });
}

async function readClaim(directory: string): Promise<Runner | undefined> {
  try {
    return JSON.parse(await readFile(path.join(directory, claimFile), "utf8")) as Runner;
  } catch {
    // Nobody has taken the run over yet, or died while doing so.
    return undefined;
  }
}

/** Where so many lines end, in bytes, and the hash of the last one: what stands behind them was torn. */
function findEnd(lineCount: number, bytes: Buffer): { bytes: number; hash: string } {
  let start = 0;
  let end = 0;
  for (let line = 0; line < lineCount; line += 1) {
    start = end;
    end = bytes.indexOf(0x0a, start) + 1;
  }
  const last = bytes.toString("utf8", start, Math.max(start, end - 1));
  // Runs of older versions have no hashes: the chain begins anew where this one goes on.
  return { bytes: end, hash: readChainedLine(last).hash ?? journalChainStart };
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

/** The last line that is on record, to which the next one is chained. */
interface JournalEnd {
  readonly seq: number;
  readonly hash: string;
}

const journalStart: JournalEnd = { seq: 0, hash: journalChainStart };

function createWriter({
  directory,
  file,
  descriptor,
  clock,
  end,
}: {
  readonly directory: string;
  readonly file: string;
  readonly descriptor: number;
  readonly clock: Pick<Clock, "now">;
  readonly end: JournalEnd;
}): FileJournal {
  let { seq, hash } = end;
  let size = fstatSync(descriptor).size;
  let waiting: Waiting[] = [];
  let soon: NodeJS.Immediate | undefined;
  let failure: JournalError | undefined;

  const writeWaiting = (): void => {
    if (soon !== undefined) clearImmediate(soon);
    soon = undefined;
    const batch = waiting;
    if (batch.length === 0) return;
    waiting = [];
    try {
      if (failure !== undefined) throw failure;
      const found = fstatSync(descriptor);
      if (found.nlink === 0) throw new JournalError(describeDeleted(file), { hint: deletedHint });
      if (found.size !== size) throw new JournalError(takenOver, { hint: takenOverHint });
      let lines = "";
      for (const { event } of batch) {
        const chained = chainJournalLine(hash, JSON.stringify(event));
        lines += `${chained.line}\n`;
        hash = chained.hash;
      }
      size += writeAll(descriptor, lines);
      // At once, since nothing may go on before: to be told of it by a thread takes longer than most disks.
      fdatasyncSync(descriptor);
      for (const { event, resolve } of batch) resolve(event);
    } catch (cause) {
      if (cause instanceof JournalError) failure ??= cause;
      failure ??= new JournalError(`The run can no longer be recorded in ${file}.`, {
        hint: "Make room on the disk. What the last step did must be looked at by hand.",
        cause,
      });
      for (const { reject } of batch) reject(failure);
    }
  };

  return {
    run: path.basename(directory),
    directory,
    append: (body: RunEventBody) =>
      new Promise((resolve, reject) => {
        seq += 1;
        waiting.push({ event: { seq, time: clock.now().toISOString(), ...body }, resolve, reject });
        soon ??= setImmediate(writeWaiting);
      }),
    flush: writeWaiting,
    close: () => {
      writeWaiting();
      closeSync(descriptor);
    },
  };
}

/** A journal that grows by somebody else's hand has another runner, and this one must let go. */
const takenOver = "Another process has written to the run's journal: this one lets go of it.";
const takenOverHint = "Look at it with `opswright runs show`; one process alone may go on.";

/** What is written to a file that has no name any more is lost. */
function describeDeleted(file: string): string {
  return `The run's journal ${file} was deleted while the run was going on.`;
}
const deletedHint =
  "Nothing more was run. Find out who deletes it (`git clean -fdx` in a step does), and look at what the last step did.";

function writeAll(descriptor: number, text: string): number {
  const bytes = Buffer.from(text);
  let done = 0;
  while (done < bytes.length) done += writeSync(descriptor, bytes, done);
  return done;
}

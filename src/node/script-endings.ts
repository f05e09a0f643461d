import { existsSync, statSync } from "node:fs";
import { uptime } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { ScriptRequest } from "../run/ports.ts";
import { SessionError } from "../run/session-error.ts";
import type { ControlRecord } from "./control-log.ts";
import { endProcesses } from "./end-processes.ts";
import type { SessionFiles } from "./session-files.ts";
import type { SessionHistory } from "./session-history.ts";
import type { SessionKeeper } from "./session-keeper.ts";
import type { Ending } from "./session-output.ts";
import { findStepProcesses } from "./session-processes.ts";
import type { SessionMarks, StepMarks } from "./session-processes.ts";
import { createSystemClock } from "./system-clock.ts";

/** How long a shell may take to begin a step, the snapshot before it included. */
export const deafLimitMs = 60_000;
/** How long the keeper may take to put the end of a shell on record. */
const recordLimitMs = 5000;

/**
 * Why no end of a script is on record: `wedged`, the shell is idle without having recorded it;
 * `no-shell` and `deaf`, the shell had ended or does not read, and never began.
 */
type Silence = "wedged" | "no-shell" | "deaf";

/** How the scripts of a session end: it waits for that, or brings it about. */
export class ScriptEndings {
  readonly #files: SessionFiles;
  readonly #keeper: SessionKeeper;
  readonly #history: SessionHistory;

  constructor(files: SessionFiles, keeper: SessionKeeper, history: SessionHistory) {
    this.#files = files;
    this.#keeper = keeper;
    this.#history = history;
  }

  /** Waits for a script's end; `line` asks the shell for it, and is absent where it was asked before. */
  async waitFor(
    request: ScriptRequest,
    line: string | undefined,
    signals: readonly AbortSignal[],
  ): Promise<Ending | Silence> {
    const end = Promise.withResolvers<Ending | Silence>();
    const deafMs = performance.now() + deafLimitMs;
    const hasBegun = (): boolean => this.#history.begunKey === request.key;
    let isUnstarted = false;
    const onRecord = (record: ControlRecord): void => {
      if ("key" in record && record.key !== request.key) return;
      if (record.type === "unstarted") isUnstarted = true;
      if (record.type === "done") end.resolve({ ended: "exited", exitCode: record.status });
      if (record.type !== "ended") return;
      if (isUnstarted) end.resolve({ ended: "not-started" });
      else if (hasBegun()) end.resolve({ ended: "exited", exitCode: record.status });
      else end.resolve("no-shell");
    };
    const onGone = (): void => end.reject(this.#keeper.describeLoss(endedFromOutside));
    const onAbort = (): void => end.resolve({ ended: "cancelled" });
    for (const signal of signals) signal.addEventListener("abort", onAbort, { once: true });
    const over = request.timeoutMs === undefined ? undefined : new AbortController();
    if (request.timeoutMs !== undefined && over !== undefined) {
      const limit = createSystemClock().wait(request.timeoutMs, over.signal);
      void limit.then(() => end.resolve({ ended: "timed-out" }));
    }
    if (line !== undefined) this.#keeper.send(`${line}\n`);
    try {
      return await this.#keeper.listen({ onRecord, onGone }, end.promise, () => {
        this.#keeper.readRecords();
        // Before it has begun, what is in the FIFO is the command itself, and not to be touched.
        if (hasBegun() && this.#keeper.isShellIdle()) end.resolve("wedged");
        if (!hasBegun() && performance.now() > deafMs) end.resolve("deaf");
      });
    } finally {
      for (const signal of signals) signal.removeEventListener("abort", onAbort);
      over?.abort();
    }
  }

  /**
   * Ends a script that its runner cuts off, which is on record before. Throws `SessionError` where it cannot be
   * ended, or put on record.
   */
  async cutOff(
    { key, graceMs }: ScriptRequest,
    startedS: number,
    how: "timed-out" | "cancelled",
  ): Promise<void> {
    try {
      // First, since one that answers TERM by `exit 0` would else have passed for whoever goes on with
      // the run after this runner.
      this.#keeper.recordCut(key, how);
    } finally {
      await this.end(key, graceMs, startedS);
    }
  }

  /** Ends all that the step has started since so many seconds after the machine was, and its shell. */
  async end(key: string, graceMs: number, startedAfterBootS: number): Promise<void> {
    const marks = markSession(this.#keeper, this.#files);
    const step: StepMarks = { key, startedAfterBootS, shellPid: this.#history.shellPid };
    const shellEnd = Promise.withResolvers<void>();
    // It may fail before anybody waits for it.
    shellEnd.promise.catch(() => {});
    const onRecord = (record: ControlRecord): void => {
      if (record.type === "ended") shellEnd.resolve();
    };
    const onGone = (): void => shellEnd.reject(this.#keeper.describeLoss(endedFromOutside));
    const end = async (): Promise<void> => {
      const left = await endProcesses(() => findStepProcesses(marks, step), graceMs);
      if (left.length > 0) throw leftBehind(left);
      this.#keeper.readRecords();
      if (this.#history.isShellAlive) await this.#awaitRecord(shellEnd.promise);
    };
    await this.#keeper.listen({ onRecord, onGone }, end());
  }

  /** Waits for the record of a shell's end: on a full disk, or in a folder that is gone, none comes. */
  async #awaitRecord(record: Promise<void>): Promise<void> {
    const { control } = this.#files;
    const over = new AbortController();
    const giveUp = sleep(existsSync(control) ? recordLimitMs : 0, undefined, over).then(
      () => Promise.reject(unrecorded(control)),
      () => {},
    );
    try {
      await Promise.race([record, giveUp]);
    } finally {
      over.abort();
    }
  }
}

/** By what the processes of a session are known. Throws where it has no keeper yet. No I/O. */
export function markSession(keeper: SessionKeeper, files: SessionFiles): SessionMarks {
  const { pid, token } = keeper;
  if (pid === undefined) throw new Error("the session has no keeper");
  // The number of a keeper that is gone may be another program's by now.
  const keeperPid = keeper.isGone ? -1 : pid;
  return { keeperPid, token, directory: files.session };
}

/** Tells whether a script was cut off by its runner. No I/O. */
export function isCut(ending: Ending): ending is Ending & { ended: "timed-out" | "cancelled" } {
  return ending.ended === "timed-out" || ending.ended === "cancelled";
}

/** Seconds from the machine's start to when a file was written. Reads the file system. */
export function findWrittenS(file: string): number {
  // By the time of day, which is all that a file has: one that was set since must not hide the step.
  return Math.min(uptime(), uptime() - (Date.now() - statSync(file).mtimeMs) / 1000);
}

function unrecorded(control: string): SessionError {
  return new SessionError(`How the step's shell ended could not be put on record in ${control}.`, {
    hint: "Make sure that the disk has room and that nothing deletes the run's folder (`git clean -fdx` in a step does).",
  });
}

/** What is wrong where a shell has ended by no step's doing. */
export const endedFromOutside = "The session's shell was ended from outside.";

/** Processes that did not end, by their numbers. No I/O. */
export function leftBehind(pids: readonly number[]): SessionError {
  return new SessionError(`Processes could not be ended: ${pids.join(", ")}.`, {
    hint: "They may belong to another user. End them by hand before you run this again.",
  });
}

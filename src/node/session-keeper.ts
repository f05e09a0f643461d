import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { SessionError } from "../run/session-error.ts";
import { nameFirstFifos } from "./channel-pool.ts";
import { followControlLog } from "./control-log.ts";
import type { ControlLog, ControlRecord } from "./control-log.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";
import { renderBoot, renderKeeper } from "./shell-control-code.ts";

/** How long a shell may take to start, on a machine that has better things to do. */
const bootLimitMs = 30_000;
/** For file systems that tell late of changes, or never. */
const pollIntervalMs = 50;

/** This bash cannot carry a session. */
export class BashTooOldError extends Error {
  readonly version: string;

  constructor(version: string) {
    super(`bash ${version} is too old`);
    this.version = version;
  }
}

/** What becomes of a session's processes, for whoever waits. */
export interface KeeperListener {
  readonly onRecord: (record: ControlRecord) => void;
  /** The keeper is gone: no further record will come. */
  readonly onGone: () => void;
}

/**
 * The runner's end of a session: the keeper process, which owns the session's shells and outlives
 * the runner, the FIFO through which the shell gets its commands, and the control log.
 */
export class SessionKeeper {
  /** Marks each record as the session's own, and its processes by their environment. */
  readonly token = randomBytes(16).toString("hex");
  readonly #bash: string;
  readonly #files: SessionFiles;
  readonly #log: ControlLog;
  #process: ChildProcess | undefined;
  #end: Promise<void> = Promise.resolve();
  #spawnFailure: unknown;
  #commands: number | undefined;
  #listener: KeeperListener | undefined;
  #isGone = false;
  #isShellAlive = false;
  #shellPid = 0;
  #generation = 0;
  readonly #onEach: (record: ControlRecord) => void;

  /** `onEach` hears of every record, before the listener of the moment does. Makes the log. */
  constructor(bash: string, files: SessionFiles, onEach: (record: ControlRecord) => void) {
    this.#bash = bash;
    this.#files = files;
    this.#onEach = onEach;
    writeFileSync(files.control, "", { mode: 0o600 });
    this.#log = followControlLog(files.control, this.token, (record) => this.#hear(record));
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get isShellAlive(): boolean {
    return this.#isShellAlive;
  }

  get shellPid(): number {
    return this.#shellPid;
  }

  /** How many shells there have been. */
  get generation(): number {
    return this.#generation;
  }

  /** Starts the keeper and waits for its first shell. Throws `BashTooOldError`, `SessionError`. */
  async start(directory: string, environment: Readonly<Record<string, string>>): Promise<void> {
    this.#writeControlCode(environment["BASH_ENV"]);
    this.#spawn(directory, environment);
    await this.#waitForShell();
    // Never waited for: a FIFO that is opened for reading and writing at once opens at once.
    this.#commands = openSync(this.#files.commands, constants.O_RDWR | constants.O_NONBLOCK);
  }

  /** Has the keeper start a new shell from a snapshot; from the beginning where that is empty. */
  async startShell(snapshot: string): Promise<void> {
    this.send(`restore ${this.token} ${snapshot}\n`);
    await this.#waitForShell();
  }

  /** Sends a command to the shell; the empty line behind it is for `isShellIdle`. */
  send(text: string): void {
    if (this.#commands !== undefined) writeSync(this.#commands, text);
  }

  /** Reads records that the file system has not told of yet. */
  readRecords(): void {
    this.#log.read();
  }

  /**
   * True where the shell has taken all that was sent: the empty line that follows each command is
   * still in the FIFO while the shell is busy. All records until then have been heard.
   */
  isShellIdle(): boolean {
    let isIdle = false;
    try {
      if (this.#commands !== undefined) readSync(this.#commands, Buffer.alloc(1));
      this.send("\n");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      isIdle = true;
    }
    this.#log.read();
    return isIdle;
  }

  /**
   * Waits with a listener in place until `until` settles; `onPoll` is called now and then meanwhile.
   * One at a time.
   */
  async listen<T>(
    listener: KeeperListener,
    until: Promise<T>,
    onPoll: () => void = () => this.#log.read(),
  ): Promise<T> {
    this.#listener = listener;
    const poll = setInterval(onPoll, pollIntervalMs);
    try {
      return await until;
    } finally {
      clearInterval(poll);
      this.#listener = undefined;
    }
  }

  /** What is wrong where the keeper is gone, or its shell does not come. */
  describeLoss(what: string): SessionError {
    const tail = this.#tailOfShellLog();
    return new SessionError(what, {
      hint: `What the shell printed is in ${this.#files.shellLog}.${tail === "" ? "" : ` Its last lines:\n${tail}`}`,
      cause: this.#spawnFailure,
    });
  }

  /** Ends the keeper alone and closes all that is open; its shell must have ended before. */
  async end(): Promise<void> {
    if (this.pid !== undefined && !this.#isGone) process.kill(this.pid, "SIGKILL");
    await this.#end;
    this.#log.close();
    if (this.#commands !== undefined) closeSync(this.#commands);
    this.#commands = undefined;
    // A FIFO that stays would hold up whoever searches the folder.
    rmSync(this.#files.commands, { force: true });
  }

  #writeControlCode(bashEnvironment: string | undefined): void {
    const fifos = nameFirstFifos(this.#files.session);
    const firstSettings =
      bashEnvironment === undefined
        ? "builtin true"
        : `builtin export BASH_ENV=${quoteShellWord(bashEnvironment)}`;
    const keeper = renderKeeper(this.#files, this.token, fifos);
    const boot = renderBoot(this.#files, this.token, firstSettings);
    writeFileSync(this.#files.keeper, keeper, { mode: 0o600 });
    writeFileSync(this.#files.boot, boot, { mode: 0o600 });
  }

  #spawn(directory: string, environment: Readonly<Record<string, string>>): void {
    // Options and start files of the person's own shell would change what steps mean.
    const { BASH_ENV: _file, SHELLOPTS: _set, BASHOPTS: _shopt, ...rest } = environment;
    // In a step of another run: its session's token stays, so that ending that ends this one too.
    const outer = environment["OPSWRIGHT_SESSION"];
    const token = outer === undefined ? this.token : `${outer}:${this.token}`;
    const shellLog = openSync(this.#files.shellLog, "a", 0o600);
    const keeper = spawn(this.#bash, ["--norc", "--noprofile", this.#files.keeper], {
      cwd: directory,
      env: { ...rest, OPSWRIGHT_SESSION: token },
      detached: true,
      stdio: ["ignore", shellLog, shellLog],
    });
    closeSync(shellLog);
    this.#process = keeper;
    const end = Promise.withResolvers<void>();
    this.#end = end.promise;
    const onEnd = (): void => {
      this.#log.read();
      this.#isGone = true;
      this.#isShellAlive = false;
      this.#listener?.onGone();
      end.resolve();
    };
    keeper.once("exit", onEnd);
    keeper.once("error", (cause) => {
      this.#spawnFailure = cause;
      onEnd();
    });
  }

  #hear(record: ControlRecord): void {
    if (record.type === "ready") {
      this.#shellPid = record.pid;
      this.#generation = record.generation;
      this.#isShellAlive = true;
    }
    if (record.type === "ended") this.#isShellAlive = false;
    this.#onEach(record);
    this.#listener?.onRecord(record);
  }

  async #waitForShell(): Promise<void> {
    const ready = Promise.withResolvers<void>();
    const fail = (what: string): void => ready.reject(this.describeLoss(what));
    const limit = setTimeout(
      () => fail(`The session's shell was not ready within ${bootLimitMs / 1000} s.`),
      bootLimitMs,
    );
    const onRecord = (record: ControlRecord): void => {
      if (record.type === "ready") ready.resolve();
      if (record.type === "too-old") ready.reject(new BashTooOldError(record.detail));
      if (record.type === "no-fifos") fail("The session's FIFOs could not be made.");
      if (record.type === "unrestored") {
        fail(
          "The shell's state could not be restored; its directory and the one above it may be gone.",
        );
      }
      if (record.type === "ended") {
        fail(`A new shell ended at once, with exit code ${record.status}.`);
      }
    };
    const onGone = (): void => fail("The session's shell could not be started.");
    try {
      await this.listen({ onRecord, onGone }, ready.promise);
    } finally {
      clearTimeout(limit);
    }
  }

  #tailOfShellLog(): string {
    try {
      return readFileSync(this.#files.shellLog, "utf8").trim().split("\n").slice(-3).join("\n");
    } catch {
      return "";
    }
  }
}

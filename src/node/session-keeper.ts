import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  appendFileSync,
  closeSync,
  constants,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import type { Secret } from "../run/list-secrets.ts";
import { SessionError } from "../run/session-error.ts";
import { nameFirstFifos } from "./channel-pool.ts";
import { followControlLog } from "./control-log.ts";
import type { ControlLog, ControlRecord } from "./control-log.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionCard, SessionFiles } from "./session-files.ts";
import type { SessionHistory } from "./session-history.ts";
import { findVariable, isAlive, readProcessTable } from "./process-table.ts";
import { renderBoot, renderKeeper } from "./shell-control-code.ts";
import { renderSecretForms, secretFormsVariable } from "./shell-secret-code.ts";

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

/** How a keeper's first shell starts. */
export interface KeeperStart {
  /** The program, absolute. */
  readonly bash: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The file of an earlier session's state; absent: the shell starts from its environment. */
  readonly snapshot?: string | undefined;
  /** What of the shell's state was lost before that; the session remembers it. */
  readonly losses?: readonly string[] | undefined;
  /** Variables of the environment whose values must be in no file. */
  readonly secrets?: readonly Secret[] | undefined;
}

function isThere(pid: number | undefined): boolean {
  return pid !== undefined && isAlive(pid);
}

/**
 * The runner's end of a session: the keeper process, which owns the session's shells and outlives
 * the runner, the FIFO through which the shell gets its commands, and the control log.
 */
export class SessionKeeper {
  /** Marks each record as the session's own, and its processes by their environment. */
  readonly token: string;
  readonly #files: SessionFiles;
  readonly #history: SessionHistory;
  readonly #log: ControlLog;
  #process: ChildProcess | undefined;
  #end: Promise<void> = Promise.resolve();
  #spawnFailure: unknown;
  #commands: number | undefined;
  #listener: KeeperListener | undefined;
  #isGone = false;

  /**
   * Follows the control log in `files`, which is made where the session has none: `history` hears of
   * every record, before the listener of the moment does.
   */
  constructor(files: SessionFiles, history: SessionHistory, card?: SessionCard) {
    this.#files = files;
    this.#history = history;
    this.token = card?.token ?? randomBytes(16).toString("hex");
    writeFileSync(files.control, "", { mode: 0o600, flag: "a" });
    this.#log = followControlLog(files.control, this.token, (record) => this.#hear(record));
  }

  get pid(): number | undefined {
    return this.#process?.pid ?? this.#history.keeperPid;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /**
   * What marks a process of the session that starts from this environment. In a step of another run its
   * session's token stays, so that ending that ends this one too.
   */
  markFor(environment: Readonly<Record<string, string>>): string {
    const outer = environment["OPSWRIGHT_SESSION"];
    return outer === undefined ? this.token : `${outer}:${this.token}`;
  }

  /** Starts the keeper and waits for its first shell. Throws `BashTooOldError`, `SessionError`. */
  async start(start: KeeperStart): Promise<void> {
    const { bash, directory, environment, snapshot = "", losses, secrets = [] } = start;
    const mark = this.markFor(environment);
    const secretNames =
      secrets.length === 0 ? undefined : [...new Set(secrets.map(({ name }) => name))];
    const card: SessionCard = { token: this.token, bash, snapshot, losses, secretNames };
    writeFileSync(this.#files.card, JSON.stringify(card), { mode: 0o600 });
    this.#writeControlCode(environment, mark, snapshot, secretNames);
    const forms = secretNames && { [secretFormsVariable]: renderSecretForms(secrets) };
    this.#spawn(bash, directory, { ...environment, OPSWRIGHT_SESSION: mark, ...forms });
    await this.#waitForShell();
    this.#openCommands();
  }

  /**
   * Takes over a keeper that another runner has started; false where it is gone. Its records have all
   * been heard when this returns.
   */
  adopt(): boolean {
    this.#log.read();
    const isThereStill = this.#isKeeperAlive();
    if (isThereStill) this.#openCommands();
    // Without its keeper a shell may live on, and nobody is told of its end.
    else this.#lose();
    return isThereStill;
  }

  #openCommands(): void {
    // Never waited for: a FIFO that is opened for reading and writing at once opens at once.
    this.#commands = openSync(this.#files.commands, constants.O_RDWR | constants.O_NONBLOCK);
  }

  /** For a keeper that is no child of ours: nobody tells us of its end. */
  #isKeeperAlive(): boolean {
    const { keeperPid } = this.#history;
    const entry = readProcessTable().find(({ pid }) => pid === keeperPid);
    // The pid may be another process's by now.
    return (
      entry !== undefined &&
      findVariable(entry.environment, "OPSWRIGHT_SESSION")?.split(":").includes(this.token) === true
    );
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

  /** Reads records that the file system has not told of yet, and asks after a keeper of another's. */
  readRecords(): void {
    this.#log.read();
    const isAdopted = this.#process === undefined && this.#commands !== undefined;
    if (!isAdopted || this.#isGone || isThere(this.#history.keeperPid)) return;
    this.#lose();
  }

  /**
   * Has what a step did to the shell no longer count, for this runner and for those after it. Throws
   * `SessionError` where that cannot be put on record.
   */
  recordForgotten(key: string): void {
    this.#record(`forgotten ${key} `, "That a step's changes to the shell no longer count");
  }

  /**
   * Has a step count as ended by its runner, whatever it answers, for this runner and for those after it.
   * Throws `SessionError` where that cannot be put on record.
   */
  recordCut(key: string, how: "timed-out" | "cancelled"): void {
    this.#record(`cut ${key} ${how}`, "That a step is being ended");
  }

  #record(record: string, what: string): void {
    try {
      appendFileSync(this.#files.control, `${this.token} ${record}\n`);
    } catch (cause) {
      throw new SessionError(`${what} could not be kept.`, {
        hint: `Make room for ${this.#files.control}.`,
        cause,
      });
    }
    this.#log.read();
  }

  #lose(): void {
    this.#log.read();
    this.#isGone = true;
    this.#history.isShellAlive = false;
    this.#listener?.onGone();
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
    onPoll: () => void = () => this.readRecords(),
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
    const { pid } = this;
    if (pid !== undefined && !this.#isGone && isThere(pid)) process.kill(pid, "SIGKILL");
    await this.#end;
    // Of another's child, the end can only be seen.
    while (this.#process === undefined && !this.#isGone && isThere(pid)) await sleep(2);
    this.#log.close();
    if (this.#commands !== undefined) closeSync(this.#commands);
    this.#commands = undefined;
    // A FIFO that stays would hold up whoever searches the folder.
    rmSync(this.#files.commands, { force: true });
  }

  #writeControlCode(
    environment: Readonly<Record<string, string>>,
    mark: string,
    snapshot: string,
    secretNames: readonly string[] | undefined,
  ): void {
    const bashEnvironment = environment["BASH_ENV"];
    const fifos = nameFirstFifos(this.#files.session);
    const firstSettings =
      bashEnvironment === undefined
        ? "builtin true"
        : `builtin export BASH_ENV=${quoteShellWord(bashEnvironment)}`;
    const plainNames =
      secretNames &&
      Object.keys(environment).filter(
        (name) => name !== "OPSWRIGHT_SESSION" && !secretNames.includes(name),
      );
    const keeper = renderKeeper(this.#files, this.token, fifos, { snapshot, plainNames });
    const settings = { firstSettings, mark, secretNames: secretNames ?? [] };
    const boot = renderBoot(this.#files, this.token, settings);
    writeFileSync(this.#files.keeper, keeper, { mode: 0o600 });
    writeFileSync(this.#files.boot, boot, { mode: 0o600 });
  }

  #spawn(bash: string, directory: string, environment: Readonly<Record<string, string>>): void {
    // Options and start files of the person's own shell would change what steps mean.
    const { BASH_ENV: _file, SHELLOPTS: _set, BASHOPTS: _shopt, ...rest } = environment;
    const shellLog = openSync(this.#files.shellLog, "a", 0o600);
    const keeper = spawn(bash, ["--norc", "--noprofile", this.#files.keeper], {
      cwd: directory,
      env: rest,
      detached: true,
      stdio: ["ignore", shellLog, shellLog],
    });
    closeSync(shellLog);
    this.#process = keeper;
    const end = Promise.withResolvers<void>();
    this.#end = end.promise;
    const onEnd = (): void => {
      this.#lose();
      end.resolve();
    };
    keeper.once("exit", onEnd);
    keeper.once("error", (cause) => {
      this.#spawnFailure = cause;
      onEnd();
    });
  }

  #hear(record: ControlRecord): void {
    this.#history.hear(record);
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

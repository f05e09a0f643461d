import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, constants, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { uptime } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { ScriptRequest, ScriptResult, Session } from "../run/ports.ts";
import { SessionError } from "../run/session-error.ts";
import { followControlLog } from "./control-log.ts";
import type { ControlLog, ControlRecord } from "./control-log.ts";
import { endProcesses } from "./end-processes.ts";
import { findPrograms } from "./find-program.ts";
import { createFifos, nameFifos, openOutputChannel } from "./output-channel.ts";
import type { OutputChannel } from "./output-channel.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import { createSessionFiles, nameStepFiles } from "./session-files.ts";
import type { SessionFiles, StepFiles } from "./session-files.ts";
import { findSessionProcesses, findStepProcesses } from "./session-processes.ts";
import { renderBefore, renderBoot, renderKeeper, renderStepLine, stateHead } from "./shell-control-code.ts";

/** How a session of bash is opened. */
export interface BashSessionOptions {
  /** Absolute; made where it is missing. Everything that the session writes is below it. */
  readonly runDirectory: string;
  /** Where the first step starts. */
  readonly directory: string;
  /** The whole environment of the shell; nothing of the runner's own is added but two marks. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Between TERM and KILL for what is still running when a session is closed. */
const closingGraceMs = 2000;
/** How long a shell may take to start, on a machine that has better things to do. */
const bootLimitMs = 30_000;
const pollIntervalMs = 50;
const firstChannels = 4;
/** Ordinary file names that need no quoting, and are none of the session's own endings. */
const keyPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;

/**
 * Opens a bash (4.4 or newer, the first on the environment's PATH that is) in which scripts share
 * their state.
 *
 * The shell is a process of its own that outlives the runner: it reads its commands from a FIFO in
 * the run's folder, and what it does is on record there. A step that passes leaves its shell as it
 * is, and a snapshot of it: directory, variables, functions, aliases, traps, umask, shell options,
 * positional parameters. After a step that ends its shell (a failure, `exit`, `exec`, a timeout) the
 * next step gets a new shell from the last snapshot: what a failed step did to the shell is dropped.
 * Open descriptors, background jobs as jobs, limits, disabled builtins and the directory stack are
 * not restored. A step's own EXIT trap runs when the step ends.
 *
 * `errexit` and `pipefail` are on as each step starts; every other option is as it was left.
 *
 * Throws `SessionError` where no bash can be had. Starts processes; `close` ends them.
 */
export async function openBashSession(options: BashSessionOptions): Promise<Session> {
  const candidates = findPrograms("bash", {
    path: options.environment["PATH"],
    directory: options.directory,
  });
  const tooOld: string[] = [];
  for (const bash of candidates) {
    const session = new BashSession(bash, options);
    try {
      await session.open();
      return session;
    } catch (error) {
      await session.close();
      if (!(error instanceof BashTooOldError)) throw error;
      tooOld.push(`${bash} is ${error.version}`);
    }
  }
  throw new SessionError(
    tooOld.length === 0 ? "No bash was found on PATH." : `No bash on PATH is new enough: ${tooOld.join(", ")}.`,
    { hint: "Install bash 4.4 or newer (macOS: `brew install bash`) and put it on PATH." },
  );
}

class BashTooOldError extends Error {
  readonly version: string;
  constructor(version: string) {
    super(`bash ${version} is too old`);
    this.version = version;
  }
}

/** How a script ended, before its output is settled. */
interface Ending {
  readonly ended: ScriptResult["ended"];
  readonly exitCode?: number | undefined;
}

class BashSession implements Session {
  readonly #bash: string;
  readonly #options: BashSessionOptions;
  readonly #files: SessionFiles;
  readonly #nonce = randomBytes(16).toString("hex");
  readonly #keys = new Set<string>();
  readonly #freeChannels: OutputChannel[] = [];
  readonly #allChannels: OutputChannel[] = [];
  #keeper: ChildProcess | undefined;
  /** Settles when the keeper is gone. */
  #keeperEnd: Promise<void> = Promise.resolve();
  #isKeeperGone = false;
  #commands: number | undefined;
  #log: ControlLog | undefined;
  #onRecord: (record: ControlRecord) => void = () => {};
  #onKeeperEnd: () => void = () => {};
  #shellPid = 0;
  #generation = 0;
  #isShellAlive = false;
  /** The last complete snapshot; empty before the first. */
  #snapshot = "";
  /** The step that has passed and whose snapshot is still being taken. */
  #pendingKey: string | undefined;
  #isBusy = false;
  #cancelRunning: AbortController | undefined;
  #closing: Promise<void> | undefined;

  constructor(bash: string, options: BashSessionOptions) {
    this.#bash = bash;
    this.#options = options;
    this.#files = createSessionFiles(options.runDirectory);
  }

  get pid(): number {
    return this.#shellPid;
  }

  get generation(): number {
    return this.#generation;
  }

  async open(): Promise<void> {
    const { environment, directory } = this.#options;
    const fifos = nameFifos(this.#files.session, 1, firstChannels);
    const bashEnvironment = environment["BASH_ENV"];
    for (const [file, text] of [
      [this.#files.control, ""],
      [this.#files.keeper, renderKeeper(this.#files, this.#nonce, fifos.flat())],
      [
        this.#files.boot,
        renderBoot(
          this.#files,
          this.#nonce,
          bashEnvironment === undefined
            ? "builtin true"
            : `builtin export BASH_ENV=${quoteShellWord(bashEnvironment)}`,
        ),
      ],
    ] as const) {
      writeFileSync(file, text, { mode: 0o600 });
    }
    this.#log = followControlLog(this.#files.control, this.#nonce, (record) => this.#hear(record));
    const shellLog = openSync(this.#files.shellLog, "a", 0o600);
    // Options and start files of the person's own shell would change what steps mean.
    const { BASH_ENV: _, SHELLOPTS: __, BASHOPTS: ___, ...rest } = environment;
    const outerToken = environment["OPSWRIGHT_SESSION"];
    const keeper = spawn(this.#bash, ["--norc", "--noprofile", this.#files.keeper], {
      cwd: directory,
      env: {
        ...rest,
        OPSWRIGHT_SESSION: outerToken === undefined ? this.#nonce : `${outerToken}:${this.#nonce}`,
      },
      detached: true,
      stdio: ["ignore", shellLog, shellLog],
    });
    closeSync(shellLog);
    this.#keeper = keeper;
    this.#keeperEnd = new Promise((resolve) => {
      const end = (): void => {
        this.#isKeeperGone = true;
        this.#isShellAlive = false;
        this.#onKeeperEnd();
        resolve();
      };
      keeper.once("error", (cause) => {
        this.#spawnFailure = cause;
        end();
      });
      keeper.once("exit", end);
    });
    await this.#waitForShell();
    // Without blocking: a FIFO that is opened for reading and writing is never waited for.
    this.#commands = openSync(this.#files.commands, constants.O_RDWR | constants.O_NONBLOCK);
    for (const [stdout, stderr] of fifos) this.#addChannel(stdout, stderr);
  }

  #spawnFailure: unknown;

  #addChannel(stdoutFifo: string, stderrFifo: string): void {
    const channel = openOutputChannel(stdoutFifo, stderrFifo);
    this.#allChannels.push(channel);
    this.#freeChannels.push(channel);
  }

  #hear(record: ControlRecord): void {
    if (record.type === "ready") {
      this.#shellPid = record.pid;
      this.#generation = record.generation;
      this.#isShellAlive = true;
    }
    if (record.type === "ended") this.#isShellAlive = false;
    if (record.type === "saved" && record.key === this.#pendingKey) this.#takeSnapshot(record.key);
    this.#onRecord(record);
  }

  #takeSnapshot(key: string): void {
    this.#snapshot = nameStepFiles(this.#files, key, "bash").state;
    this.#pendingKey = undefined;
  }

  /** Waits until a shell that is being started says that it is ready. */
  async #waitForShell(): Promise<void> {
    const ready = Promise.withResolvers<void>();
    const fail = (what: string, cause?: unknown): void =>
      ready.reject(
        new SessionError(what, {
          hint: `What the shell printed is in ${this.#files.shellLog}.${this.#tailOfShellLog()}`,
          cause,
        }),
      );
    this.#onRecord = (record) => {
      if (record.type === "ready") ready.resolve();
      if (record.type === "too-old") ready.reject(new BashTooOldError(record.detail));
      if (record.type === "no-fifos") fail("The session's FIFOs could not be made.");
      if (record.type === "unrestored") fail("The shell's state could not be restored.");
      if (record.type === "ended") fail(`A new shell ended at once with exit code ${record.status}.`);
    };
    this.#onKeeperEnd = () => {
      // Its last words may not have been read yet, and say more.
      this.#log?.read();
      fail("The session's shell could not be started.", this.#spawnFailure);
    };
    const poll = setInterval(() => this.#log?.read(), pollIntervalMs);
    const limit = setTimeout(
      () => fail(`The session's shell was not ready within ${bootLimitMs / 1000} s.`),
      bootLimitMs,
    );
    try {
      await ready.promise;
    } finally {
      clearInterval(poll);
      clearTimeout(limit);
      this.#onRecord = () => {};
      this.#onKeeperEnd = () => {};
    }
  }

  async #ensureShell(): Promise<void> {
    this.#log?.read();
    if (this.#isKeeperGone) throw this.#keeperGone();
    if (this.#isShellAlive) return;
    if (this.#pendingKey !== undefined) {
      throw new SessionError(`What step ${this.#pendingKey} did to the shell was lost: the shell ended after it.`, {
        hint: "Look for what ended it, and run the steps from there on again.",
      });
    }
    this.#command(`restore ${this.#nonce} ${this.#snapshot}\n`);
    await this.#waitForShell();
  }

  #command(text: string): void {
    if (this.#commands !== undefined) writeSync(this.#commands, text);
  }

  async runScript(request: ScriptRequest): Promise<ScriptResult> {
    this.#admit(request);
    this.#isBusy = true;
    const cancel = new AbortController();
    this.#cancelRunning = cancel;
    try {
      await this.#ensureShell();
      return await this.#runInShell(request, AbortSignal.any([cancel.signal, ...(request.signal === undefined ? [] : [request.signal])]));
    } finally {
      this.#isBusy = false;
      this.#cancelRunning = undefined;
    }
  }

  #admit(request: ScriptRequest): void {
    if (this.#closing !== undefined) throw new Error("the session is closed");
    if (this.#isBusy) throw new Error("the session runs one script at a time");
    if (!keyPattern.test(request.key)) throw new Error(`not a key for a step: ${request.key}`);
    if (this.#keys.has(request.key)) throw new Error(`the key ${request.key} was used before`);
    if (request.isInteractive) {
      throw new SessionError("Steps that use the terminal cannot be run yet.", {
        hint: "Run the step's commands by hand, and the rest with --skip.",
      });
    }
    const odd = Object.entries(request.environment ?? {}).find(
      ([name, value]) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value.includes("\0"),
    );
    if (odd !== undefined) throw new Error(`not a variable for an environment: ${odd[0]}`);
    this.#keys.add(request.key);
  }

  async #runInShell(request: ScriptRequest, signal: AbortSignal): Promise<ScriptResult> {
    const files = this.#writeStepFiles(request);
    const channel = await this.#takeChannel();
    let failure: { readonly cause: unknown } | undefined;
    const outputLost = new AbortController();
    channel.attach({
      stdoutPath: files.stdout,
      stderrPath: files.stderr,
      onOutput: request.onOutput,
      onFailure: (cause) => {
        failure = { cause };
        outputLost.abort();
      },
    });
    const line = renderStepLine({
      key: request.key,
      ending: files.ending,
      channel: channel.name,
      interpreter: request.interpreter,
      accepted: formatAccepted(request.keepsStateOn),
      before: hasBefore(request) ? files.before : undefined,
    });
    const startedMs = performance.now();
    const ending = await this.#carryOut(request, line, AbortSignal.any([signal, outputLost.signal]));
    const durationMs = performance.now() - startedMs;
    const { isHeld, ...counts } = channel.settle();
    if (!isHeld) this.#freeChannels.push(channel);
    if (failure !== undefined) {
      throw new SessionError("The step's output could not be kept, and the step was ended.", {
        hint: `Make room for ${files.stdout}.`,
        cause: failure.cause,
      });
    }
    return {
      ...ending,
      durationMs,
      ...counts,
      readOutput: (stream, limitBytes) =>
        stream === "stdout"
          ? readStart(files.stdout, Math.min(limitBytes, counts.stdoutBytes))
          : readStart(files.stderr, Math.min(limitBytes, counts.stderrBytes)),
    };
  }

  #writeStepFiles(request: ScriptRequest): StepFiles {
    const files = nameStepFiles(this.#files, request.key, request.interpreter);
    const texts: [string, string][] = [
      [files.script, request.script],
      // Made here, so that the step's umask has no say in who may read it.
      [files.state, stateHead],
    ];
    if (hasBefore(request)) {
      texts.push([files.before, renderBefore(request.directory, request.environment ?? {})]);
      texts.push([files.after, ""]);
    }
    for (const [file, text] of texts) writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    return files;
  }

  async #takeChannel(): Promise<OutputChannel> {
    if (this.#freeChannels.length === 0) {
      const fifos = nameFifos(this.#files.session, this.#allChannels.length + 1, firstChannels);
      await createFifos(fifos.flat());
      for (const [stdout, stderr] of fifos) this.#addChannel(stdout, stderr);
    }
    const channel = this.#freeChannels.pop();
    if (channel === undefined) throw new Error("no output channel");
    return channel;
  }

  /** Hands the line to the shell and waits for the step's end, or brings it about. */
  async #carryOut(request: ScriptRequest, line: string, signal: AbortSignal): Promise<Ending> {
    if (signal.aborted) return { ended: "cancelled" };
    const startedAfterBootS = uptime();
    for (let attempt = 1; ; attempt += 1) {
      const heard = await this.#awaitEnd(request, line, signal);
      switch (heard) {
        case "timed-out":
        case "cancelled":
          return await this.#endStep(request, heard, startedAfterBootS);
        case "wedged":
          await this.#endStep({ ...request, graceMs: 0 }, "cancelled", startedAfterBootS);
          return { ended: "lost" };
        case "no-shell":
          // The shell had ended before it took the line: nothing of the step has run.
          if (attempt === 3) throw this.#keeperGone();
          await this.#ensureShell();
          break;
        default:
          return heard;
      }
    }
  }

  async #awaitEnd(
    request: ScriptRequest,
    line: string,
    signal: AbortSignal,
  ): Promise<Ending | "timed-out" | "cancelled" | "wedged" | "no-shell"> {
    const end = Promise.withResolvers<Ending | "timed-out" | "cancelled" | "wedged" | "no-shell">();
    let hasBegun = false;
    let isUnstarted = false;
    let savedStatus: number | undefined;
    this.#onRecord = (record) => {
      if ("key" in record && record.key !== request.key) return;
      switch (record.type) {
        case "begin":
          hasBegun = true;
          break;
        case "unstarted":
          isUnstarted = true;
          break;
        case "saved":
          savedStatus = record.status;
          break;
        case "done":
          this.#pendingKey = record.key;
          end.resolve({ ended: "exited", exitCode: record.status });
          break;
        case "ended":
          if (savedStatus === record.status) this.#takeSnapshot(request.key);
          if (isUnstarted) end.resolve({ ended: "not-started" });
          else if (hasBegun) end.resolve({ ended: "exited", exitCode: record.status });
          else end.resolve("no-shell");
          break;
        default:
      }
    };
    this.#onKeeperEnd = () => end.reject(this.#keeperGone());
    const onAbort = (): void => end.resolve("cancelled");
    signal.addEventListener("abort", onAbort, { once: true });
    const limit =
      request.timeoutMs === undefined
        ? undefined
        : setTimeout(() => end.resolve("timed-out"), request.timeoutMs);
    const poll = setInterval(() => {
      if (this.#isShellIdle()) end.resolve("wedged");
    }, pollIntervalMs);
    // The empty line behind is what tells an idle shell from a busy one.
    this.#command(`${line}\n`);
    try {
      return await end.promise;
    } finally {
      signal.removeEventListener("abort", onAbort);
      clearTimeout(limit);
      clearInterval(poll);
      this.#onRecord = () => {};
      this.#onKeeperEnd = () => {};
    }
  }

  /**
   * True where the shell has read all its commands and so must have put the step's end on record:
   * the control log is read before this returns, so a record that exists has been heard.
   */
  #isShellIdle(): boolean {
    const taken = Buffer.alloc(1);
    let isEmpty = false;
    try {
      if (this.#commands !== undefined) readSync(this.#commands, taken);
      this.#command("\n");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      isEmpty = true;
    }
    this.#log?.read();
    return isEmpty;
  }

  /** Ends all that the step has started, and its shell. */
  async #endStep(
    request: ScriptRequest,
    ended: "timed-out" | "cancelled",
    startedAfterBootS: number,
  ): Promise<Ending> {
    const keeperPid = this.#keeper?.pid;
    if (keeperPid === undefined) throw this.#keeperGone();
    let exitCode: number | undefined;
    const shellEnded = Promise.withResolvers<void>();
    this.#onRecord = (record) => {
      if (record.type !== "ended") return;
      exitCode = record.status;
      shellEnded.resolve();
    };
    this.#onKeeperEnd = () => shellEnded.reject(this.#keeperGone());
    const step = { key: request.key, startedAfterBootS, shellPid: this.#shellPid };
    const marks = { keeperPid, token: this.#nonce };
    const poll = setInterval(() => this.#log?.read(), pollIntervalMs);
    try {
      const left = await endProcesses(() => findStepProcesses(marks, step), request.graceMs);
      if (left.length > 0) throw leftBehind(left);
      if (this.#isShellAlive) await shellEnded.promise;
      return { ended, exitCode };
    } finally {
      clearInterval(poll);
      this.#onRecord = () => {};
      this.#onKeeperEnd = () => {};
    }
  }

  #keeperGone(): SessionError {
    return new SessionError("The session's shell was ended from outside.", {
      hint: `Look for what killed it. What the shell printed is in ${this.#files.shellLog}.${this.#tailOfShellLog()}`,
      cause: this.#spawnFailure,
    });
  }

  #tailOfShellLog(): string {
    try {
      const tail = readFileSync(this.#files.shellLog, "utf8").trim().split("\n").slice(-3).join("\n");
      return tail === "" ? "" : ` Its last lines:\n${tail}`;
    } catch {
      return "";
    }
  }

  async close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  /** Lets the shell finish the snapshot after the last step, which a later run may start from. */
  async #waitForSnapshot(): Promise<void> {
    const deadline = performance.now() + closingGraceMs;
    this.#log?.read();
    while (this.#pendingKey !== undefined && this.#isShellAlive && performance.now() < deadline) {
      await sleep(1);
      this.#log?.read();
    }
  }

  async #closeAll(): Promise<void> {
    this.#cancelRunning?.abort();
    const keeperPid = this.#keeper?.pid;
    try {
      await this.#waitForSnapshot();
      if (keeperPid !== undefined) {
        const marks = { keeperPid, token: this.#nonce };
        const left = await endProcesses(() => findSessionProcesses(marks), closingGraceMs);
        if (!this.#isKeeperGone) process.kill(keeperPid, "SIGKILL");
        await this.#keeperEnd;
        if (left.length > 0) throw leftBehind(left);
      }
    } finally {
      this.#log?.close();
      for (const channel of this.#allChannels) channel.close();
      if (this.#commands !== undefined) closeSync(this.#commands);
      this.#commands = undefined;
      // A FIFO that stays would hold up whoever searches the folder.
      rmSync(this.#files.commands, { force: true });
    }
  }
}

function leftBehind(pids: readonly number[]): SessionError {
  return new SessionError(`Processes could not be ended: ${pids.join(", ")}.`, {
    hint: "They may belong to another user. End them by hand before you run this again.",
  });
}

function hasBefore(request: ScriptRequest): boolean {
  return request.directory !== undefined || Object.keys(request.environment ?? {}).length > 0;
}

function formatAccepted(codes: ScriptRequest["keepsStateOn"]): string {
  return codes === "any" ? "any" : (codes ?? [0]).join(",");
}

async function readStart(file: string, limitBytes: number): Promise<Uint8Array> {
  if (limitBytes === 0) return new Uint8Array();
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(limitBytes);
    let done = 0;
    while (done < limitBytes) {
      const { bytesRead } = await handle.read(buffer, done, limitBytes - done, done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return new Uint8Array(buffer.subarray(0, done));
  } finally {
    await handle.close();
  }
}

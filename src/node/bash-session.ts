import { writeFileSync } from "node:fs";
import { uptime } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { ScriptRequest, ScriptResult, Session } from "../run/ports.ts";
import { SessionError } from "../run/session-error.ts";
import { openChannelPool } from "./channel-pool.ts";
import type { ChannelPool } from "./channel-pool.ts";
import type { ControlRecord } from "./control-log.ts";
import { endProcesses } from "./end-processes.ts";
import { findPrograms } from "./find-program.ts";
import { readFileStart } from "./read-file-start.ts";
import { createSessionFiles, nameStepFiles } from "./session-files.ts";
import type { SessionFiles, StepFiles } from "./session-files.ts";
import { BashTooOldError, SessionKeeper } from "./session-keeper.ts";
import { findSessionProcesses, findStepProcesses } from "./session-processes.ts";
import type { SessionMarks } from "./session-processes.ts";
import { renderBefore, renderStepLine, stateHead } from "./shell-control-code.ts";

/** How a session of bash is opened. */
export interface BashSessionOptions {
  /** Absolute; made where it is missing. Everything that the session writes is below it. */
  readonly runDirectory: string;
  /** Where the first step starts. */
  readonly directory: string;
  /** The whole environment of the shell; two marks are added: `OPSWRIGHT_SESSION`, `OPSWRIGHT_STEP`. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Between TERM and KILL for what is still running when a session is closed. */
const closingGraceMs = 2000;
/** Node fires a timer that is longer than this, 24 days, at once. */
const longestTimerMs = 2_147_483_647;
/** How long a shell may take to begin a step, the snapshot before it included. */
const deafLimitMs = 60_000;
/** Ordinary file names that need no quoting in a shell. */
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
 * Open descriptors, jobs, limits, disabled builtins and the directory stack are not restored, and
 * after an `exit` inside a function that function's locals are there as globals.
 *
 * `errexit` and `pipefail` are on as each step starts; every other option is as it was left. EXIT,
 * DEBUG and RETURN traps last for their step, and an EXIT trap runs as it ends; a step with one that
 * also ends by `exit` leaves nothing behind in the shell. Steps at a terminal are not supported yet.
 *
 * Throws `SessionError` where no bash can be had. Starts processes; `close` ends them.
 */
export async function openBashSession(options: BashSessionOptions): Promise<Session> {
  const { environment, directory } = options;
  const tooOld: string[] = [];
  for (const bash of findPrograms("bash", { path: environment["PATH"], directory })) {
    const session = new BashSession(bash, options);
    try {
      await session.start(directory, environment);
      return session;
    } catch (error) {
      await session.close();
      if (!(error instanceof BashTooOldError)) throw error;
      tooOld.push(`${bash} is ${error.version}`);
    }
  }
  throw new SessionError(
    tooOld.length === 0
      ? "No bash was found on PATH."
      : `No bash on PATH is new enough: ${tooOld.join(", ")}.`,
    { hint: "Install bash 4.4 or newer (macOS: `brew install bash`) and put it on PATH." },
  );
}

/** How a script ended, before its output is settled. */
type Ending = Pick<ScriptResult, "ended" | "exitCode">;

/**
 * Why no end of a script is on record: `wedged`, the shell is idle without having recorded it;
 * `no-shell` and `deaf`, the shell had ended or does not read, and never began.
 */
type Silence = "wedged" | "no-shell" | "deaf";

class BashSession implements Session {
  readonly #files: SessionFiles;
  readonly #keeper: SessionKeeper;
  readonly #keys = new Set<string>();
  #channels: ChannelPool | undefined;
  /** The last complete snapshot; empty before the first. */
  #snapshot = "";
  /** The last step that began. */
  #begunKey: string | undefined;
  /** The step that has passed and whose snapshot is still being taken. */
  #pendingKey: string | undefined;
  /** The script that is running: cancels it, and settles when it has ended. */
  #running: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined;
  #closing: Promise<void> | undefined;

  constructor(bash: string, options: BashSessionOptions) {
    if (options.runDirectory.includes("\n")) {
      throw new SessionError("The path of the run's folder holds a line break.", {
        hint: "Give the project's folder a name without one.",
      });
    }
    this.#files = createSessionFiles(options.runDirectory);
    this.#keeper = new SessionKeeper(bash, this.#files, (record) => {
      if (record.type === "begin") this.#begunKey = record.key;
      if (record.type === "saved" && record.key === this.#pendingKey) this.#keep(record.key);
    });
  }

  get pid(): number {
    return this.#keeper.shellPid;
  }

  get generation(): number {
    return this.#keeper.generation;
  }

  async start(directory: string, environment: Readonly<Record<string, string>>): Promise<void> {
    await this.#keeper.start(directory, environment);
    this.#channels = openChannelPool(this.#files.session);
  }

  async runScript(request: ScriptRequest): Promise<ScriptResult> {
    this.#admit(request);
    const abort = new AbortController();
    const ended = Promise.withResolvers<void>();
    this.#running = { abort, ended: ended.promise };
    const signals = request.signal === undefined ? [] : [request.signal];
    try {
      await this.#ensureShell();
      return await this.#runInShell(request, AbortSignal.any([abort.signal, ...signals]));
    } finally {
      this.#running = undefined;
      ended.resolve();
    }
  }

  #admit(request: ScriptRequest): void {
    if (this.#closing !== undefined) throw new Error("the session is closed");
    if (this.#running !== undefined) throw new Error("the session runs one script at a time");
    if (!keyPattern.test(request.key)) throw new Error(`not a key for a script: ${request.key}`);
    if (this.#keys.has(request.key)) throw new Error(`the key ${request.key} was used before`);
    for (const [name, value] of Object.entries(request.environment ?? {})) {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value.includes("\0")) {
        throw new Error(`not a variable for an environment: ${name}`);
      }
    }
    if (request.isInteractive) {
      throw new SessionError("Steps at a terminal are not supported yet.", {
        hint: "Run that step by hand, and the others with --skip.",
      });
    }
    this.#keys.add(request.key);
  }

  async #ensureShell(): Promise<void> {
    this.#keeper.readRecords();
    if (this.#keeper.isGone) throw this.#keeper.describeLoss(endedFromOutside);
    if (this.#keeper.isShellAlive) return;
    if (this.#pendingKey !== undefined) {
      throw this.#keeper.describeLoss(
        `What step ${this.#pendingKey} did to the shell is lost: something ended the shell after it.`,
      );
    }
    await this.#keeper.startShell(this.#snapshot);
  }

  async #runInShell(request: ScriptRequest, signal: AbortSignal): Promise<ScriptResult> {
    const files = this.#writeStepFiles(request);
    const channel = await this.#takeChannel();
    const outputFailed = new AbortController();
    channel.attach({
      stdoutPath: files.stdout,
      stderrPath: files.stderr,
      onOutput: request.onOutput,
      onFailure: (cause) => outputFailed.abort(cause),
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
    const ending = await this.#carryOut(
      request,
      line,
      AbortSignal.any([signal, outputFailed.signal]),
    );
    const durationMs = performance.now() - startedMs;
    const { isHeld, ...counts } = channel.settle();
    if (!isHeld) this.#channels?.giveBack(channel);
    if (outputFailed.signal.aborted) {
      throw new SessionError("The step's output could not be kept, so the step was ended.", {
        hint: `Make room for ${files.stdout}, and look at what the step did.`,
        cause: outputFailed.signal.reason,
      });
    }
    return {
      ...ending,
      ...counts,
      durationMs,
      readOutput: (stream, limitBytes) =>
        stream === "stdout"
          ? readFileStart(files.stdout, Math.min(limitBytes, counts.stdoutBytes))
          : readFileStart(files.stderr, Math.min(limitBytes, counts.stderrBytes)),
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
    try {
      for (const [file, text] of texts) writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    } catch (cause) {
      throw new SessionError("The step's files could not be written, so it was not run.", {
        hint: `Make sure that there is room for ${files.script}.`,
        cause,
      });
    }
    return files;
  }

  async #takeChannel(): ReturnType<ChannelPool["take"]> {
    if (this.#channels === undefined) throw new Error("the session is not open");
    return this.#channels.take();
  }

  /** Hands the line to the shell and waits for the step's end, or brings it about. */
  async #carryOut(request: ScriptRequest, line: string, signal: AbortSignal): Promise<Ending> {
    if (signal.aborted) return { ended: "cancelled" };
    const startedAt = Date.now();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const heard = await this.#awaitEnd(request, line, signal);
      if (heard === "wedged" || heard === "deaf") {
        await this.#endStep(request.key, 0, startedAt);
        // It may have begun at the very last moment.
        if (this.#begunKey === request.key) return { ended: "lost" };
      } else if (heard !== "no-shell") {
        const isBroughtAbout = heard.ended === "timed-out" || heard.ended === "cancelled";
        if (isBroughtAbout) await this.#endStep(request.key, request.graceMs, startedAt);
        return heard;
      }
      // The shell never took the line: nothing of the step has run.
      await this.#ensureShell();
    }
    throw this.#keeper.describeLoss(endedFromOutside);
  }

  async #awaitEnd(
    request: ScriptRequest,
    line: string,
    signal: AbortSignal,
  ): Promise<Ending | Silence> {
    const end = Promise.withResolvers<Ending | Silence>();
    const deafMs = performance.now() + deafLimitMs;
    const hasBegun = (): boolean => this.#begunKey === request.key;
    let isUnstarted = false;
    let savedStatus: number | undefined;
    const onRecord = (record: ControlRecord): void => {
      if ("key" in record && record.key !== request.key) return;
      if (record.type === "unstarted") isUnstarted = true;
      if (record.type === "saved") savedStatus = record.status;
      if (record.type === "done") {
        this.#pendingKey = record.key;
        end.resolve({ ended: "exited", exitCode: record.status });
      }
      if (record.type !== "ended") return;
      if (savedStatus === record.status) this.#keep(request.key);
      if (isUnstarted) end.resolve({ ended: "not-started" });
      else if (hasBegun()) end.resolve({ ended: "exited", exitCode: record.status });
      else end.resolve("no-shell");
    };
    const onGone = (): void => end.reject(this.#keeper.describeLoss(endedFromOutside));
    const onAbort = (): void => end.resolve({ ended: "cancelled" });
    signal.addEventListener("abort", onAbort, { once: true });
    const limit =
      request.timeoutMs === undefined
        ? undefined
        : setTimeout(
            () => end.resolve({ ended: "timed-out" }),
            Math.min(request.timeoutMs, longestTimerMs),
          );
    this.#keeper.send(`${line}\n`);
    try {
      return await this.#keeper.listen({ onRecord, onGone }, end.promise, () => {
        this.#keeper.readRecords();
        // Before it has begun, what is in the FIFO is the command itself, and not to be touched.
        if (hasBegun() && this.#keeper.isShellIdle()) end.resolve("wedged");
        if (!hasBegun() && performance.now() > deafMs) end.resolve("deaf");
      });
    } finally {
      signal.removeEventListener("abort", onAbort);
      clearTimeout(limit);
    }
  }

  #keep(key: string): void {
    this.#snapshot = nameStepFiles(this.#files, key, "bash").state;
    this.#pendingKey = undefined;
  }

  /** Ends all that the step has started, and its shell. */
  async #endStep(key: string, graceMs: number, startedAt: number): Promise<void> {
    const marks = this.#markSession();
    // The time of day, because other clocks stand still while the machine sleeps.
    const startedAfterBootS = uptime() - (Date.now() - startedAt) / 1000;
    const step = { key, startedAfterBootS, shellPid: this.#keeper.shellPid };
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
      if (this.#keeper.isShellAlive) await shellEnd.promise;
    };
    await this.#keeper.listen({ onRecord, onGone }, end());
  }

  #markSession(): SessionMarks {
    const { pid, token } = this.#keeper;
    if (pid === undefined) throw new Error("the session has no keeper");
    return { keeperPid: pid, token, directory: this.#files.session };
  }

  async close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    this.#running?.abort.abort();
    try {
      await this.#running?.ended;
      await this.#waitForSnapshot();
      if (this.#keeper.pid === undefined) return;
      const marks = this.#markSession();
      const left = await endProcesses(() => findSessionProcesses(marks), closingGraceMs);
      if (left.length > 0) throw leftBehind(left);
    } finally {
      await this.#keeper.end();
      this.#channels?.close();
    }
  }

  /** Lets the shell finish the snapshot after the last step, from which a later run may start. */
  async #waitForSnapshot(): Promise<void> {
    const deadline = performance.now() + closingGraceMs;
    this.#keeper.readRecords();
    while (
      this.#pendingKey !== undefined &&
      this.#keeper.isShellAlive &&
      performance.now() < deadline
    ) {
      await sleep(1);
      this.#keeper.readRecords();
    }
  }
}

const endedFromOutside = "The session's shell was ended from outside.";

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

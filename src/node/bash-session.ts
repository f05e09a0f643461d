import { existsSync } from "node:fs";
import { uptime } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Secret } from "../run/list-secrets.ts";
import type {
  BackgroundScript,
  CopyRequest,
  ScriptRequest,
  ScriptResult,
  Session,
} from "../run/ports.ts";
import { SessionError } from "../run/session-error.ts";
import type { BashSessionOptions } from "./bash-session-options.ts";
import { endProcesses, signalProcess } from "./end-processes.ts";
import { openShellCopy } from "./open-shell-copy.ts";
import type { ProcessEntry } from "./process-table.ts";
import { describeMissing, recallSecrets } from "./session-secrets.ts";
import type { SessionSecrets } from "./session-secrets.ts";
import { createSessionFiles, nameStepFiles } from "./session-files.ts";
import type { SessionCard, SessionFiles } from "./session-files.ts";
import { SessionHistory } from "./session-history.ts";
import { SessionKeeper } from "./session-keeper.ts";
import { SessionOutput } from "./session-output.ts";
import { SessionScripts } from "./session-scripts.ts";
import type { Ending } from "./session-output.ts";
import { readSavedKeys } from "./read-saved-keys.ts";
import type { KeeperStart } from "./session-keeper.ts";
import {
  findBackgroundProcesses,
  findSessionProcesses,
  findStepProcesses,
} from "./session-processes.ts";
import { formatAccepted, renderStepLine } from "./render-step-line.ts";
import {
  deafLimitMs,
  endedFromOutside,
  findWrittenS,
  isCut,
  leftBehind,
  markSession,
  ScriptEndings,
} from "./script-endings.ts";
import { hasBefore, writeStepFiles } from "./write-step-files.ts";

/** Between TERM and KILL for what is still running when a session is closed. */
const closingGraceMs = 2000;
/** A session that this runner has opened, or has taken over from one that died. */
export class BashSession implements Session {
  readonly history = new SessionHistory();
  readonly #options: BashSessionOptions;
  readonly #number: number;
  #bash: string;
  readonly #files: SessionFiles;
  readonly #keeper: SessionKeeper;
  readonly #scripts = new SessionScripts();
  readonly #secretNames: readonly string[];
  #secrets: SessionSecrets;
  readonly #output: SessionOutput;
  readonly #endings: ScriptEndings;
  /** The snapshot from which the first shell started; empty where it started from its environment. */
  #firstSnapshot: string;
  #closing: Promise<void> | undefined;

  /**
   * `number` counts the run's sessions from 1; `card` is that of the session that is taken over. What
   * comes of its steps has none of the secrets.
   */
  constructor(options: BashSessionOptions, number: number, card?: SessionCard) {
    const { runDirectory, secrets = [] } = options;
    if (runDirectory.includes("\n")) {
      throw new SessionError("The path of the run's folder holds a line break.", {
        hint: "Give the project's folder a name without one.",
      });
    }
    this.#options = options;
    this.#number = number;
    this.#bash = card?.bash ?? "";
    this.#files = createSessionFiles(runDirectory, number);
    this.#firstSnapshot = card?.snapshot ?? "";
    this.#secretNames = card?.secretNames ?? [];
    this.#secrets = { known: secrets, isIncomplete: false };
    this.#keeper = new SessionKeeper(this.#files, this.history, card);
    this.#output = new SessionOutput(this.#files, this.history);
    this.#endings = new ScriptEndings(this.#files, this.#keeper, this.history);
  }

  get pid(): number {
    return this.history.shellPid;
  }

  get generation(): number {
    return this.history.generation;
  }

  /** The program that carries it. */
  get bash(): string {
    return this.#bash;
  }

  /** Those that its output and files are kept free of. */
  get secrets(): readonly Secret[] {
    return this.#secrets.known;
  }

  /** The file of the last complete snapshot; empty before the first. */
  get snapshot(): string {
    return this.#nameSnapshot(this.history.savedKey);
  }

  #nameSnapshot(key: string | undefined): string {
    return key === undefined
      ? this.#findFirstSnapshot()
      : nameStepFiles(this.#files, key, "bash").state;
  }

  /** What it was opened with, or, where that has been taken back since, the last snapshot before it. */
  #findFirstSnapshot(): string {
    const isForgotten = (key: string): boolean => this.history.isForgotten(key);
    if (!isForgotten(path.basename(this.#firstSnapshot, ".state"))) return this.#firstSnapshot;
    for (let number = this.#number - 1; number > 0; number -= 1) {
      const saved = readSavedKeys(this.#options.runDirectory, number);
      const key = saved.findLast((one) => !isForgotten(one));
      if (key !== undefined) return nameStepFiles(this.#files, key, "bash").state;
    }
    return "";
  }

  async openCopy(request: CopyRequest): Promise<number | undefined> {
    this.#keeper.readRecords();
    const { directory, environment } = this.#options;
    return openShellCopy(
      {
        bash: this.#bash,
        files: this.#files,
        snapshot: this.#nameSnapshot(this.history.savedKeyBefore(request.withoutMarksOf)),
        directory,
        environment,
        secrets: this.#secrets.known,
        mark: this.#keeper.markFor(environment),
        findProcesses: () =>
          findBackgroundProcesses(markSession(this.#keeper, this.#files), {
            key: request.key,
            channel: undefined,
          }),
      },
      request,
    );
  }

  async prepareShell(): Promise<void> {
    await this.#ensureShell();
  }

  takeNotices(): readonly string[] {
    const { missingNames } = this.history;
    this.history.missingNames = [];
    return describeMissing(missingNames);
  }

  async start(start: KeeperStart): Promise<void> {
    this.#firstSnapshot = start.snapshot ?? "";
    this.#bash = start.bash;
    await this.#keeper.start({ ...start, secrets: this.#secrets.known });
    this.#output.open(this.#secrets);
  }

  /**
   * Takes the session over from a runner that died; false where its keeper is gone as well.
   *
   * `key` is the step that was going on. What earlier steps have printed meanwhile is settled.
   */
  adopt(key: string | undefined): boolean {
    const isThere = this.#keeper.adopt();
    // Its runner has told them, and by now steps may have set them again.
    this.history.missingNames = [];
    this.#secrets = recallSecrets(this.#secrets.known, this.#secretNames, this.#keeper.pid);
    if (isThere) this.#output.takeOver(this.#secrets, key);
    return isThere;
  }

  /** Goes on without the state that the last step left, where its snapshot was never completed. */
  forgetLost(): void {
    this.history.pendingKey = undefined;
  }

  /**
   * True where the step has begun, or ended. The line that asks for it may still be on its way to the
   * shell: this waits until the shell has read all that was sent.
   */
  async hasBegun(key: string): Promise<boolean> {
    const isOnRecord = (): boolean =>
      this.history.begunKey === key || this.history.endOf(key) !== undefined;
    const deadline = performance.now() + deafLimitMs;
    while (!isOnRecord() && !this.#keeper.isGone && this.history.isShellAlive) {
      if (this.#keeper.isShellIdle() || performance.now() > deadline) break;
      await sleep(5);
      this.#keeper.readRecords();
    }
    return isOnRecord();
  }

  /**
   * Waits for the end of a script that another runner has started, as `runScript` does for its own.
   * Only after `adopt`; the request's time limit counts from now.
   */
  async adoptScript(request: ScriptRequest): Promise<ScriptResult> {
    this.#scripts.adopt(request.key);
    return this.#scripts.run(request, (signal) => this.#followScript(request, signal));
  }

  async runScript(request: ScriptRequest): Promise<ScriptResult> {
    this.#scripts.admit(request);
    return this.#scripts.run(request, async (signal) => {
      await this.#ensureShell();
      return this.#runInShell(request, signal);
    });
  }

  signalScript(name: "SIGINT" | "SIGWINCH"): void {
    const { going } = this.#scripts;
    if (going === undefined) return;
    const { key, startedAfterBootS } = going;
    const step = { key, startedAfterBootS, shellPid: this.history.shellPid };
    for (const { pid } of findStepProcesses(markSession(this.#keeper, this.#files), step)) {
      if (name !== "SIGINT" || pid !== this.history.shellPid) signalProcess(pid, name);
    }
  }

  findBackground({
    key,
    interpreter,
  }: Pick<ScriptRequest, "key" | "interpreter">): BackgroundScript {
    const files = nameStepFiles(this.#files, key, interpreter);
    const find = (): readonly ProcessEntry[] => {
      const channel = this.history.channelOf(key);
      return findBackgroundProcesses(markSession(this.#keeper, this.#files), {
        key,
        channel: channel === undefined ? undefined : path.join(this.#files.session, channel),
      });
    };
    return {
      look: async () => {
        // A program that went into the background by itself lives on.
        const isRunning = find().length > 0;
        // Afterwards, since a script's end is on record before it is gone.
        this.#keeper.readRecords();
        return { isRunning, exitCode: this.history.backgroundEndOf(key) };
      },
      readOutput: (stream, limitBytes) => this.#output.read(key, files, stream, limitBytes),
      end: async (graceMs) => {
        const left = await endProcesses(find, graceMs);
        if (left.length > 0) throw leftBehind(left);
      },
    };
  }

  async takeBack(scripts: readonly Pick<ScriptRequest, "key" | "interpreter">[]): Promise<void> {
    await this.#waitForSnapshot();
    for (const { key, interpreter } of scripts.toReversed()) {
      const { script } = nameStepFiles(this.#files, key, interpreter);
      // One that never came to its shell has no file, and has left nothing.
      if (existsSync(script)) await this.#endings.end(key, closingGraceMs, findWrittenS(script));
      this.#keeper.recordForgotten(key);
    }
  }

  async #ensureShell(): Promise<void> {
    this.#keeper.readRecords();
    if (this.#keeper.isGone) throw this.#keeper.describeLoss(endedFromOutside);
    if (this.history.isShellAlive) return;
    if (this.history.pendingKey !== undefined) {
      throw this.#keeper.describeLoss(
        `What step ${this.history.pendingKey} did to the shell is lost: something ended the shell after it.`,
      );
    }
    await this.#keeper.startShell(this.snapshot);
  }

  async #runInShell(request: ScriptRequest, signal: AbortSignal): Promise<ScriptResult> {
    const files = writeStepFiles(this.#files, request);
    const channel = await this.#output.takeFree();
    const line = renderStepLine({
      key: request.key,
      ending: files.ending,
      channel: channel.name,
      interpreter: request.interpreter,
      isBackground: request.isBackground === true,
      mergesStreams: request.mergesStreams === true,
      terminal: request.terminal,
      accepted: formatAccepted(request.keepsStateOn),
      before: hasBefore(request) ? files.before : undefined,
    });
    return this.#output.collect(request, { channel, isContinued: false }, (any) =>
      this.#carryOut(request, line, [signal, any]),
    );
  }

  /** Goes on with a script that has begun: waits for its end, or takes it from the record. */
  async #followScript(request: ScriptRequest, signal: AbortSignal): Promise<ScriptResult> {
    const channel = this.#output.takeThatOf(request.key);
    return this.#output.collect(request, { channel, isContinued: true }, async (any) => {
      const { script } = nameStepFiles(this.#files, request.key, request.interpreter);
      // The script is written right before the step begins.
      const startedS = findWrittenS(script);
      const cut = this.history.cutOf(request.key);
      if (cut !== undefined) {
        await this.#endings.cutOff(request, startedS, cut);
        return { ended: cut };
      }
      const known = this.history.endOf(request.key);
      if (known !== undefined) {
        return known.isUnstarted
          ? { ended: "not-started" }
          : { ended: "exited", exitCode: known.status };
      }
      const heard = await this.#endings.waitFor(request, undefined, [signal, any]);
      if (heard === "wedged" || heard === "deaf" || heard === "no-shell") {
        await this.#endings.end(request.key, 0, startedS);
        return { ended: "lost" };
      }
      if (isCut(heard)) await this.#endings.cutOff(request, startedS, heard.ended);
      return heard;
    });
  }

  /** Hands the line to the shell and waits for the step's end, or brings it about. */
  async #carryOut(
    request: ScriptRequest,
    line: string,
    signals: readonly AbortSignal[],
  ): Promise<Ending> {
    if (signals.some(({ aborted }) => aborted)) return { ended: "cancelled" };
    const startedS = this.#scripts.going?.startedAfterBootS ?? uptime();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const heard = await this.#endings.waitFor(request, line, signals);
      if (heard === "wedged" || heard === "deaf") {
        await this.#endings.end(request.key, 0, startedS);
        // It may have begun at the very last moment.
        if (this.history.begunKey === request.key) return { ended: "lost" };
      } else if (heard !== "no-shell") {
        if (isCut(heard)) await this.#endings.cutOff(request, startedS, heard.ended);
        return heard;
      }
      // The shell never took the line: nothing of the step has run.
      await this.#ensureShell();
    }
    throw this.#keeper.describeLoss(endedFromOutside);
  }

  async close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    try {
      await this.#scripts.close();
      await this.#waitForSnapshot();
      if (this.#keeper.pid === undefined) return;
      const marks = markSession(this.#keeper, this.#files);
      const left = await endProcesses(() => findSessionProcesses(marks), closingGraceMs);
      if (left.length > 0) throw leftBehind(left);
    } finally {
      await this.#keeper.end();
      this.#output.close();
    }
  }

  /** Lets the shell finish the snapshot after the last step, from which a later run may start. */
  async #waitForSnapshot(): Promise<void> {
    const deadline = performance.now() + closingGraceMs;
    this.#keeper.readRecords();
    while (
      this.history.pendingKey !== undefined &&
      this.history.isShellAlive &&
      performance.now() < deadline
    ) {
      await sleep(1);
      this.#keeper.readRecords();
    }
  }
}

import { existsSync } from "node:fs";
import type { ScriptRequest, ScriptResult } from "../run/ports.ts";
import { SessionError } from "../run/session-error.ts";
import { openChannelPool } from "./channel-pool.ts";
import type { ChannelPool } from "./channel-pool.ts";
import { deliverKeptOutput } from "./deliver-kept-output.ts";
import type { OutputChannel } from "./output-channel.ts";
import { readFileChunks } from "./read-file-chunks.ts";
import { readFileStart } from "./read-file-start.ts";
import { nameStepFiles } from "./session-files.ts";
import type { SessionFiles, StepFiles } from "./session-files.ts";
import type { SessionHistory } from "./session-history.ts";
import { createOutputFilter } from "./session-secrets.ts";
import type { SessionSecrets } from "./session-secrets.ts";

/** How a script ended, before its output is settled. */
export type Ending = Pick<ScriptResult, "ended" | "exitCode">;

/** A step was ended since its output could not be kept; `cause` says why. No I/O. */
export function describeUnkept(cause: unknown, { stdout }: StepFiles): SessionError {
  const why = cause instanceof Error ? ` (${cause.message})` : "";
  return new SessionError(`The step's output could not be kept${why}, so the step was ended.`, {
    hint: `Make room for ${stdout}, and look at what the step did.`,
    cause,
  });
}

/** What the steps of a session print: through which channel each does, and into which files. */
export class SessionOutput {
  readonly #files: SessionFiles;
  readonly #history: SessionHistory;
  #channels: ChannelPool | undefined;
  /** By step, the channel that something which it left running holds. */
  readonly #held = new Map<string, OutputChannel>();

  constructor(files: SessionFiles, history: SessionHistory) {
    this.#files = files;
    this.#history = history;
  }

  /** Opens the channels of a session that has just been started; no secret comes through them. */
  open(secrets: SessionSecrets): void {
    this.#channels = openChannelPool(this.#files.session, createOutputFilter(secrets));
  }

  /**
   * Opens the channels of a session that is taken over. What comes through one belongs to the step that
   * was given it last; those that no process holds any more are free, but for that of `key`.
   */
  takeOver(secrets: SessionSecrets, key: string | undefined): void {
    const pool = openChannelPool(this.#files.session, createOutputFilter(secrets));
    this.#channels = pool;
    for (const channel of pool.takeAll()) {
      const user = this.#history.userOf(channel.name);
      if (user !== undefined) {
        const files = nameStepFiles(this.#files, user, "bash");
        const target = { stdoutPath: files.stdout, stderrPath: files.stderr };
        // At once: what comes through a channel that nobody has is dropped.
        channel.attach({ ...target, onOutput: () => {}, onFailure: () => {} }, true);
        if (user !== key && channel.settle().isHeld) {
          this.#held.set(user, channel);
          continue;
        }
      }
      pool.giveBack(channel);
    }
  }

  /** A channel for a step that is about to begin. */
  async takeFree(): Promise<OutputChannel> {
    if (this.#channels === undefined) throw new Error("the session is not open");
    return this.#channels.takeAny();
  }

  /** The channel that a step was given by another runner. */
  takeThatOf(key: string): OutputChannel | undefined {
    const name = this.#history.channelOf(key);
    return name === undefined ? undefined : this.#channels?.take(name);
  }

  /**
   * Has a script's output kept while `end` brings its ending, and settles it. With `isContinued` it goes
   * on with what is there already. Throws `SessionError` where it cannot be kept.
   */
  async collect(
    request: ScriptRequest,
    { channel, isContinued }: { channel: OutputChannel | undefined; isContinued: boolean },
    end: (outputFailed: AbortSignal) => Promise<Ending>,
  ): Promise<ScriptResult> {
    const files = nameStepFiles(this.#files, request.key, request.interpreter);
    const outputFailed = new AbortController();
    channel?.attach(
      {
        stdoutPath: files.stdout,
        stderrPath: files.stderr,
        onOutput: request.onOutput,
        onFailure: (cause) => outputFailed.abort(cause),
      },
      isContinued,
    );
    if (isContinued) deliverKeptOutput(files, request.onOutput);
    const startedMs = performance.now();
    const ending = await end(outputFailed.signal);
    const durationMs = performance.now() - startedMs;
    if (channel === undefined) throw new Error(`no channel has the output of ${request.key}`);
    const { isHeld, ...counts } = channel.settle();
    if (isHeld) this.#held.set(request.key, channel);
    else this.#channels?.giveBack(channel);
    if (outputFailed.signal.aborted) {
      throw describeUnkept(outputFailed.signal.reason, files);
    }
    return {
      ...ending,
      ...counts,
      durationMs,
      readOutput: (stream, limitBytes) =>
        stream === "stdout"
          ? readFileStart(files.stdout, Math.min(limitBytes, counts.stdoutBytes))
          : readFileStart(files.stderr, Math.min(limitBytes, counts.stderrBytes)),
      openOutput: (stream) => readFileChunks(files[stream], counts[`${stream}Bytes`]),
    };
  }

  /** The start of what a step has printed, that of what it left running included. */
  async read(
    key: string,
    { stdout, stderr }: StepFiles,
    stream: "stdout" | "stderr",
    limitBytes: number,
  ): Promise<Uint8Array> {
    this.#held.get(key)?.drain();
    const file = stream === "stdout" ? stdout : stderr;
    // It is made with the first byte.
    return existsSync(file) ? readFileStart(file, limitBytes) : new Uint8Array();
  }

  close(): void {
    this.#channels?.close();
  }
}

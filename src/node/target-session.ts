import { mkdirSync } from "node:fs";
import type { Secret } from "../run/list-secrets.ts";
import type { BackgroundScript, ScriptRequest, ScriptResult, Session } from "../run/ports.ts";
import {
  askSystem,
  explainAnswer,
  knowsSecrets,
  requireProcesses,
  requireTools,
  targetHint,
} from "./ask-target.ts";
import type { TargetSystem, TargetTools } from "./ask-target.ts";
import { awaitTargetScript, idleQuestionMs } from "./await-target-script.ts";
import type { ScriptEnding, ScriptSilence } from "./await-target-script.ts";
import { SessionError } from "../run/session-error.ts";
import { deliverKeptOutput } from "./deliver-kept-output.ts";
import { readFileChunks } from "./read-file-chunks.ts";
import { readFileStart } from "./read-file-start.ts";
import { nameSessionFiles, nameStepFiles } from "./session-files.ts";
import type { SessionFiles } from "./session-files.ts";
import { SessionHistory } from "./session-history.ts";
import { SessionScripts } from "./session-scripts.ts";
import { createOutputFilter, describeMissing } from "./session-secrets.ts";
import { describeUnkept } from "./session-output.ts";
import { renderSecretForms } from "./shell-secret-code.ts";
import { StepOutput } from "./step-output.ts";
import { removeTargetCard, writeTargetCard } from "./target-files.ts";
import type { TargetCard } from "./target-files.ts";
import type { ConnectionOptions } from "./target-connection.ts";
import { TargetLink } from "./target-link.ts";
import { commonChannel } from "./target-channels.ts";
import { atTargetTerminal } from "./target-terminal.ts";
import { TargetShell } from "./target-shell.ts";
import { TargetServers } from "./target-servers.ts";
import type { OutputFilter } from "./output-sink.ts";
import {
  renderIdleQuestion,
  renderOpening,
  renderRemoval,
  renderScriptRequest,
} from "./target-shell-code.ts";

/** How a session on a target is opened. */
export interface TargetSessionOptions extends Omit<ConnectionOptions, "token"> {
  /** The run's folder on this machine, absolute. */
  readonly runDirectory: string;
  /** Variables that its shells have beside those of the target: the run's inputs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Those of them that are secret. */
  readonly secrets: readonly Secret[];
  /** Programs that must be there, where it has this operating system. */
  readonly toolsOn: (system: string) => TargetTools;
  /** The steps there that go on beside others. */
  readonly servers: readonly string[];
  /** Connects the person's terminal to a bash there that runs a file; absent: its program gives no terminal. */
  readonly nameTerminalCommand?: ((file: string) => readonly [string, ...string[]]) | undefined;
  /** True where it is joined to be ended: what its servers print is not kept. */
  readonly dropsOutput?: true | undefined;
  /** Aborted to give up while it is opened or joined. */
  readonly cancelled?: AbortSignal | undefined;
}

/**
 * A session whose shell is on another machine or in a container.
 *
 * It is the session of this machine (`shell-control-code.ts`) at the other end of a connection: it lives
 * on when the connection breaks, and another runner can take it over. A step has ended only when its end
 * record has come, whatever became of the connection.
 */
export class TargetSession implements Session {
  readonly history = new SessionHistory();
  readonly #options: TargetSessionOptions;
  readonly #card: TargetCard;
  /** On the target. */
  readonly #files: SessionFiles;
  /** On this machine: of them, the steps' output alone is there. */
  readonly #keptFiles: SessionFiles;
  readonly #link: TargetLink;
  readonly #scripts = new SessionScripts();
  #hasAllSecrets = true;
  #isWithholdingTold = false;
  #system: TargetSystem | undefined;
  readonly #shell: TargetShell;
  readonly #servers: TargetServers;
  #output: StepOutput | undefined;
  /** What came before there was a step whose it could be. */
  #early: (readonly ["stdout" | "stderr", Uint8Array])[] = [];
  #closing: Promise<void> | undefined;
  /** True once the session there is ours; before that there is nothing to end. */
  #isAttached = false;
  #isEnding = false;

  /** `card` names the session's folder on the target, be it there already or not. */
  constructor(options: TargetSessionOptions, card: TargetCard) {
    this.#options = options;
    this.#card = card;
    this.#files = nameSessionFiles(card.folder, 1);
    this.#keptFiles = nameSessionFiles(options.runDirectory, 1);
    mkdirSync(this.#keptFiles.steps, { recursive: true, mode: 0o700 });
    this.#link = new TargetLink({
      ...options,
      token: card.token,
      files: this.#files,
      history: this.history,
      serverCount: card.serverCount,
      onLog: (log) => this.#servers.hear(log),
      onBytes: (stream, bytes) => {
        if (this.#isEnding) return;
        if (this.#output !== undefined) this.#output.push(stream, bytes);
        // What was waiting there when the session was joined is of the step that is about to be adopted.
        else this.#early.push([stream, Buffer.from(bytes)]);
      },
    });
    this.#shell = new TargetShell({
      ...options,
      link: this.#link,
      history: this.history,
      token: card.token,
      files: this.#files,
    });
    this.#servers = new TargetServers({
      link: this.#link,
      history: this.history,
      token: card.token,
      files: this.#files,
      keptFiles: this.#keptFiles,
      count: card.serverCount,
      connect: () => this.#reconnect(),
    });
  }

  get pid(): number {
    return this.history.shellPid;
  }

  get generation(): number {
    return this.history.generation;
  }

  get system(): string {
    if (this.#system === undefined) throw new Error("the session is not open");
    return this.#system.name;
  }

  /** Starts the session there, from the state that an earlier one has left. Throws `SessionError`. */
  async open(state: Uint8Array | undefined): Promise<void> {
    return this.#giveUpWhenCancelled(() => this.#openThere(state));
  }

  async #openThere(state: Uint8Array | undefined): Promise<void> {
    const { name, environment, secrets, runDirectory } = this.#options;
    await this.#link.connect();
    writeTargetCard(runDirectory, name, this.#card);
    if (state !== undefined) this.#shell.firstSnapshot = this.#shell.restoredFile;
    this.#link.send(
      renderOpening(this.#files, this.#card.token, {
        environment,
        secretNames: [...new Set(secrets.map((secret) => secret.name))],
        secretForms: renderSecretForms(secrets),
        serverCount: this.#card.serverCount,
        state: state && { file: this.#shell.restoredFile, text: new TextDecoder().decode(state) },
      }),
    );
    const answer = await this.#link.attach();
    if (answer !== "attached") {
      throw this.#link.describe(`could not begin a session: ${explainAnswer(answer)}`, targetHint);
    }
    this.#isAttached = true;
    await this.#shell.waitUntilReady();
    this.#system = await askSystem(this.#link, this.#card.token);
    requireProcesses(this.#link, this.#system, this.#options.servers);
    const tools = this.#options.toolsOn(this.#system.name);
    await requireTools(this.#link, this.#card.token, { name, tools });
    this.#servers.keep(this.#createFilter());
  }

  /**
   * Joins the session again after its runner or its connection has died; false where it is no more.
   * Throws `SessionError` where the target cannot be reached.
   */
  async reattach(hasState: boolean): Promise<boolean> {
    return this.#giveUpWhenCancelled(() => this.#join(hasState));
  }

  /** A person who waits in vain for a host must be able to leave. */
  async #giveUpWhenCancelled<Result>(work: () => Promise<Result>): Promise<Result> {
    const { name, cancelled } = this.#options;
    if (cancelled?.aborted === true) {
      throw new SessionError(`The target ${name} was not connected: the run was interrupted.`, {
        hint: "Run it again.",
      });
    }
    const giveUp = (): void => this.#link.abandon();
    cancelled?.addEventListener("abort", giveUp, { once: true });
    try {
      return await work();
    } finally {
      cancelled?.removeEventListener("abort", giveUp);
    }
  }

  async #join(hasState: boolean): Promise<boolean> {
    if (hasState) this.#shell.firstSnapshot = this.#shell.restoredFile;
    await this.#link.connect();
    const answer = await this.#link.attach();
    if (answer === "attached") {
      // What was made of another value cannot be told from other text: nothing of it may be kept.
      const { secrets } = this.#options;
      const current = [...new Map(secrets.map((secret) => [secret.name, secret])).values()];
      this.#hasAllSecrets = await knowsSecrets(this.#link, this.#card.token, current);
      this.#system = await askSystem(this.#link, this.#card.token);
      this.#isAttached = true;
      if (this.#options.dropsOutput !== true) this.#servers.keep(this.#createFilter());
      return true;
    }
    await this.#link.close();
    if (answer === "gone" || answer === "dead") return false;
    throw this.#link.describe(`could not be joined again: ${explainAnswer(answer)}`, targetHint);
  }

  /** True where the shell has carried out all that it was handed for a step; false where that is not known. */
  readonly isIdle = async (key: string): Promise<boolean> => {
    // It answers only then; a busy shell is not waited for.
    const answer = await this.#link.ask(
      renderIdleQuestion(this.#card.token, key),
      (record) => (record.type === "idle" && record.key === key ? record : undefined),
      idleQuestionMs,
    );
    return typeof answer !== "string";
  };

  async runScript(request: ScriptRequest): Promise<ScriptResult> {
    this.#scripts.admit(request);
    return this.#scripts.run(request, async (signal) => {
      await this.#ensureShell();
      const channel =
        request.isBackground === true ? await this.#servers.takeChannel() : commonChannel;
      return this.#collect(request, signal, false, (any) =>
        request.terminal === undefined
          ? this.#carryOut(request, channel, any)
          : this.#carryOutAtTerminal(request, request.terminal, any),
      );
    });
  }

  /** Has the script connected to the person's terminal, as long as it runs. */
  async #carryOutAtTerminal(
    request: ScriptRequest,
    device: string,
    signal: AbortSignal,
  ): Promise<ScriptEnding> {
    const { nameTerminalCommand, directory, programEnvironment, name } = this.#options;
    if (nameTerminalCommand === undefined) throw new Error(`${name} gives no terminal`);
    const ending = await atTargetTerminal(
      {
        link: this.#link,
        token: this.#card.token,
        files: this.#files,
        nameCommand: nameTerminalCommand,
        directory,
        programEnvironment,
        device,
        signal,
        onPressed: (what) => this.#signal(what),
      },
      (terminal) => this.#carryOut({ ...request, terminal }, commonChannel, signal),
    );
    if (typeof ending !== "string") return ending;
    if (signal.aborted) return { ended: "cancelled" };
    return { ended: "not-started", reason: `The target ${name} ${ending}. Nothing of it ran.` };
  }

  /** Waits for the end of a script that another runner has handed over, or takes it from the record. */
  async adoptScript(request: ScriptRequest): Promise<ScriptResult> {
    this.#scripts.adopt(request.key);
    return this.#scripts.run(request, (signal) =>
      this.#collect(request, signal, true, async (any) => {
        const cut = this.history.cutOf(request.key);
        if (cut !== undefined) return this.#bringAbout(request, { ended: cut });
        const known = this.history.endOf(request.key);
        if (known?.isUnstarted === true) return { ended: "not-started" };
        if (known !== undefined) return { ended: "exited", exitCode: known.status };
        const heard = await this.#awaitEnd(request, undefined, any);
        return typeof heard === "string"
          ? this.#endSilent(request)
          : this.#bringAbout(request, heard);
      }),
    );
  }

  signalScript(name: "SIGINT" | "SIGWINCH"): void {
    // Of a new size the terminal there tells itself, once it has it.
    if (name === "SIGINT") this.#signal("INT");
  }

  #signal(name: string): void {
    const { going } = this.#scripts;
    if (going !== undefined) this.#shell.signal(name, going.key);
  }

  findBackground(script: Pick<ScriptRequest, "key" | "interpreter">): BackgroundScript {
    return this.#servers.find(script);
  }

  async takeBack(scripts: readonly Pick<ScriptRequest, "key">[]): Promise<void> {
    await this.#reconnect();
    await this.#shell.takeBack(scripts.map(({ key }) => key));
  }

  takeNotices(): readonly string[] {
    const { missingNames } = this.history;
    this.history.missingNames = [];
    const isWithheld = !this.#hasAllSecrets && !this.#isWithholdingTold;
    this.#isWithholdingTold ||= isWithheld;
    const { name } = this.#options;
    return [
      ...describeMissing(missingNames),
      ...(isWithheld
        ? [
            `The shell of the target ${name} has another value of a secret than this run knows: nothing of what it prints is shown or kept.`,
          ]
        : []),
    ];
  }

  async close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    try {
      await this.#scripts.close();
      // One that cannot be reached is left as it is: its step may be going on, and can be joined again.
      if (this.#link.isLost) return;
      if (!this.#isAttached) {
        this.#link.send(renderRemoval(this.#files));
        return;
      }
      await this.#shell.waitForSnapshot();
      // What comes from here on is of no step.
      this.#isEnding = true;
      const { runDirectory, name } = this.#options;
      if (await this.#shell.close()) removeTargetCard(runDirectory, name);
    } finally {
      await this.#link.close();
      this.#output?.close();
      this.#servers.close();
    }
  }

  /** Connects again where the connection was lost. Throws `SessionError`. */
  async #reconnect(): Promise<void> {
    if (this.#link.isLost && !(await this.reattach(this.#shell.firstSnapshot !== ""))) {
      throw this.#link.describe("lost its session: something there ended it", targetHint);
    }
  }

  #createFilter(): (() => OutputFilter) | undefined {
    const { secrets: known } = this.#options;
    return createOutputFilter({ known, isIncomplete: !this.#hasAllSecrets });
  }

  async #ensureShell(): Promise<void> {
    await this.#reconnect();
    await this.#shell.ensure();
  }

  /** Has a script's output kept while `end` brings its ending, and settles it. */
  async #collect(
    request: ScriptRequest,
    signal: AbortSignal,
    isContinued: boolean,
    end: (signal: AbortSignal) => Promise<ScriptEnding>,
  ): Promise<ScriptResult> {
    const files = nameStepFiles(this.#keptFiles, request.key, request.interpreter);
    if (isContinued) deliverKeptOutput(files, request.onOutput);
    const output =
      request.isBackground === true
        ? this.#servers.openOutput(request, isContinued)
        : this.#openOutput(request, isContinued);
    const startedMs = performance.now();
    const ending = await end(AbortSignal.any([signal, output.failed]));
    const durationMs = performance.now() - startedMs;
    await this.#link.settle();
    const counts = output.settle();
    if (output.failed.aborted) {
      throw describeUnkept(output.failed.reason, files);
    }
    return {
      ...ending,
      ...counts,
      durationMs,
      ...(isContinued && { isOutputPartial: true as const }),
      readOutput: (stream, limitBytes) =>
        readFileStart(files[stream], Math.min(limitBytes, counts[`${stream}Bytes`])),
      openOutput: (stream) => readFileChunks(files[stream], counts[`${stream}Bytes`]),
    };
  }

  #openOutput(request: ScriptRequest, isContinued: boolean): StepOutput {
    const files = nameStepFiles(this.#keptFiles, request.key, request.interpreter);
    const output = new StepOutput(files, request, this.#createFilter(), isContinued);
    this.#output?.close();
    this.#output = output;
    if (isContinued) for (const [stream, bytes] of this.#early) output.push(stream, bytes);
    this.#early = [];
    return output;
  }

  /** Hands the script over, with its channel, and waits for its end, or brings it about. */
  async #carryOut(
    request: ScriptRequest,
    channel: string,
    signal: AbortSignal,
  ): Promise<ScriptEnding> {
    if (signal.aborted) return { ended: "cancelled" };
    const code = renderScriptRequest(this.#files, this.#card.token, request, channel);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const heard = await this.#awaitEnd(request, code, signal);
      if (typeof heard !== "string") return this.#bringAbout(request, heard);
      // The shell never took it: nothing of the step has run.
      if (heard === "no-shell") await this.#ensureShell();
      else return this.#endSilent(request);
    }
    throw this.#link.describe(
      "lost its session: something there ended its shell again and again",
      targetHint,
    );
  }

  async #bringAbout(request: ScriptRequest, heard: ScriptEnding): Promise<ScriptEnding> {
    const { ended } = heard;
    if (ended !== "timed-out" && ended !== "cancelled") return heard;
    // First: one that answers TERM by `exit 0` must not pass for whoever goes on after this runner.
    if (!(await this.#shell.recordCut(request.key, ended))) return this.#describeLost();
    return (await this.#shell.cutOff(request.key, request.graceMs)) ? heard : this.#describeLost();
  }

  async #endSilent(request: ScriptRequest): Promise<ScriptEnding> {
    return (await this.#shell.endStep(request.key, 0)) ? { ended: "lost" } : this.#describeLost();
  }

  #describeLost(): ScriptEnding {
    const { name } = this.#options;
    return {
      ended: "lost",
      reason: `The connection to the target ${name} was lost while it ran, so how it ended is not known; it may still be running there. \`opswright resume\` connects again and finds out.`,
    };
  }

  /** Waits for a script's end; `code` hands it over, and is absent where it was before. */
  async #awaitEnd(
    { key, timeoutMs }: ScriptRequest,
    code: string | undefined,
    signal: AbortSignal,
  ): Promise<ScriptEnding | ScriptSilence> {
    return awaitTargetScript(this.#link, this.history, {
      key,
      timeoutMs,
      code,
      signal,
      idleQuestion: renderIdleQuestion(this.#card.token, key),
      place: this.#files.steps,
      lost: this.#describeLost(),
      gone: {
        ended: "lost",
        reason: `The session on the target ${this.#options.name} was ended from outside while it ran, so how it ended is not known. Look at what it did before you go on.`,
      },
    });
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import type { BackgroundScript, ScriptRequest } from "../run/ports.ts";
import { endThere, targetHint } from "./ask-target.ts";
import { FrameSplitter } from "./frame-splitter.ts";
import type { OutputFilter } from "./output-sink.ts";
import { readFileStart } from "./read-file-start.ts";
import { nameStepFiles } from "./session-files.ts";
import type { SessionFiles } from "./session-files.ts";
import type { SessionHistory } from "./session-history.ts";
import { StepOutput } from "./step-output.ts";
import { nameServerChannels, renderMark } from "./target-channels.ts";
import { answerLimitMs } from "./target-link.ts";
import type { TargetLink } from "./target-link.ts";
import { explainProbe, renderProbe } from "./target-probe-code.ts";
import { renderServerQuestion, renderStepEnding } from "./target-process-code.ts";
import type { TargetRecord } from "./target-record.ts";

/** What the servers of a target share with its session. */
export interface TargetServersOptions {
  readonly link: TargetLink;
  readonly history: SessionHistory;
  readonly token: string;
  /** On the target. */
  readonly files: SessionFiles;
  /** On this machine. */
  readonly keptFiles: SessionFiles;
  /** How many there can be at a time. */
  readonly count: number;
  /** Connects again where the connection was lost. Throws `SessionError`. */
  readonly connect: () => Promise<void>;
}

/** A stream of bytes as a server prints it, with our marks between them. */
interface ServerOutput {
  readonly output: StepOutput;
  readonly splitters: Readonly<Record<"stdout" | "stderr", FrameSplitter>>;
}

type Log = TargetRecord & { readonly type: "log" };
type ServerScript = Pick<ScriptRequest, "key" | "interpreter">;

/**
 * The servers of a session on a target: what they print is kept on this machine as it comes, and they are
 * looked at and ended where they run.
 */
export class TargetServers {
  readonly #options: TargetServersOptions;
  readonly #outputs = new Map<string, ServerOutput>();
  /** What came before it was known which secrets may be in it. */
  #early: Log[] | undefined = [];
  #openFilter: (() => OutputFilter) | undefined;
  #count = 0;
  /** What came of the marks that were sent: how many of their two streams have told. */
  readonly #marks = new Map<string, number>();

  constructor(options: TargetServersOptions) {
    this.#options = options;
  }

  /** Takes a piece of what a server has printed. */
  hear(log: Log): void {
    if (this.#early !== undefined) this.#early.push({ ...log, bytes: Buffer.from(log.bytes) });
    else this.#take(log);
  }

  /** Keeps what servers print from here on, and what came before, with no secret in it. */
  keep(openFilter: (() => OutputFilter) | undefined): void {
    this.#openFilter = openFilter;
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const log of early) this.#take(log);
  }

  /** A channel for a server that is about to begin. Throws `SessionError`. */
  async takeChannel(): Promise<string> {
    const { history, link, count } = this.#options;
    for (const channel of nameServerChannels(count)) {
      const key = history.userOf(channel);
      if (key === undefined) return channel;
      if ((await this.#countProcesses(key)) > 0) continue;
      // Its last words are its own.
      await this.#settle(key);
      return channel;
    }
    throw link.describe("has no room for one more server", "End one of those that run there.");
  }

  /** What keeps a server's output; `isContinued` says that another runner has begun with it. */
  openOutput(request: ScriptRequest, isContinued: boolean): StepOutput {
    const known = this.#outputs.get(request.key);
    if (known !== undefined) return known.output;
    return this.#openOutput(request.key, request.onOutput, isContinued).output;
  }

  find({ key, interpreter }: ServerScript): BackgroundScript {
    const { link, history, token, files, keptFiles } = this.#options;
    const kept = nameStepFiles(keptFiles, key, interpreter);
    return {
      isReachable: () => !link.isLost,
      look: async (connects = true) => {
        const count = await this.#countProcesses(key, connects);
        return { isRunning: count > 0, exitCode: history.backgroundEndOf(key) };
      },
      checkReady: async (probe, directory) => {
        if (probe.kind === "http" && !URL.canParse(probe.url)) return `${probe.url} is no address`;
        if (probe.kind === "port" && !isPort(probe.port)) return `${probe.port} is no port`;
        this.#count += 1;
        const id = this.#count;
        const answer = await link.ask(
          renderProbe(files, token, { id, probe, directory }),
          (record) => (record.type === "probe" && record.id === String(id) ? record : undefined),
        );
        if (answer === "late" || answer === "lost") return "the target does not answer";
        return explainProbe(answer.text, probe);
      },
      readOutput: async (stream, limitBytes) => {
        await this.#settle(key);
        return readFileStart(kept[stream], limitBytes).catch(() => new Uint8Array());
      },
      end: async (graceMs) => {
        await this.#options.connect();
        const channel = history.channelOf(key);
        const isOver = await endThere(
          link,
          (id) => renderStepEnding(id, { key, channel, graceMs }),
          graceMs,
        );
        if (!isOver) throw this.#describeLost();
        await this.#settle(key);
      },
    };
  }

  /** Keeps what was held back, and closes the files. */
  close(): void {
    for (const { output } of this.#outputs.values()) {
      output.settle();
      output.close();
    }
    this.#outputs.clear();
    this.#early = undefined;
  }

  async #countProcesses(key: string, connects = true): Promise<number> {
    const { connect } = this.#options;
    if (connects) await connect();
    const count = await this.#askCount(key);
    if (count !== undefined) return count;
    if (!connects) throw this.#describeLost();
    // It was lost right now.
    await connect();
    const again = await this.#askCount(key);
    if (again === undefined) throw this.#describeLost();
    return again;
  }

  async #askCount(key: string): Promise<number | undefined> {
    const { link, history } = this.#options;
    this.#count += 1;
    const id = String(this.#count);
    const channel = history.channelOf(key);
    const answer = await link.ask(renderServerQuestion(id, key, channel), (record) =>
      record.type === "running" && record.id === id ? record.count : undefined,
    );
    if (answer === "late") link.abandon();
    return typeof answer === "string" ? undefined : answer;
  }

  /** Waits until all that a server has printed by now has come. */
  async #settle(key: string): Promise<void> {
    const { link, history, token, files } = this.#options;
    const channel = history.channelOf(key);
    if (channel === undefined || link.isLost) return;
    this.#count += 1;
    const id = this.#count;
    this.#marks.set(String(id), 0);
    link.send(renderMark(files, token, channel, id));
    const deadline = performance.now() + answerLimitMs;
    while ((this.#marks.get(String(id)) ?? 2) < 2 && !link.isLost && performance.now() < deadline) {
      await sleep(2);
    }
    this.#marks.delete(String(id));
  }

  #take({ channel, stream, bytes }: Log): void {
    const key = this.#options.history.userOf(channel);
    if (key === undefined) return;
    const { output, splitters } = this.#outputs.get(key) ?? this.#openOutput(key, () => {}, true);
    for (const part of splitters[stream].push(bytes)) {
      if (part.kind === "bytes") output.push(stream, part.bytes);
      else {
        const id = part.text.replace(/^mark /u, "");
        const heard = this.#marks.get(id);
        if (heard !== undefined) this.#marks.set(id, heard + 1);
      }
    }
  }

  #openOutput(
    key: string,
    onOutput: ScriptRequest["onOutput"],
    isContinued: boolean,
  ): ServerOutput {
    const { keptFiles, token } = this.#options;
    const files = nameStepFiles(keptFiles, key, "bash");
    const opened: ServerOutput = {
      output: new StepOutput(files, { onOutput }, this.#openFilter, isContinued),
      splitters: { stdout: new FrameSplitter(token), stderr: new FrameSplitter(token) },
    };
    this.#outputs.set(key, opened);
    return opened;
  }

  #describeLost(): Error {
    return this.#options.link.describe(
      "lost its connection while a server there was looked after",
      targetHint,
    );
  }
}

function isPort(text: string): boolean {
  return /^\d+$/u.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { SessionError } from "../run/session-error.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";
import type { SessionHistory } from "./session-history.ts";
import { TargetConnection } from "./target-connection.ts";
import type { ConnectionOptions } from "./target-connection.ts";
import { parseTargetRecord } from "./target-record.ts";
import type { TargetRecord } from "./target-record.ts";
import { renderAttaching, renderHello } from "./target-shell-code.ts";

/** How long a target may take to answer first; a person may be typing a passphrase meanwhile. */
const helloLimitMs = 120_000;
/** How long one that was there a moment ago may take. */
export const answerLimitMs = 30_000;

/** What comes over a link, for whoever waits; `lost` once nothing more will. */
export type LinkRecord = TargetRecord | { readonly type: "lost" };

/** To whom a link connects, and as what. */
export interface LinkOptions extends ConnectionOptions {
  /** The session's files on the target. */
  readonly files: SessionFiles;
  readonly history: SessionHistory;
  /** How many servers the session can have at a time. */
  readonly serverCount: number;
  readonly onLog: (log: TargetRecord & { readonly type: "log" }) => void;
  readonly onBytes: (stream: "stdout" | "stderr", bytes: Uint8Array) => void;
}

/**
 * The runner's end of a session on a target: sends shell code, hears records, and connects anew where the
 * connection broke.
 *
 * Each record is heard once, however often it is told: a new connection begins by telling all.
 */
export class TargetLink {
  readonly #options: LinkOptions;
  readonly #listeners = new Set<(record: LinkRecord) => void>();
  readonly #heard = { stdout: new Set<string>(), stderr: new Set<string>() };
  #connection: TargetConnection | undefined;
  /** Bytes of a snapshot that is being told. */
  #state: Uint8Array[] | undefined;
  /** What was heard last on standard output of that which comes on both streams. */
  #lastRecord: string | undefined;
  #connectionCount = 0;

  /** Connects to nothing yet. */
  constructor(options: LinkOptions) {
    this.#options = options;
  }

  get isLost(): boolean {
    return this.#connection?.isLost !== false;
  }

  /** Connects to a bash that is new enough. Throws `SessionError`. */
  async connect(): Promise<void> {
    const { command, token } = this.#options;
    const lost = (): void => this.#tell({ type: "lost" });
    this.#connection = new TargetConnection(this.#options, {
      onBytes: (stream, bytes) => this.#takeBytes(stream, bytes),
      onFrame: (stream, text) => this.#takeFrame(stream, text),
      onLost: lost,
    });
    const hello = await this.#ask(
      renderHello(token),
      (record) => (record.type === "hello" ? record : undefined),
      helloLimitMs,
    );
    if (hello === "lost" || hello === "late") {
      const what =
        hello === "lost" ? "cannot be reached" : `did not answer within ${helloLimitMs / 1000} s`;
      await this.close();
      throw this.describe(what, `Try it by hand: ${nameTrial(command)}`);
    }
    const problem = judgeShell(hello);
    if (problem === undefined) return;
    await this.close();
    throw this.describe(
      problem,
      "Steps need a bash of 4.4 or newer there, first on its PATH, that is not interactive.",
    );
  }

  /** Joins the session there; tells why it cannot: `gone`, `dead`, `keeper`, `folder`, `files`. */
  async attach(): Promise<"attached" | "lost" | "late" | (string & {})> {
    const { files, token, serverCount } = this.#options;
    this.#connectionCount += 1;
    const id = this.#connectionCount;
    return this.#ask(
      renderAttaching(files, token, id, serverCount),
      (record) => {
        if (record.type === "failed") return record.what;
        return record.type === "attached" && record.id === String(id) ? record.type : undefined;
      },
      answerLimitMs,
    );
  }

  /** Sends shell code, which is carried out as a whole or not at all. */
  send(code: string): void {
    this.#connection?.send(code);
  }

  /** Hears every record from now on, after the history has, until the function that it gives back is called. */
  listen(listener: (record: LinkRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends code and waits for what answers it. */
  async ask<Answer>(
    code: string,
    find: (record: TargetRecord) => Answer | undefined,
    limitMs: number = answerLimitMs,
  ): Promise<Answer | "lost" | "late"> {
    return this.#ask(code, find, limitMs);
  }

  /** Hears the texts of snapshots there, by their steps, as far as they come within `limitMs`. */
  async readStates(code: string, limitMs: number): Promise<ReadonlyMap<string, Uint8Array>> {
    const states = new Map<string, Uint8Array>();
    await this.#ask(
      code,
      (record) => {
        const bytes = Buffer.concat(this.#state ?? []);
        if (record.type === "stated" && bytes.length > 0) states.set(record.key, bytes);
        return record.type === "states" ? record : undefined;
      },
      limitMs,
    );
    this.#state = undefined;
    return states;
  }

  /** Waits until standard error has come as far as standard output has. */
  async settle(): Promise<void> {
    const last = this.#lastRecord;
    if (last === undefined) return;
    const deadline = performance.now() + answerLimitMs;
    while (!this.#heard.stderr.has(last) && !this.isLost && performance.now() < deadline) {
      await sleep(1);
    }
  }

  /** Gives the connection up; what it was to carry may hang. */
  abandon(): void {
    this.#connection?.abandon();
  }

  async close(): Promise<void> {
    await this.#connection?.close();
  }

  /** What is wrong with the target: see `TargetConnection.describe`. */
  describe(what: string, hint: string): SessionError {
    if (this.#connection === undefined) throw new Error("nothing was connected");
    return this.#connection.describe(what, hint);
  }

  async #ask<Answer>(
    code: string,
    find: (record: TargetRecord) => Answer | undefined,
    limitMs: number,
  ): Promise<Answer | "lost" | "late"> {
    const answered = Promise.withResolvers<Answer | "lost" | "late">();
    const stop = this.listen((record) => {
      if (record.type === "lost") return answered.resolve("lost");
      const answer = find(record);
      if (answer !== undefined) answered.resolve(answer);
    });
    const limit = setTimeout(() => answered.resolve("late"), limitMs);
    try {
      if (this.isLost) return "lost";
      this.send(code);
      return await answered.promise;
    } finally {
      clearTimeout(limit);
      stop();
    }
  }

  #takeBytes(stream: "stdout" | "stderr", bytes: Uint8Array): void {
    if (this.#state !== undefined && stream === "stdout") this.#state.push(Buffer.from(bytes));
    else this.#options.onBytes(stream, bytes);
  }

  #takeFrame(stream: "stdout" | "stderr", text: string): void {
    const record = parseTargetRecord(text, this.#options.token);
    if (record === undefined) return;
    if (record.type === "log") return this.#options.onLog(record);
    const isAnswer = answers.has(record.type);
    if (!isAnswer && this.#heard[stream].has(text)) return;
    this.#heard[stream].add(text);
    if (stream === "stderr") return;
    if (record.type === "state") this.#state = [];
    if (!isAnswer || record.type === "attached") this.#lastRecord = text;
    if (!isAnswer) {
      this.#options.history.hear(record as Parameters<SessionHistory["hear"]>[0]);
    }
    this.#tell(record);
  }

  #tell(record: LinkRecord): void {
    for (const listener of this.#listeners) listener(record);
  }
}

/** What answers a question may come again, and is told on standard output alone. */
const answers: ReadonlySet<string> = new Set([
  "hello",
  "attached",
  "failed",
  "idle",
  "unwritten",
  "over",
  "lacking",
  "system",
  "running",
  "probe",
  "secrets",
  "state",
  "stated",
  "states",
  "placed",
  "terminal",
  "pressed",
]);

/** What somebody would type to see for themselves. */
function nameTrial([program, ...words]: LinkOptions["command"]): string {
  const at = words.indexOf("--");
  const trial =
    program === "ssh" && at !== -1 ? [program, words[at + 1] ?? ""] : [program, ...words];
  // It is there to be pasted, and a value of an input may be in it.
  return trial
    .map((word) => (/^[\w@%+=:,./-]+$/u.test(word) ? word : quoteShellWord(word)))
    .join(" ");
}

function judgeShell({
  version,
  options,
}: TargetRecord & { readonly type: "hello" }): string | undefined {
  if (version === "none") return "reads commands with something that is no bash";
  const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)/u.exec(version) ?? [];
  const isNewEnough = Number(major) > 4 || (Number(major) === 4 && Number(minor) >= 4);
  if (options.includes("i")) return "reads commands with an interactive bash";
  return isNewEnough ? undefined : `has bash ${version}, which is too old`;
}

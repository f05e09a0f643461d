import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { SessionError } from "../run/session-error.ts";
import { FrameSplitter } from "./frame-splitter.ts";

/** Who is told of what comes from a target. */
export interface ConnectionListener {
  readonly onBytes: (stream: "stdout" | "stderr", bytes: Uint8Array) => void;
  /** A record without its mark: `done push 0`. */
  readonly onFrame: (stream: "stdout" | "stderr", text: string) => void;
  /** The connection is gone: nothing more will come. Called once. */
  readonly onLost: () => void;
}

/** What is connected to, and by what. */
export interface ConnectionOptions {
  /** The target's name, for messages. */
  readonly name: string;
  /** The program that connects to a bash there, with its arguments. */
  readonly command: readonly [string, ...string[]];
  /** Where that program starts, absolute, and its whole environment. */
  readonly directory: string;
  readonly programEnvironment: Readonly<Record<string, string | undefined>>;
  /** Marks the frames. */
  readonly token: string;
}

/** How much of what a connection itself says is told where it fails. */
const mostComplaintBytes = 4096;
/** Between closing a connection's input and ending its program. */
const closingGraceMs = 2000;

/**
 * A program that connects this machine to a bash elsewhere: `ssh -T web1 …`, `docker exec -i app bash`.
 *
 * The bash reads commands from its standard input. Nothing is concluded from the program's own exit
 * code: that a connection ended says nothing about a step.
 */
export class TargetConnection {
  readonly #name: string;
  readonly #program: string;
  readonly #process: ChildProcess;
  readonly #listener: ConnectionListener;
  readonly #end = Promise.withResolvers<void>();
  #complaints = "";
  #exitCode: number | undefined;
  readonly #answered = new Set<"stdout" | "stderr">();
  #isLost = false;
  #spawnFailure: unknown;

  /** Starts the program. */
  constructor(
    { name, command, directory, programEnvironment, token }: ConnectionOptions,
    listener: ConnectionListener,
  ) {
    this.#name = name;
    this.#program = command[0];
    this.#listener = listener;
    // Ctrl-C at the terminal is the run's, and must not end what carries it.
    this.#process = spawn("sh", ["-c", `trap '' INT QUIT TSTP; exec "$@"`, "sh", ...command], {
      cwd: directory,
      env: programEnvironment,
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#read("stdout", token);
    this.#read("stderr", token);
    // What is written to a connection that is gone is lost; its end is told by `close`.
    this.#process.stdin?.on("error", () => {});
    this.#process.once("error", (cause) => {
      this.#spawnFailure = cause;
      this.#lose();
    });
    this.#process.once("close", () => this.#lose());
    this.#process.once("exit", (code) => {
      this.#exitCode = code ?? undefined;
      // What it has started may hold its streams open for as long as it likes.
      setTimeout(() => this.#lose(), closingGraceMs).unref();
    });
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** Sends shell code, which is carried out as a whole or, where the connection breaks, not at all. */
  send(code: string): void {
    // An unfinished group is not carried out.
    this.#process.stdin?.write(`{\n${code}\n}\n`);
  }

  /** Gives up what may hang: its program is ended. */
  abandon(): void {
    this.#process.kill("SIGKILL");
    this.#lose();
  }

  /** Closes the bash's input and waits for the end, which comes by force after a while; idempotent. */
  async close(): Promise<void> {
    this.#process.stdin?.end();
    const stop = new AbortController();
    const late = sleep(closingGraceMs, true, { signal: stop.signal }).catch(() => false);
    if (await Promise.race([late, this.#end.promise.then(() => false)])) this.abandon();
    stop.abort();
    await this.#end.promise;
  }

  /**
   * What is wrong with the target, as the rest of a sentence that begins with it, and what its program said
   * before there was a bash.
   */
  describe(what: string, hint: string): SessionError {
    const said = this.#complaints
      .trim()
      .split(/\s*\n\s*/u)
      .slice(-3)
      .join(" ");
    const program = this.#program;
    const ending =
      this.#exitCode === undefined ? "" : ` ${program} ended with exit code ${this.#exitCode}.`;
    const quoted =
      said === "" ? ending : ` ${program} says: ${said}${/[.!?]$/u.test(said) ? "" : "."}`;
    return new SessionError(`The target ${this.#name} ${what}.${quoted}`, {
      hint,
      cause: this.#spawnFailure,
    });
  }

  #read(stream: "stdout" | "stderr", token: string): void {
    const splitter = new FrameSplitter(token);
    const take = (bytes: Uint8Array): void => {
      // Before its first word, all that comes is the connection's: a banner, or why it fails.
      if (this.#answered.has(stream)) this.#listener.onBytes(stream, bytes);
      else this.#complain(bytes);
    };
    this.#process[stream]?.on("data", (chunk: Buffer) => {
      for (const part of splitter.push(chunk)) {
        if (part.kind === "bytes") take(part.bytes);
        else {
          this.#answered.add(stream);
          this.#listener.onFrame(stream, part.text);
        }
      }
    });
    this.#process[stream]?.on("end", () => {
      const rest = splitter.flush();
      if (rest.length > 0) take(rest);
    });
  }

  #complain(bytes: Uint8Array): void {
    const text = this.#complaints + new TextDecoder().decode(bytes);
    this.#complaints = text.slice(-mostComplaintBytes);
  }

  #lose(): void {
    this.#end.resolve();
    if (this.#isLost) return;
    this.#isLost = true;
    this.#process.stdout?.destroy();
    this.#process.stderr?.destroy();
    this.#listener.onLost();
  }
}

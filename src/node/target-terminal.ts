import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, constants, openSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";
import { commonChannel, nameFifos } from "./target-channels.ts";
import type { TargetLink } from "./target-link.ts";

/** How long it may take until there is a terminal: a person may be typing a passphrase meanwhile. */
const openLimitMs = 120_000;
/** Between letting a terminal go and ending the program that carries it. */
const closingGraceMs = 5000;

/** How a terminal on a target is opened. */
export interface TargetTerminalOptions {
  readonly link: TargetLink;
  readonly token: string;
  /** The session's files on the target. */
  readonly files: SessionFiles;
  /** The program that connects a terminal to a bash there, which runs that file of the target. */
  readonly nameCommand: (file: string) => readonly [string, ...string[]];
  readonly directory: string;
  readonly programEnvironment: Readonly<Record<string, string | undefined>>;
  /** The person's terminal: `/dev/pts/3`. */
  readonly device: string;
  readonly signal: AbortSignal;
  /** Told of what the terminal tells to whoever is in front of it, but for Ctrl-C: `WINCH`. */
  readonly onPressed: (what: string) => void;
}

/**
 * Has work done while a terminal on a target is the person's own; gives back what comes of it, or why there
 * is no terminal, as the rest of a sentence that begins with the target.
 *
 * Ctrl-C there counts as pressed here. Starts and ends processes here and there.
 */
export async function atTargetTerminal<Result extends object>(
  options: TargetTerminalOptions,
  work: (device: string) => Promise<Result>,
): Promise<Result | string> {
  const opened = await TargetTerminal.open(options);
  if (typeof opened === "string") return opened;
  const stop = options.link.listen((record) => {
    if (record.type !== "pressed") return;
    // The terminal here is raw meanwhile, so that no signal comes of it.
    if (record.what === "INT") process.emit("SIGINT", "SIGINT");
    else options.onPressed(record.what);
  });
  try {
    return await work(opened.device);
  } finally {
    stop();
    await opened.terminal.close();
  }
}

/**
 * A terminal on a target that is the person's own: a second connection carries it (`ssh -t`), and what runs
 * in the session's shell opens it by its device.
 *
 * Nothing is concluded from that connection: how a step ended, its end record tells.
 */
class TargetTerminal {
  readonly #options: TargetTerminalOptions;
  readonly #file: string;
  readonly #descriptor: number;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  #hasEnded = false;

  private constructor(options: TargetTerminalOptions) {
    const { files, nameCommand, directory, programEnvironment, device } = options;
    this.#options = options;
    this.#file = path.posix.join(files.session, `terminal-${randomBytes(8).toString("hex")}`);
    this.#descriptor = openSync(device, constants.O_RDWR | constants.O_NOCTTY);
    const command = nameCommand(`${this.#file}.bash`);
    // Where this process is killed, what carries the terminal must not keep it from the person's shell.
    const watched = `runner=$PPID; (while kill -0 "$runner" && kill -0 "$$"; do sleep 1; done; kill "$$") </dev/null >/dev/null 2>&1 & exec "$@"`;
    this.#process = spawn("sh", ["-c", watched, "sh", ...command], {
      cwd: directory,
      env: programEnvironment,
      stdio: [this.#descriptor, this.#descriptor, this.#descriptor],
    });
    this.#ended = once(this.#process, "exit").finally(() => {
      this.#hasEnded = true;
    });
  }

  /**
   * Opens one; gives back why there is none, as the rest of a sentence that begins with the target, where
   * that cannot be. Nothing is left open then.
   */
  static async open(
    options: TargetTerminalOptions,
  ): Promise<{ readonly terminal: TargetTerminal; readonly device: string } | string> {
    const terminal = new TargetTerminal(options);
    options.link.send(terminal.#renderHolder());
    const deadline = performance.now() + openLimitMs;
    let why = `gave no terminal within ${openLimitMs / 1000} s`;
    while (performance.now() < deadline && !options.signal.aborted) {
      const device = await terminal.#askDevice();
      if (device?.startsWith("/dev/") === true) return { terminal, device };
      if (device !== undefined && device !== "") {
        why = "gave no terminal: it allows none (PermitTTY in its sshd_config)";
        break;
      }
      if (terminal.#hasEnded || device === undefined) {
        const { exitCode } = terminal.#process;
        why = `gave no terminal: its connection ended${exitCode === null ? "" : ` with exit code ${exitCode}`}`;
        break;
      }
      await sleep(50);
    }
    await terminal.close();
    return why;
  }

  /** Lets the terminal go, and waits until its connection has given it back to the person. */
  async close(): Promise<void> {
    const file = quoteShellWord(this.#file);
    this.#options.link.send(`command rm -f -- ${file} ${quoteShellWord(`${this.#file}.bash`)}`);
    const over = new AbortController();
    const late = sleep(closingGraceMs, true, { signal: over.signal }).catch(() => false);
    if (this.#options.signal.aborted) this.#process.kill();
    if (await Promise.race([late, this.#ended.then(() => false)])) {
      this.#process.kill();
      await this.#ended;
    }
    over.abort();
    closeSync(this.#descriptor);
  }

  /** The device there; empty where it is not there yet, undefined where the target cannot be asked. */
  async #askDevice(): Promise<string | undefined> {
    const { link, token } = this.#options;
    const file = quoteShellWord(this.#file);
    const answer = await link.ask(
      `__ow_item=; if [[ -e ${file} ]]; then __ow_item=$(<${file}); fi
builtin printf '\\036%s terminal %s\\n' ${token} "$__ow_item" >&5`,
      (record) => (record.type === "terminal" ? record : undefined),
    );
    return typeof answer === "string" ? undefined : answer.device;
  }

  /**
   * Writes the program that has the terminal there: it reads nothing from it, tells its device, and what
   * the terminal tells to whoever is in front (Ctrl-C, a new size); it ends with its file.
   */
  #renderHolder(): string {
    const { token, files } = this.#options;
    const file = quoteShellWord(this.#file);
    const [fifo] = nameFifos(files, commonChannel);
    const holder = `umask 077
settings=$(stty -g)
tell() { printf '\\036%s pressed %s\\n' ${token} "$1" 1<>${quoteShellWord(fifo)}; }
trap 'tell INT' INT
trap 'tell WINCH' WINCH
trap '' QUIT TSTP
printf '%s\\n' "\${SSH_TTY:-$(tty)}" >${quoteShellWord(`${this.#file}.new`)} && mv -f ${quoteShellWord(`${this.#file}.new`)} ${file}
while [[ -e ${file} && -e ${quoteShellWord(files.control)} ]]; do sleep 0.1 & wait "$!"; done
stty "$settings"
`;
    return `(builtin umask 077; builtin printf '%s' ${quoteShellWord(holder)} >${quoteShellWord(`${this.#file}.bash`)})`;
  }
}

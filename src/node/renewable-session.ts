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
import { BashSession } from "./bash-session.ts";
import { countSessions } from "./session-files.ts";

/**
 * A session that can go on with other values of its secrets.
 *
 * A shell has them from its keeper's environment, which nobody can change, and from no file: so another
 * session takes its place, with the state of the last snapshot. As where a run is resumed, what the snapshot
 * refers to has the new values. Starts and ends processes.
 */
export class RenewableSession implements Session {
  #current: BashSession;
  #options: BashSessionOptions;

  constructor(session: BashSession, options: BashSessionOptions) {
    this.#current = session;
    this.#options = options;
  }

  get pid(): number {
    return this.#current.pid;
  }

  get generation(): number {
    return this.#current.generation;
  }

  runScript(request: ScriptRequest): Promise<ScriptResult> {
    return this.#current.runScript(request);
  }

  signalScript(name: "SIGINT" | "SIGWINCH"): void {
    this.#current.signalScript(name);
  }

  findBackground(script: Pick<ScriptRequest, "key" | "interpreter">): BackgroundScript {
    return this.#current.findBackground(script);
  }

  takeBack(scripts: readonly Pick<ScriptRequest, "key" | "interpreter">[]): Promise<void> {
    return this.#current.takeBack(scripts);
  }

  prepareShell(): Promise<void> {
    return this.#current.prepareShell();
  }

  openCopy(request: CopyRequest): Promise<number | undefined> {
    return this.#current.openCopy(request);
  }

  takeNotices(): readonly string[] {
    return this.#current.takeNotices();
  }

  close(): Promise<void> {
    return this.#current.close();
  }

  async renewSecrets(secrets: readonly Secret[]): Promise<void> {
    const old = this.#current;
    await old.close();
    const { pendingKey } = old.history;
    if (pendingKey !== undefined) {
      throw new SessionError(
        `What ${pendingKey} did to the shell is lost, since the shell was ended right after it.`,
        { hint: "Look at what it did before you go on." },
      );
    }
    const { runDirectory, directory } = this.#options;
    const values = Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
    const environment = { ...this.#options.environment, ...values };
    // What the old values were is kept out of its files and its output as well.
    this.#options = { ...this.#options, environment, secrets: [...old.secrets, ...secrets] };
    const session = new BashSession(this.#options, countSessions(runDirectory) + 1);
    // Closed with the run, also where it cannot be started.
    this.#current = session;
    await session.start({ bash: old.bash, directory, environment, snapshot: old.snapshot });
  }
}

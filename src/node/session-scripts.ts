import type { ScriptRequest, ScriptResult } from "../run/ports.ts";
import { secondsSinceBoot } from "./seconds-since-boot.ts";

/** Ordinary file names that need no quoting in a shell. */
const keyPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;

/** The script that a session is running. */
export interface GoingScript {
  readonly key: string;
  /** Seconds from the machine's start to the script's. */
  readonly startedAfterBootS: number;
}

/** Which scripts a session has run, and which one it runs: at most one at a time. */
export class SessionScripts {
  readonly #keys = new Set<string>();
  #isClosed = false;
  #going:
    | (GoingScript & { readonly abort: AbortController; readonly ended: Promise<void> })
    | undefined;

  get going(): GoingScript | undefined {
    return this.#going;
  }

  /**
   * Takes in a script whose key no earlier one had. Throws where the session may not run it: those are
   * mistakes of the caller.
   */
  admit({ key, variables, secretNames = [], environment }: ScriptRequest): void {
    if (this.#isClosed) throw new Error("the session is closed");
    if (this.#going !== undefined) throw new Error("the session runs one script at a time");
    if (!keyPattern.test(key)) throw new Error(`not a key for a script: ${key}`);
    if (this.#keys.has(key)) throw new Error(`the key ${key} was used before`);
    const secrets = secretNames.map((name) => [name, ""] as const);
    for (const [name, value] of [...secrets, ...Object.entries({ ...variables, ...environment })]) {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || value.includes("\0")) {
        throw new Error(`not a variable for an environment: ${name}`);
      }
    }
    this.#keys.add(key);
  }

  /** Takes in a script that another runner has begun. */
  adopt(key: string): void {
    this.#keys.add(key);
  }

  /** Does the work of a script, which the request's signal cancels, and the session's close. */
  async run(
    { key, signal }: ScriptRequest,
    work: (signal: AbortSignal) => Promise<ScriptResult>,
  ): Promise<ScriptResult> {
    const abort = new AbortController();
    const ended = Promise.withResolvers<void>();
    this.#going = { abort, ended: ended.promise, key, startedAfterBootS: secondsSinceBoot() };
    // Not by `AbortSignal.any`, which takes longer than most of what is done for a step.
    const cancel = (): void => abort.abort();
    if (signal?.aborted === true) cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await work(abort.signal);
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.#going = undefined;
      ended.resolve();
    }
  }

  /** Admits no further script, from now on, cancels the one that is going on, and waits for its end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#going?.abort.abort();
    await this.#going?.ended;
  }
}

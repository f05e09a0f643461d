import type { Session } from "../run/ports.ts";
import { SessionError } from "../run/session-error.ts";
import type { BashSessionOptions } from "./bash-session-options.ts";
import { BashSession } from "./bash-session.ts";
import { findPrograms } from "./find-program.ts";
import { RenewableSession } from "./renewable-session.ts";
import { BashTooOldError } from "./session-keeper.ts";

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
 * also ends by `exit` leaves nothing behind in the shell.
 *
 * Values of secrets are in no file and no output of the session: see `shell-secret-code.ts`.
 *
 * Throws `SessionError` where no bash can be had. Starts processes; `close` ends them.
 */
export async function openBashSession(options: BashSessionOptions): Promise<Session> {
  const { environment, directory } = options;
  const tooOld: string[] = [];
  for (const bash of findPrograms("bash", { path: environment["PATH"], directory })) {
    const session = new BashSession(options, 1);
    try {
      await session.start({ bash, directory, environment });
      return new RenewableSession(session, options);
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

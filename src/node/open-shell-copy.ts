import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import type { Secret } from "../run/list-secrets.ts";
import type { CopyRequest } from "../run/ports.ts";
import { SessionError } from "../run/session-error.ts";
import { signalProcess } from "./end-processes.ts";
import type { ProcessEntry } from "./process-table.ts";
import { quoteShellWord } from "./quote-shell-word.ts";
import type { SessionFiles } from "./session-files.ts";
import { renderBoot } from "./shell-control-code.ts";
import { renderCopyStart } from "./render-copy-start.ts";

/** Between HUP and KILL. */
const hangUpGraceMs = 1000;

/**
 * Starts the shell as a job and takes the terminal back from it, however it ends: this process could not,
 * and would be stopped at its next word. One that suspends itself is continued, since nobody else would.
 */
const guardCode = `set -m
"$BASH" --norc --noprofile -i
status=$?
while [[ -n $(jobs -s) ]]; do
  fg >/dev/null
  status=$?
done
exit "$status"`;

/** What a copy of a session's shell is made of. */
export interface ShellOriginal {
  /** The program, absolute. */
  readonly bash: string;
  readonly files: SessionFiles;
  /** The file of the state; empty: the state is what the session began with. */
  readonly snapshot: string;
  /** Where the session began, and with what. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Their values come from here, since no file has them. */
  readonly secrets: readonly Secret[];
  /** What `OPSWRIGHT_SESSION` has, so that what the shell leaves running ends with the run. */
  readonly mark: string;
  /** The processes of the session that have the key of the copy in `OPSWRIGHT_STEP`. */
  readonly findProcesses: () => readonly ProcessEntry[];
}

/**
 * Opens an interactive bash at a terminal with a copy of a session's state, and resolves when it has
 * ended, with its exit code; 128 and more where a signal ended it.
 *
 * It has the terminal's job control, reads none of the person's start files, and writes no history. Values of secrets reach it by its environment alone. Starts a process; writes
 * files below the session's folder and removes them. Throws `SessionError` where it cannot be started.
 */
export async function openShellCopy(
  original: ShellOriginal,
  request: CopyRequest,
): Promise<number | undefined> {
  const folder = path.join(original.files.session, request.key);
  let terminal: number | undefined;
  try {
    terminal = openSync(request.terminal, constants.O_RDWR | constants.O_NOCTTY);
    const start = writeStartFiles(folder, original, request);
    const guard = spawn(original.bash, ["--norc", "--noprofile", "-c", guardCode], {
      cwd: original.directory,
      env: {
        ...startEnvironment(original),
        OPSWRIGHT_SESSION: original.mark,
        OPSWRIGHT_STEP: request.key,
        PROMPT_COMMAND: `builtin . ${quoteShellWord(start)}`,
      },
      stdio: [terminal, terminal, terminal],
    });
    return await waitForEnd(guard, original, request.signal);
  } catch (cause) {
    throw new SessionError("The shell could not be opened.", {
      hint: `Make sure that there is room for ${folder}.`,
      cause,
    });
  } finally {
    if (terminal !== undefined) closeSync(terminal);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes what the shell reads first; what its code keeps a record of is kept apart from the session's. */
function writeStartFiles(folder: string, original: ShellOriginal, request: CopyRequest): string {
  const { files, snapshot, environment, secrets, mark } = original;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const boot = path.join(folder, "boot.bash");
  const start = path.join(folder, "start.bash");
  const bashEnvironment = environment["BASH_ENV"];
  const code = renderBoot({ ...files, session: folder }, "copy", {
    firstSettings:
      bashEnvironment === undefined
        ? "builtin true"
        : `builtin export BASH_ENV=${quoteShellWord(bashEnvironment)}`,
    mark,
    secretNames: [...new Set(secrets.map(({ name }) => name))],
  });
  const terminalType = process.env["TERM"];
  writeFileSync(boot, code, { mode: 0o600 });
  writeFileSync(start, renderCopyStart({ boot, snapshot, terminalType, ...request }), {
    mode: 0o600,
  });
  return start;
}

/** As the keeper of a session has it for its own shells: a restored one starts from nothing but secrets. */
function startEnvironment({
  snapshot,
  environment,
  secrets,
}: ShellOriginal): Readonly<Record<string, string>> {
  const values = Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
  if (snapshot !== "") return values;
  const { BASH_ENV: _file, SHELLOPTS: _set, BASHOPTS: _shopt, ...rest } = environment;
  return { ...rest, ...values };
}

async function waitForEnd(
  guard: ChildProcess,
  { findProcesses }: ShellOriginal,
  signal: AbortSignal,
): Promise<number | undefined> {
  const end = (name: "SIGHUP" | "SIGKILL"): void => {
    for (const { pid } of findProcesses()) if (pid !== guard.pid) signalProcess(pid, name);
  };
  let limit: NodeJS.Timeout | undefined;
  const hangUp = (): void => {
    // An interactive shell does not listen to TERM.
    end("SIGHUP");
    limit = setTimeout(() => end("SIGKILL"), hangUpGraceMs);
  };
  signal.addEventListener("abort", hangUp, { once: true });
  try {
    if (signal.aborted) hangUp();
    const [exitCode] = (await once(guard, "exit")) as [number | null];
    return exitCode ?? undefined;
  } finally {
    signal.removeEventListener("abort", hangUp);
    clearTimeout(limit);
  }
}

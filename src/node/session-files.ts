import { existsSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Where a session keeps what: all below the run's folder, readable by its owner alone. */
export interface SessionFiles {
  /** Scripts, output and snapshots of steps. */
  readonly steps: string;
  /** The session's own: its FIFOs, its control log, the code of its shells. */
  readonly session: string;
  /** FIFO from which the shell reads commands. */
  readonly commands: string;
  /** Begin and end records, one a line. */
  readonly control: string;
  readonly keeper: string;
  readonly boot: string;
  /** What the keeper and the shell print outside of any step. */
  readonly shellLog: string;
  /** By what another runner knows the session: `SessionCard` as JSON. */
  readonly card: string;
}

/** What a runner must know to take over a session that another one has opened. */
export interface SessionCard {
  readonly token: string;
  /** The program that carries it, absolute. */
  readonly bash: string;
  /** The snapshot from which its first shell started; empty where it started from its environment. */
  readonly snapshot: string;
  /** What of the shell's state was lost before that, in sentences. */
  readonly losses?: readonly string[] | undefined;
  /** The variables of its environment that are secret; their values are with its keeper alone. */
  readonly secretNames?: readonly string[] | undefined;
}

/** The files of one step. */
export interface StepFiles {
  /** The ending of the script's name. */
  readonly ending: string;
  /** The script as the runbook has it. */
  readonly script: string;
  /** Sets the step's own environment and directory; absent where it has none. */
  readonly before: string;
  /** Takes `before` back; written by the shell. */
  readonly after: string;
  /** Missing where the step printed nothing there; so for standard error. */
  readonly stdout: string;
  readonly stderr: string;
  /** The shell's state after the step; complete only once the step's end is on record. */
  readonly state: string;
}

/**
 * Makes the folders of a session (mode 0700) in a run's folder and names its files. `number` counts the
 * sessions that the run has had, from 1.
 */
export function createSessionFiles(runDirectory: string, number: number): SessionFiles {
  const files = nameSessionFiles(runDirectory, number);
  for (const folder of [runDirectory, files.steps, files.session]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return files;
}

/** How many sessions a run has had. Reads the run's folder. */
export function countSessions(runDirectory: string): number {
  let count = 0;
  while (existsSync(nameSessionFiles(runDirectory, count + 1).card)) count += 1;
  return count;
}

/** The card of a session; undefined where it was never completed: nothing had been started then. */
export function readCard(files: SessionFiles): SessionCard | undefined {
  try {
    return JSON.parse(readFileSync(files.card, "utf8")) as SessionCard;
  } catch {
    return undefined;
  }
}

/** Names the files of a run's session. No I/O. */
export function nameSessionFiles(runDirectory: string, number: number): SessionFiles {
  const steps = path.join(runDirectory, "steps");
  const session = path.join(runDirectory, number === 1 ? "session" : `session-${number}`);
  return {
    steps,
    session,
    commands: path.join(session, "commands"),
    control: path.join(session, "control"),
    keeper: path.join(session, "keeper.bash"),
    boot: path.join(session, "boot.bash"),
    shellLog: path.join(session, "shell.log"),
    card: path.join(session, "card.json"),
  };
}

/**
 * Names the files of one step. `key` is a file name without an ending; `interpreter` decides the
 * script's ending, which some interpreters go by. No I/O.
 */
export function nameStepFiles(files: SessionFiles, key: string, interpreter: string): StepFiles {
  const base = path.join(files.steps, key);
  const ending = scriptEndings[path.basename(interpreter)] ?? "script";
  return {
    ending,
    script: `${base}.${ending}`,
    before: `${base}.before`,
    after: `${base}.after`,
    stdout: `${base}.out`,
    stderr: `${base}.err`,
    state: `${base}.state`,
  };
}

const scriptEndings: Readonly<Record<string, string>> = {
  bash: "sh",
  sh: "sh",
  dash: "sh",
  zsh: "zsh",
  fish: "fish",
  pwsh: "ps1",
  python: "py",
  python3: "py",
  node: "js",
  deno: "ts",
  ruby: "rb",
  perl: "pl",
};

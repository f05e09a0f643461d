import { mkdirSync } from "node:fs";
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

/** Makes the folders of a session (mode 0700) in a run's folder and names its files. */
export function createSessionFiles(runDirectory: string): SessionFiles {
  const steps = path.join(runDirectory, "steps");
  const session = path.join(runDirectory, "session");
  for (const folder of [runDirectory, steps, session]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return {
    steps,
    session,
    commands: path.join(session, "commands"),
    control: path.join(session, "control"),
    keeper: path.join(session, "keeper.bash"),
    boot: path.join(session, "boot.bash"),
    shellLog: path.join(session, "shell.log"),
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

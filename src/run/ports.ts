import type { RunEvent, RunEventBody } from "../model/run-event.ts";

/**
 * The shell in which the commands of a run share their state.
 *
 * Promises R1 to R4: state carries over from step to step, a failing step leaves the session
 * usable, a timeout or cancel ends the step's whole process group, output arrives byte for byte.
 */
export interface Session {
  readonly pid: number;
  /** How many shells the session has had; 1 until a step ends its shell (`exit`, `exec`). */
  readonly generation: number;
  /** Runs one script; at most one at a time. Throws `SessionError` where the session itself fails. */
  runScript(request: ScriptRequest): Promise<ScriptResult>;
  /** Starts a new shell where the last one has ended, as the next script would. Throws `SessionError`. */
  prepareShell?(): Promise<void>;
  /** What of the session a person should know since the last call, in sentences; absent: nothing, ever. */
  takeNotices?(): readonly string[];
  /** Ends the session and everything that it left running; idempotent. */
  close(): Promise<void>;
}

/** What is left of the session of a run whose runner has died, made usable again. */
export interface RecoveredSession {
  /** The same shell, or a new one with the state of the last complete snapshot. */
  readonly session: Session;
  /** True where the shell has lived on, with its jobs and open files. */
  readonly isSame: boolean;
  /**
   * What became of the script that was going on: `none` was; `not-begun`: nothing of it has run;
   * `begun`: `finish` tells its end; `unknown`: it began, and how it ended cannot be known.
   */
  readonly fate: "none" | "not-begun" | "begun" | "unknown";
  /** Waits for the end of the script, or takes it from the record; there where the fate is `begun`. */
  readonly finish?: ((request: ScriptRequest) => Promise<ScriptResult>) | undefined;
  /** What of the shell's state is gone, in sentences; empty where all of it is there. */
  readonly losses: readonly string[];
}

/** One script, and how it is to be run. */
export interface ScriptRequest {
  /** Names the step's files in the run's folder; unique in the run. */
  readonly key: string;
  readonly script: string;
  /** `bash` is sourced in the session; any other program gets the script's file as its argument, in the session's environment. */
  readonly interpreter: string;
  readonly directory?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly timeoutMs?: number | undefined;
  /** Between TERM and KILL. */
  readonly graceMs: number;
  /** Standard input is the person's terminal instead of /dev/null. */
  readonly isInteractive: boolean;
  /** Called with each chunk as it comes; the chunk's bytes are exact, and its own only during the call. */
  readonly onOutput: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
  /** Cancels the step when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Exit codes after which what the script did to the shell is kept; absent: 0 alone. */
  readonly keepsStateOn?: readonly number[] | "any" | undefined;
}

/** How a script ended, and what it printed. */
export interface ScriptResult {
  /**
   * `not-started`: the script's own directory or environment could not be set, and nothing of it
   * ran; standard error says why. `lost`: it began, and how it ended cannot be known.
   */
  readonly ended: "exited" | "timed-out" | "cancelled" | "lost" | "not-started";
  /** Present where the script `exited`; 128 and more for one that a signal of its own making ended. */
  readonly exitCode?: number | undefined;
  readonly durationMs: number;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** True where some of the output may be lost, since nobody was there to take it. */
  readonly isOutputPartial?: true | undefined;
  /** Reads one stream's bytes from the run's folder, at most `limitBytes` from its start. */
  readonly readOutput: (stream: "stdout" | "stderr", limitBytes: number) => Promise<Uint8Array>;
}

/** Appends events durably: resolved means flushed to disk (R6). */
export interface Journal {
  readonly run: string;
  append(event: RunEventBody): Promise<RunEvent>;
}

/** Asks the person, or says that nobody is there. */
export interface Person {
  /** A manual step or a confirmation; `unavailable` where nobody can be asked. */
  confirm(question: PersonQuestion): Promise<PersonAnswer>;
}

/** What a person is asked. */
export interface PersonQuestion {
  readonly kind:
    | "manual"
    | "destructive"
    | "confirm"
    | "rollback"
    | "interrupted"
    | "unknown"
    | "lost";
  readonly stepId?: string | undefined;
  readonly title: string;
  /** What is about to happen, in full sentences. */
  readonly text: string;
  /** For `destructive`: the word that must be typed. */
  readonly word?: string | undefined;
}

/** What the person said and who it was, or that nobody is there. */
export type PersonAnswer =
  | {
      /**
       * `failed`: what a manual step asks for was tried and does not hold. For `unknown`, `yes` runs the
       * step again and `skip` says that it is done.
       */
      readonly answer: "yes" | "no" | "skip" | "failed";
      readonly by: string;
      readonly note?: string | undefined;
    }
  | { readonly answer: "unavailable" };

/** Tells the time of day, and how much time passes. */
export interface Clock {
  now(): Date;
  /** Milliseconds that only ever grow. */
  elapsedMs(): number;
}

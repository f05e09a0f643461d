import type { ReadyProbe } from "../model/fence-attributes.ts";
import type { BoundInput } from "../model/plan.ts";
import type { Secret } from "./list-secrets.ts";
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
  /** Of a session on a target: its operating system, as it told: `linux`, `darwin`, `windows`. */
  readonly system?: string | undefined;
  /** Of the sessions of a run: the operating system of each target; absent: there are no targets. */
  readonly systems?: ReadonlyMap<string, string> | undefined;
  /** Runs one script; at most one at a time. Throws `SessionError` where the session itself fails. */
  runScript(request: ScriptRequest): Promise<ScriptResult>;
  /**
   * Sends a signal to all that the running script has started; an interrupt does not go to the shell
   * itself, which would end with it.
   */
  signalScript(name: "SIGINT" | "SIGWINCH"): void;
  /** What a script that was run in the background does now. */
  findBackground(script: Pick<ScriptRequest, "key" | "interpreter" | "target">): BackgroundScript;
  /**
   * Brings the state back to what it was before these scripts, which are the last ones that it ran, in
   * order, and ends what they left running. Throws `SessionError`.
   */
  takeBack(
    scripts: readonly Pick<ScriptRequest, "key" | "interpreter" | "target">[],
  ): Promise<void>;
  /** Starts a new shell where the last one has ended, as the next script would. Throws `SessionError`. */
  prepareShell?(): Promise<void>;
  /**
   * Opens an interactive shell at the person's terminal with a copy of the state from which the next script
   * would begin, and resolves when it has ended, with its exit code where it has one. What is done in it
   * changes nothing in the session. Throws `SessionError`.
   */
  openCopy?(request: CopyRequest): Promise<number | undefined>;
  /**
   * Goes on in new shells that have these values of secrets, with the state that the next script would
   * begin from; what was made of the old ones by plain text has the new ones, and what ran in the
   * background is ended. Throws `SessionError`.
   */
  renewSecrets?(secrets: readonly Secret[]): Promise<void>;
  /** What of the session a person should know since the last call, in sentences; absent: nothing, ever. */
  takeNotices?(): readonly string[];
  /** Ends the session and everything that it left running; idempotent. */
  close(): Promise<void>;
}

/** A script that goes on beside those that follow it. */
export interface BackgroundScript {
  /** False where the connection to its machine is lost, so that only `look` can reach it again; absent: never. */
  readonly isReachable?: (() => boolean) | undefined;
  /**
   * Whether it is running; else how it ended, as far as that is known. Connects to its machine again where
   * that connection was lost, unless `connects` is false. Throws `SessionError` where it cannot be known.
   */
  readonly look: (connects?: boolean) => Promise<{
    readonly isRunning: boolean;
    readonly exitCode?: number | undefined;
  }>;
  /** Looks from its own machine whether it is ready, as `ReadinessCheck` does; absent: that is this machine. */
  readonly checkReady?: ReadinessCheck["check"] | undefined;
  /** The start of what it has printed so far, at most so many bytes of each stream. */
  readonly readOutput: (stream: "stdout" | "stderr", limitBytes: number) => Promise<Uint8Array>;
  /** Ends it and all that it started: TERM, then KILL. Throws `SessionError`. */
  readonly end: (graceMs: number) => Promise<void>;
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
  /** The target on which it runs; absent: this machine. Each target has a shell of its own. */
  readonly target?: string | undefined;
  /** `bash` is sourced in the session; any other program gets the script's file as its argument, in the session's environment. */
  readonly interpreter: string;
  readonly directory?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Set and exported in the session before the script, for it and all that follow. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Secrets of the session that are set so too, by name: their values are in no request. */
  readonly secretNames?: readonly string[] | undefined;
  readonly timeoutMs?: number | undefined;
  /** Between TERM and KILL. */
  readonly graceMs: number;
  /** It goes on beside the scripts that follow it, and the result tells only that it was begun. */
  readonly isBackground?: boolean | undefined;
  /**
   * The device of the person's terminal, to which all three streams are connected, so that nothing of
   * them is kept; absent: standard input is /dev/null.
   */
  readonly terminal?: string | undefined;
  /**
   * Standard error goes where standard output goes: all of it comes as `stdout`, in the order in which it was
   * written.
   */
  readonly mergesStreams?: true | undefined;
  /** Called with each chunk as it comes; the chunk's bytes are exact, and its own only during the call. */
  readonly onOutput: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
  /** Cancels the step when aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Exit codes after which what the script did to the shell is kept; absent: 0 alone. */
  readonly keepsStateOn?: readonly number[] | "any" | undefined;
}

/** A shell in which a person looks around. */
export interface CopyRequest extends Pick<
  ScriptRequest,
  "key" | "directory" | "environment" | "variables" | "secretNames"
> {
  /** The device of the person's terminal. */
  readonly terminal: string;
  /** The key of the last script where what it did to the shell is not to be there. */
  readonly withoutMarksOf?: string | undefined;
  /** Ends it when aborted. */
  readonly signal: AbortSignal;
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
  /** Why it is `lost` or `not-started`, in sentences, where the session can tell more than that. */
  readonly reason?: string | undefined;
  readonly durationMs: number;
  readonly stdoutBytes: number;
  readonly stderrBytes: number;
  /** True where some of the output may be lost, since nobody was there to take it. */
  readonly isOutputPartial?: true | undefined;
  /** Reads one stream's bytes from the run's folder, at most `limitBytes` from its start. */
  readonly readOutput: (stream: "stdout" | "stderr", limitBytes: number) => Promise<Uint8Array>;
  /**
   * Reads all of one stream from the run's folder, piece by piece, whatever its size; a piece is its reader's
   * only until the next.
   */
  readonly openOutput: (stream: "stdout" | "stderr") => AsyncIterable<Uint8Array>;
}

/** Appends events durably: resolved means flushed to disk (R6). */
export interface Journal {
  readonly run: string;
  append(event: RunEventBody): Promise<RunEvent>;
  /** Flushes at once what was appended, which else waits for what is appended with it. */
  flush(): void;
}

/**
 * Asks the person, or says that nobody is there. A question is taken back when its `withdrawn` is aborted;
 * what it is answered by then counts no more.
 */
export interface Person {
  /** A manual step or a confirmation; `unavailable` where nobody can be asked. */
  confirm(question: PersonQuestion, withdrawn: AbortSignal): Promise<PersonAnswer>;
  /** What was said before the run about this question; it counts before all options. */
  answerBeforehand?(question: PersonQuestion): PersonAnswer | undefined;
  /** What is to become of a step that has failed; absent where nobody is there, and nothing is asked then. */
  chooseAfterFailure?(question: FailureQuestion, withdrawn: AbortSignal): Promise<FailureAnswer>;
  /** Asks for new values of inputs, each of which fits; absent where nobody is there. */
  editInputs?(request: InputRequest, withdrawn: AbortSignal): Promise<InputAnswer>;
}

/** What can become of a step that has failed; `abort` stops the run, which can go on later. */
export type FailureChoice = "retry" | "edit" | "shell" | "skip" | "roll-back" | "abort";

/** Inputs that a person may change. */
export interface InputRequest {
  /** With the values that they have now; a secret has none here, and keeps what it has where none is typed. */
  readonly inputs: readonly BoundInput[];
  /** What was changed in this run before, by input; secrets are left out. */
  readonly changed: ReadonlyMap<string, string>;
}

/** What the person typed: new values by input, none where nothing is to change. */
export type InputAnswer =
  | { readonly answer: "values"; readonly values: ReadonlyMap<string, string> }
  | { readonly answer: "unavailable" };

/** What a person is asked when a step has failed. */
export interface FailureQuestion {
  readonly stepId: string;
  readonly title: string;
  /** How it failed, in full sentences. */
  readonly text: string;
  /** What can be chosen here, in the order in which it is shown. */
  readonly choices: readonly {
    readonly choice: FailureChoice;
    /** What it does, in a line. */
    readonly label: string;
  }[];
}

/** What the person chose and who it was, or that nobody is there any more. */
export type FailureAnswer =
  | {
      readonly answer: FailureChoice;
      readonly by: string;
      /** For `skip`: the reason, never empty. */
      readonly note?: string | undefined;
    }
  | { readonly answer: "unavailable" };

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

/** The terminal at which a person works. */
export interface PersonTerminal {
  /** The path of its device: `/dev/pts/3`. */
  readonly device: string;
  /**
   * Leaves it to a program: until released, `signal` is given what the terminal tells, Ctrl-C and a new
   * size. Releasing puts the terminal's settings back.
   */
  lend(signal: (name: "SIGINT" | "SIGWINCH") => void): { release(): void };
}

/** Looks whether a server is ready. */
export interface ReadinessCheck {
  /**
   * Tells why it is not ready, in a phrase: `connection refused`; undefined where it is. `output` is not
   * asked here. A path is relative to `directory`.
   */
  check(
    probe: Exclude<ReadyProbe, { readonly kind: "output" }>,
    directory: string,
  ): Promise<string | undefined>;
}

/** Tells the time of day, and how much time passes. */
export interface Clock {
  now(): Date;
  /** Milliseconds that only ever grow. */
  elapsedMs(): number;
  /** Resolves when so much time has passed, or the signal is aborted. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Calls `act` each time that so much has passed, until what it gives back is called. */
  every(intervalMs: number, act: () => void): () => void;
}

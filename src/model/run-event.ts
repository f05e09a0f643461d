import type { MachineMoment } from "./machine-moment.ts";
import type { Plan } from "./plan.ts";

/** How a step ended. */
export const stepOutcomes = [
  "passed",
  "failed",
  "mismatched",
  "timed-out",
  "skipped",
  "cancelled",
  "unknown",
] as const;
/** One way in which a step ends; `unknown` where its end record is missing. */
export type StepOutcome = (typeof stepOutcomes)[number];

/** How a run ended; `rolled-back` means that a step failed and the rollback passed. */
export type RunOutcome =
  | "completed"
  | "failed"
  | "rolled-back"
  | "rollback-failed"
  | "refused"
  | "interrupted";

/** Why a run goes through a step: its procedure, or the rollback after a failure. */
export type RunPhase = "main" | "rollback";

/**
 * One line of a run's journal: what happened, in the order in which it happened.
 *
 * `seq` counts from 1 without gaps; `time` is ISO 8601 in UTC with milliseconds. `stepId` is the
 * planned step's id.
 */
export type RunEvent = RunEventBody & { readonly seq: number; readonly time: string };

/** What happened, before the journal gives it its number and time. */
export type RunEventBody =
  | {
      readonly type: "run-started";
      readonly run: string;
      readonly plan: Plan;
      readonly host: string;
      readonly user: string;
      readonly pid: number;
      readonly directory: string;
      readonly version: string;
      readonly machine?: MachineMoment | undefined;
      /** True for a drill, absent otherwise. */
      readonly isRehearsal?: true | undefined;
    }
  /** Another process goes on with the run; from here on it is the run's runner. */
  | {
      readonly type: "run-resumed";
      readonly host: string;
      readonly user: string;
      readonly pid: number;
      readonly version: string;
      readonly machine?: MachineMoment | undefined;
    }
  /** A person has this step of the main phase and those behind it done again, from the state before it. */
  | { readonly type: "rewound"; readonly stepId: string; readonly by: string }
  | { readonly type: "session-started"; readonly pid: number; readonly generation: number }
  /** The shell of a target is there; `system` is the target's: `linux`, `darwin`, `windows`, or as it says. */
  | { readonly type: "target-connected"; readonly target: string; readonly system: string }
  | {
      readonly type: "phase-started";
      readonly phase: RunPhase;
      readonly title: string;
      readonly steps: readonly string[];
    }
  | {
      readonly type: "question-asked";
      readonly stepId?: string | undefined;
      readonly question: string;
    }
  | {
      readonly type: "question-answered";
      readonly stepId?: string | undefined;
      readonly question: string;
      readonly answer: string;
      readonly by: string;
    }
  | {
      readonly type: "step-started";
      readonly stepId: string;
      readonly phase: RunPhase;
      readonly attempt: number;
    }
  | {
      readonly type: "step-output";
      readonly stepId: string;
      readonly stream: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly type: "step-ended";
      readonly stepId: string;
      readonly phase: RunPhase;
      readonly outcome: StepOutcome;
      readonly exitCode?: number | undefined;
      readonly signal?: string | undefined;
      readonly durationMs: number;
      /** Why, in words, for all but `passed`. */
      readonly reason?: string | undefined;
      /** Bytes of each stream; the whole output is in the run's folder. */
      readonly stdoutBytes?: number | undefined;
      readonly stderrBytes?: number | undefined;
      /** A unified difference of expected and actual output. */
      readonly difference?: string | undefined;
      /** Values that the step gave to later ones, by name. */
      readonly captured?: Readonly<Record<string, string>> | undefined;
      /** Values of names that its expected output has bound (`[..name..]`): later outputs must have the same. */
      readonly matched?: Readonly<Record<string, string>> | undefined;
      /** Present where the step is tried again, so long after this attempt. */
      readonly retryInMs?: number | undefined;
    }
  /** A person gave an input another value, for the next attempt of a step and for all that follows. */
  | {
      readonly type: "input-changed";
      /** The step that had failed. */
      readonly stepId: string;
      readonly name: string;
      /** Absent where it had no value, and of a secret. */
      readonly from?: string | undefined;
      /** Absent of a secret. */
      readonly to?: string | undefined;
      readonly isSecret?: true | undefined;
      readonly by: string;
    }
  /** A person works in a shell with a copy of the session's state; the run waits. */
  | {
      readonly type: "shell-opened";
      /** The step that had failed. */
      readonly stepId: string;
      readonly by: string;
    }
  | {
      readonly type: "shell-closed";
      readonly stepId: string;
      readonly by: string;
      readonly durationMs: number;
      /** Absent where a signal ended it, or it could not be opened. */
      readonly exitCode?: number | undefined;
    }
  | { readonly type: "notice"; readonly text: string }
  | {
      readonly type: "run-ended";
      readonly outcome: RunOutcome;
      readonly exitCode: number;
      readonly reason?: string | undefined;
      readonly durationMs: number;
    };

/** The state of a run as its events give it. */
export interface RunSummary {
  readonly run: string;
  readonly target: string;
  readonly title: string;
  readonly planDigest: string;
  readonly startedAt: string;
  readonly user: string;
  /** True for a drill, which may be meant to fail; absent otherwise. */
  readonly isRehearsal?: true | undefined;
  readonly durationMs?: number | undefined;
  /** `running` where no `run-ended` is there and its process lives, `died` where it does not. */
  readonly outcome: RunOutcome | "running" | "died";
  readonly exitCode?: number | undefined;
  readonly steps: readonly StepSummary[];
}

/** A run whose journal cannot be read. */
export interface DamagedRun {
  /** The name of its folder. */
  readonly run: string;
  /** Its journal, absolute. */
  readonly file: string;
  /** A sentence that names the file. */
  readonly reason: string;
  /** What to do, in a sentence. */
  readonly hint: string;
}

/** A step of a run as far as it has come. */
export interface StepSummary {
  readonly stepId: string;
  readonly title: string;
  readonly phase: RunPhase;
  readonly outcome: StepOutcome | "pending" | "running";
  readonly durationMs?: number | undefined;
  readonly exitCode?: number | undefined;
  readonly reason?: string | undefined;
}

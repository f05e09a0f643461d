import type { MachineMoment } from "../model/machine-moment.ts";
import type { RunEvent } from "../model/run-event.ts";
import type { PlannedCommand } from "../model/plan.ts";
import type { Recorder } from "./create-recorder.ts";
import type { Judgement } from "./judge-script.ts";
import type { Secret } from "./list-secrets.ts";
import type {
  Clock,
  Journal,
  Person,
  PersonTerminal,
  ReadinessCheck,
  RecoveredSession,
  ScriptResult,
  Session,
} from "./ports.ts";

/** Looks at what came of a script while all that it printed can be read; a later attempt is shown too. */
export type InspectResult = (
  step: PlannedCommand,
  result: ScriptResult,
  judgement: Judgement,
) => Promise<void>;

/** What a run needs of the outside. */
export interface RunPorts {
  /** Gives up, as a failure, where `cancelled` is aborted. Throws `SessionError`. */
  openSession(cancelled: AbortSignal): Promise<Session>;
  readonly journal: Journal;
  readonly person: Person;
  readonly clock: Clock;
  readonly server: ReadinessCheck;
  /** For interactive steps; absent where there is none. */
  readonly terminal?: PersonTerminal | undefined;
  /**
   * Keeps these values out of all that is put on record from here on, and gives back what a person should
   * know of them, in sentences.
   */
  learnSecrets(secrets: readonly Secret[]): readonly string[];
  /** Shown each script that has ended, with all that it printed, once it is judged and before that is on record. */
  readonly inspectResult?: InspectResult | undefined;
  /** Told of each event once it is on record, and of output as it comes. */
  observe(event: RunEvent): void;
}

/** A script, and where it was handed over. */
export interface ScriptPlace {
  readonly key: string;
  /** Absent: this machine. */
  readonly target?: string | undefined;
}

/** What a run needs of the outside to go on after its runner has died. */
export interface ResumePorts extends RunPorts {
  /** `going` is the script that was going on, or about to. As `openSession` otherwise. */
  recoverSession(going: ScriptPlace | undefined, cancelled: AbortSignal): Promise<RecoveredSession>;
}

/** What is to become of a step of which nobody knows how it ended. */
export type UnknownChoice = "rerun" | "done" | "abort";

/** How a run is to go. */
export interface RunOptions {
  readonly run: string;
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  readonly directory: string;
  readonly version: string;
  /** Absent where the system does not tell. */
  readonly machine?: MachineMoment | undefined;
  /** True in a drill. */
  readonly isRehearsal?: true | undefined;
  /** `linux`, `darwin` or `windows`: steps for others are skipped. */
  readonly system: string;
  /** `--yes`: manual steps and confirmations are answered yes, destructive steps never. */
  readonly assumeYes: boolean;
  /** `--allow destructive`. */
  readonly allowDestructive: boolean;
  readonly rollback: "ask" | "auto" | "never";
  /** What is to be told first, each a sentence. */
  readonly notices?: readonly string[] | undefined;
  /** Between TERM and KILL. */
  readonly graceMs: number;
  /** A fresh signal for each step, aborted to cancel it: the first Ctrl-C. What aborts `interrupted` aborts it too. */
  readonly cancelStep: () => AbortSignal;
  /** Aborted to end the run: the second Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** What the parts of one run share. */
export interface RunContext {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly person: Person;
  readonly clock: Clock;
  readonly server: ReadinessCheck;
  readonly terminal: PersonTerminal | undefined;
  readonly learnSecrets: RunPorts["learnSecrets"];
  readonly inspectResult?: InspectResult | undefined;
  readonly options: RunOptions;
  /** How often steps were begun, those of earlier runners included, by `nameAttempts`. */
  readonly attempts: Map<string, number>;
}

import type { Expectation } from "./expectation.ts";
import type { CommandAttributes } from "./fence-attributes.ts";
import type { ContractDefinition, InputType, ToolDefinition } from "./front-matter.ts";
import type { StepCondition } from "./runbook.ts";
import type { RiskLevel } from "./shell-script.ts";
import type { TargetAddress } from "./target.ts";

/**
 * What a run will do: every input bound, every include resolved, nothing left to decide but a
 * person's answers.
 *
 * Serialisable as JSON as it stands. Values of secret inputs are in none of its fields.
 */
export interface Plan {
  readonly schemaVersion: 1;
  /** What was asked for: `deployment:rollback`. */
  readonly target: string;
  readonly runbook: string;
  readonly procedure?: string | undefined;
  readonly title: string;
  readonly inputs: readonly BoundInput[];
  readonly steps: readonly PlannedStep[];
  /** Steps that take others back, each once; the others name them in `undo`. Absent where there are none. */
  readonly undo?: readonly PlannedStep[] | undefined;
  /** Run when a step fails and the person agrees: the procedure named by `onFailure`. */
  readonly onFailure?:
    | { readonly procedure: string; readonly title: string; readonly steps: readonly PlannedStep[] }
    | undefined;
  /** Where its steps run beside this machine, in order of name; absent where they do not. */
  readonly targets?: readonly PlannedTarget[] | undefined;
  readonly tools: readonly PlannedTool[];
  readonly contracts: readonly {
    readonly name: string;
    readonly runbook: string;
    readonly definition: ContractDefinition;
  }[];
  /** What the plan cannot know beforehand, in sentences. */
  readonly unknowns: readonly string[];
  /** SHA-256 of the plan without this field, in canonical JSON: 64 hexadecimal digits. */
  readonly digest: string;
}

/** An input with its value; `value` is absent for secrets and for what was not given. */
export interface BoundInput {
  readonly name: string;
  readonly type: InputType;
  readonly description?: string | undefined;
  readonly value?: string | undefined;
  /** `secret`: it has a value, which is told nowhere; `from`: the run reads it right before it begins. */
  readonly source: "given" | "default" | "unset" | "secret" | "from";
  /** Where its value is read where nothing else gives it. */
  readonly from?: SecretSource | undefined;
}

/** Where the value of a secret is read: the first line that a command prints, or a file's text. */
export type SecretSource =
  | { readonly command: string; readonly file?: undefined }
  | { readonly file: string; readonly command?: undefined };

/** A program that the plan's steps need, with why. */
export interface PlannedTool {
  readonly name: string;
  readonly definition: ToolDefinition;
  readonly neededBy: readonly string[];
}

/** A target, and what the steps that run on it need there. */
export type PlannedTarget = TargetAddress & { readonly tools: readonly PlannedTool[] };

/** One step, ready to run. */
export type PlannedStep = PlannedCommand | PlannedManual;

interface PlannedStepBase {
  /** 1-based, in the order of the run. */
  readonly number: number;
  /** Unique in the plan: `push`, or `backup/dump` where an include brought it. */
  readonly id: string;
  readonly title: string;
  /** Titles of the sections that hold it, outermost first. */
  readonly context: readonly string[];
  readonly runbook: string;
  readonly path: string;
  /** 1-based line of the step in `path`. */
  readonly line: number;
  /** Conditions that wait for a value which only the run can know; others are decided already. */
  readonly conditions: readonly StepCondition[];
}

/** A command, with all that governs it. */
export interface PlannedCommand extends PlannedStepBase {
  readonly kind: "command";
  readonly language: string;
  readonly interpreter: string;
  readonly script: string;
  /** 1-based line of the script's first line in `path`. */
  readonly scriptLine: number;
  readonly attributes: CommandAttributes;
  readonly isCheck: boolean;
  readonly timeoutMs?: number | undefined;
  readonly risk: { readonly level: RiskLevel; readonly reasons: readonly string[] };
  readonly tools: readonly string[];
  readonly expectation?: Expectation | undefined;
  /** The id of the step that takes it back, among the plan's own `undo`. */
  readonly undo?: string | undefined;
}

/** A manual action, with the words that a person is shown. */
export interface PlannedManual extends PlannedStepBase {
  readonly kind: "manual";
  readonly text: string;
}

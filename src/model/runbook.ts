import type { Expectation } from "./expectation.ts";
import type { CommandAttributes } from "./fence-attributes.ts";
import type { FrontMatter } from "./front-matter.ts";
import type { RiskAssessment, ShellScript } from "./shell-script.ts";
import type { DocumentFormat, Span } from "./source.ts";

/** A runbook as its document states it: what `compile` hands to `plan`, `drift` and the site. */
export interface Runbook {
  readonly id: string;
  readonly path: string;
  readonly format: DocumentFormat;
  readonly title: string;
  readonly frontMatter: FrontMatter;
  readonly sections: readonly Section[];
  /** In document order, alternatives and shown-only blocks included. */
  readonly steps: readonly Step[];
  /** At least one; the first is the default. */
  readonly procedures: readonly Procedure[];
  /** Digest of the source text: 64 hexadecimal digits of SHA-256. */
  readonly digest: string;
}

/** A heading and what is below it, until the next heading of its level or higher. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
  readonly parentId?: string | undefined;
  readonly span: Span;
}

/** A condition under which a step is done; all conditions of a step must hold. */
export interface StepCondition {
  /** As a person reads it: `METHOD=manual`. */
  readonly text: string;
  readonly expression: ConditionExpression;
}

/**
 * The grammar of `when`: comparisons with `=`, `!=`, a bare name (set and not empty), `!`, `and`,
 * `or`, parentheses.
 */
export type ConditionExpression =
  | { readonly kind: "equals"; readonly name: string; readonly value: string }
  | { readonly kind: "set"; readonly name: string }
  | { readonly kind: "not"; readonly of: ConditionExpression }
  | { readonly kind: "and" | "or"; readonly all: readonly ConditionExpression[] };

/** One thing to do. */
export type Step = CommandStep | ManualStep | IncludeStep;

interface StepBase {
  /** Unique in the runbook. */
  readonly id: string;
  readonly title: string;
  /** Sections that hold it, outermost first; empty before the first heading. */
  readonly sectionPath: readonly string[];
  readonly conditions: readonly StepCondition[];
  readonly span: Span;
}

/** A block of code that the runner can run. */
export interface CommandStep extends StepBase {
  readonly kind: "command";
  readonly language: string;
  /** The program that runs it: `bash` for the session's own shell, else a row of the table. */
  readonly interpreter: string;
  readonly script: string;
  readonly codeSpan: Span;
  readonly attributes: CommandAttributes;
  /** False for `norun`, `example`, and other languages without `run`. */
  readonly isRunnable: boolean;
  readonly risk: RiskAssessment;
  /** Absent for languages other than shell. */
  readonly shell?: ShellScript | undefined;
  readonly expectation?: Expectation | undefined;
  /** Blanks left for a person: a plan that selects this step is refused. */
  readonly blanks: readonly { readonly text: string; readonly span: Span }[];
}

/** Something a person does and confirms. */
export interface ManualStep extends StepBase {
  readonly kind: "manual";
  /** The instruction as plain text. */
  readonly text: string;
  readonly origin: "component" | "task" | "comment";
}

/** Another runbook, or a part of it, in place. */
export interface IncludeStep extends StepBase {
  readonly kind: "include";
  readonly runbook: string;
  readonly procedure?: string | undefined;
  readonly section?: string | undefined;
}

/** A procedure with its references checked. */
export interface Procedure {
  readonly name: string;
  readonly title: string;
  readonly summary?: string | undefined;
  readonly isDefault: boolean;
  readonly onFailure?: string | undefined;
  /** Names of the contracts that must hold before it starts. */
  readonly contracts: readonly string[];
  readonly entries: readonly ProcedureItem[];
}

/** A procedure's line: a section, a step, another procedure, an include, or a choice. */
export type ProcedureItem =
  | { readonly kind: "section"; readonly id: string }
  | { readonly kind: "step"; readonly id: string }
  | { readonly kind: "procedure"; readonly name: string; readonly span?: Span | undefined }
  | {
      readonly kind: "include";
      readonly runbook: string;
      readonly procedure?: string | undefined;
      readonly span?: Span | undefined;
    }
  | {
      readonly kind: "choose";
      readonly input: string;
      readonly when: ReadonlyMap<string, readonly ProcedureItem[]>;
    };

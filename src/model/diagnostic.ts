import type { SecretSource } from "./plan.ts";
import type { Span } from "./source.ts";
import type { Fix } from "./text-edit.ts";

/** `error` stops, `warning` counts against `--max-warnings`, `info` is told and nothing more. */
export type Severity = "error" | "warning" | "info";

/**
 * What a diagnostic means for the exit code: `invalid` 3, `finding` 5, `environment` 6, `answer` 7,
 * `usage` 2.
 */
export type DiagnosticKind = "invalid" | "finding" | "environment" | "answer" | "usage";

/**
 * The arguments of each diagnostic code, by code: what its message is made of.
 *
 * The words live in `report/catalogue.ts`. Optional arguments called `nearest` hold the known name
 * that a mistyped one most resembles.
 */
export interface DiagnosticArgs {
  // the document
  "not-utf8": { byteOffset: number };
  "broken-characters": { found: string; meant: string };
  "empty-runbook": Record<never, never>;
  "unclosed-fence": { opener: string };
  "mdx-syntax": { reason: string };
  "mdx-import": Record<never, never>;
  "mdx-export": Record<never, never>;
  "mdx-expression": { expression: string };
  // front matter
  "front-matter-missing": Record<never, never>;
  "front-matter-syntax": { reason: string };
  "unknown-key": { key: string; where: string; nearest?: string | undefined };
  "missing-key": { key: string; where: string };
  "invalid-value": { key: string; reason: string };
  // components
  "unknown-component": { name: string; nearest?: string | undefined };
  "unknown-component-attribute": { name: string; component: string; nearest?: string | undefined };
  "missing-component-attribute": { name: string; component: string };
  "component-without-content": { component: string; reason: string };
  // fences
  "attribute-syntax": { text: string; reason: string };
  "unknown-attribute": { name: string; nearest?: string | undefined };
  "duplicate-attribute": { name: string };
  "attribute-value": { name: string; value: string; reason: string };
  "attribute-conflict": { name: string; other: string; reason: string };
  "foreign-attribute": { text: string };
  "no-interpreter": { language: string; nearest?: string | undefined };
  "output-without-command": Record<never, never>;
  "expectation-syntax": { reason: string };
  "unknown-suffix": { suffix: string; nearest: string };
  "transcript-without-prompt": { language: string; prompt?: string | undefined };
  // structure
  "duplicate-step-id": { id: string; firstLine: number };
  "invalid-step-id": { id: string; reason: string };
  "unknown-section": { id: string; nearest?: string | undefined };
  "unknown-step": { id: string; where: string; nearest?: string | undefined };
  "unknown-procedure": { name: string; runbook: string; nearest?: string | undefined };
  "unknown-input": { name: string; where: string; nearest?: string | undefined };
  "unknown-contract": { name: string; nearest?: string | undefined };
  "unknown-runbook": { id: string; nearest?: string | undefined };
  "unknown-choice": { input: string; value: string; choices: readonly string[] };
  "missing-choice": { input: string; value: string };
  "include-cycle": { chain: readonly string[] };
  "condition-syntax": { condition: string; reason: string };
  "empty-procedure": { name: string };
  // shell
  placeholder: { text: string; meaning: string };
  "undeclared-variable": { name: string; nearest?: string | undefined };
  "shell-syntax": { near: string };
  "risk-lowered": { inferred: string; declared: string };
  "destructive-step": { what: string; reason: string };
  // planning
  "unknown-target": { target: string; nearest: readonly string[] };
  "no-steps": { target: string };
  /** `where` is in a drill the place in its world where a value is written. */
  "missing-input": { name: string; description: string; where?: string | undefined };
  "input-value": { name: string; type: string; reason: string; where?: string | undefined };
  "undeclared-input": { name: string; nearest?: string | undefined };
  "undeclared-target": {
    step: string;
    target: string;
    nearest?: string | undefined;
    known: readonly string[];
  };
  "target-value": {
    target: string;
    input: string;
    reason: "undeclared" | "secret" | "unset" | "address";
  };
  "not-supported": { feature: string };
  "unreachable-selection": { option: string; step: string; nearest?: string | undefined };
  // preflight
  "missing-tool": { tool: string; neededBy: string; install?: string | undefined };
  "tool-version": { tool: string; required: string; found: string; install?: string | undefined };
  "missing-variable": {
    contract: string;
    name: string;
    description: string;
    where?: string | undefined;
  };
  "contract-probe": { contract: string; command: string; reason: string };
  "secret-source": { name: string; source: SecretSource; reason: string };
  "wrong-system": { step: string; wanted: string; found: string };
  // answers
  "answer-needed": { question: string; option: string };
  "destructive-refused": { step: string; reason: string };
  "answers-syntax": { reason: string };
  "unknown-answer": { step: string; nearest?: string | undefined };
  /** `fitting` is empty where the step asks nothing. */
  "unfit-answer": { step: string; answer: string; fitting: readonly string[] };
  // configuration
  "configuration-syntax": { reason: string };
  "unknown-rule": { code: string; nearest?: string | undefined };
  "baseline-syntax": { reason: string };
}

/** The stable name of a problem that a stage tells, as shown in brackets and used in suppressions. */
export type DiagnosticCode = keyof DiagnosticArgs;

/**
 * One problem in one place, without its words.
 *
 * `span` is absent where no text is to blame (a missing tool). `severity` is the code's own unless a
 * stage had reason to change it. `fix` is added by the check, see `edit/find-fix.ts`.
 *
 * @example { code: "unknown-attribute", args: { name: "timeot", nearest: "timeout" },
 *            severity: "error", path: "runbooks/deployment.mdx", span }
 */
export type Diagnostic = {
  [C in DiagnosticCode]: {
    readonly code: C;
    readonly args: DiagnosticArgs[C];
    readonly severity: Severity;
    readonly path?: string | undefined;
    readonly span?: Span | undefined;
    readonly fix?: Fix | undefined;
  };
}[DiagnosticCode];

/**
 * A stage's result: as much of the value as could be made, and every problem met.
 *
 * `value` is absent only where nothing sensible could be made. Usable means: no diagnostic is an
 * `error`.
 */
export interface Checked<T> {
  readonly value?: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

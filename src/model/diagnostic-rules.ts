import type { DiagnosticCode, DiagnosticKind, Severity } from "./diagnostic.ts";
import type { Problem } from "./problem.ts";

/**
 * The default severity and the kind of each diagnostic code: what the stages need of it, without
 * its words.
 *
 * The words live in `report/catalogue.ts`; what a kind means for the exit code is said at
 * `DiagnosticKind`. A stage may give one diagnostic another severity where it has reason to.
 */
export const diagnosticRules = {
  // the document
  "not-utf8": { severity: "error", kind: "invalid" },
  "broken-characters": { severity: "error", kind: "finding" },
  "empty-runbook": { severity: "error", kind: "invalid" },
  "unclosed-fence": { severity: "error", kind: "invalid" },
  "mdx-syntax": { severity: "error", kind: "invalid" },
  "mdx-import": { severity: "error", kind: "invalid" },
  "mdx-export": { severity: "error", kind: "invalid" },
  "mdx-expression": { severity: "error", kind: "invalid" },
  // front matter
  "front-matter-missing": { severity: "error", kind: "invalid" },
  "front-matter-syntax": { severity: "error", kind: "invalid" },
  "unknown-key": { severity: "error", kind: "invalid" },
  "missing-key": { severity: "error", kind: "invalid" },
  "invalid-value": { severity: "error", kind: "invalid" },
  // components
  "unknown-component": { severity: "error", kind: "invalid" },
  "unknown-component-attribute": { severity: "error", kind: "invalid" },
  "missing-component-attribute": { severity: "error", kind: "invalid" },
  "component-without-content": { severity: "error", kind: "invalid" },
  // fences
  "attribute-syntax": { severity: "error", kind: "invalid" },
  "unknown-attribute": { severity: "error", kind: "invalid" },
  "duplicate-attribute": { severity: "error", kind: "invalid" },
  "attribute-value": { severity: "error", kind: "invalid" },
  "attribute-conflict": { severity: "error", kind: "invalid" },
  "foreign-attribute": { severity: "info", kind: "finding" },
  "no-interpreter": { severity: "error", kind: "invalid" },
  "output-without-command": { severity: "error", kind: "invalid" },
  "expectation-syntax": { severity: "error", kind: "invalid" },
  "unknown-suffix": { severity: "warning", kind: "finding" },
  "transcript-without-prompt": { severity: "info", kind: "finding" },
  // structure
  "duplicate-step-id": { severity: "error", kind: "invalid" },
  "invalid-step-id": { severity: "error", kind: "invalid" },
  "unknown-section": { severity: "error", kind: "invalid" },
  "unknown-step": { severity: "error", kind: "invalid" },
  "unknown-procedure": { severity: "error", kind: "invalid" },
  "unknown-input": { severity: "error", kind: "invalid" },
  "unknown-contract": { severity: "error", kind: "invalid" },
  "unknown-runbook": { severity: "error", kind: "invalid" },
  "unknown-choice": { severity: "error", kind: "invalid" },
  "missing-choice": { severity: "error", kind: "invalid" },
  "include-cycle": { severity: "error", kind: "invalid" },
  "condition-syntax": { severity: "error", kind: "invalid" },
  "empty-procedure": { severity: "error", kind: "invalid" },
  // shell
  placeholder: { severity: "error", kind: "finding" },
  "undeclared-variable": { severity: "error", kind: "finding" },
  "shell-syntax": { severity: "error", kind: "finding" },
  "risk-lowered": { severity: "error", kind: "invalid" },
  "destructive-step": { severity: "warning", kind: "finding" },
  // planning
  "unknown-target": { severity: "error", kind: "invalid" },
  "no-steps": { severity: "error", kind: "invalid" },
  "missing-input": { severity: "error", kind: "invalid" },
  "input-value": { severity: "error", kind: "invalid" },
  "undeclared-input": { severity: "error", kind: "invalid" },
  "undeclared-target": { severity: "error", kind: "invalid" },
  "target-value": { severity: "error", kind: "invalid" },
  "not-supported": { severity: "error", kind: "invalid" },
  "unreachable-selection": { severity: "error", kind: "invalid" },
  // preflight
  "missing-tool": { severity: "error", kind: "environment" },
  "tool-version": { severity: "error", kind: "environment" },
  "missing-variable": { severity: "error", kind: "environment" },
  "contract-probe": { severity: "error", kind: "environment" },
  "secret-source": { severity: "error", kind: "environment" },
  "wrong-system": { severity: "error", kind: "environment" },
  // answers
  "answer-needed": { severity: "error", kind: "answer" },
  "destructive-refused": { severity: "error", kind: "answer" },
  "answers-syntax": { severity: "error", kind: "invalid" },
  "unknown-answer": { severity: "error", kind: "invalid" },
  "unfit-answer": { severity: "error", kind: "invalid" },
  // configuration
  "configuration-syntax": { severity: "error", kind: "invalid" },
  "unknown-rule": { severity: "error", kind: "invalid" },
  "baseline-syntax": { severity: "error", kind: "invalid" },
} as const satisfies Readonly<
  Record<DiagnosticCode, { readonly severity: Severity; readonly kind: DiagnosticKind }>
>;

/** The kind of a code: what a rule of the check finds is a `finding`. No I/O. */
export function kindOf(code: Problem["code"]): DiagnosticKind {
  return Object.hasOwn(diagnosticRules, code)
    ? diagnosticRules[code as DiagnosticCode].kind
    : "finding";
}

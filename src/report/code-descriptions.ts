import type { RuleExample } from "../drift/rule.ts";
import { rules } from "../drift/rules/rules.ts";
import { diagnosticRules, kindOf } from "../model/diagnostic-rules.ts";
import type { DiagnosticKind, Severity } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import { catalogue, catalogueCodes } from "./catalogue.ts";
import type { DiagnosticExample } from "./catalogue/diagnostic-words.ts";
import { pageOfCode } from "./page-of-code.ts";

/**
 * What is known of a code without any particular place: of a problem that a stage tells, or of a
 * rule of the check.
 */
export interface CodeDescription {
  readonly code: Problem["code"];
  /** What it has unless a stage or the configuration says otherwise. */
  readonly severity: Severity;
  readonly kind: DiagnosticKind;
  readonly title: string;
  /** Markdown: what it is, and why it matters. */
  readonly explanation: readonly string[];
  /** Markdown: how it is put right; absent where the hint of each problem says it. */
  readonly remedy?: string | undefined;
  readonly example: DiagnosticExample | RuleExample;
  /** Its page, relative to the root of Opswright's repository. */
  readonly page: string;
}

/**
 * Describes every code there is: those of the stages in the order of the flow, then the rules.
 *
 * Loads all rules: whoever only tells problems needs `catalogue.ts` alone. No I/O.
 */
export const codeDescriptions: ReadonlyMap<string, CodeDescription> = new Map(
  [
    ...catalogueCodes.map((code): CodeDescription => {
      const { title, explanation, example } = catalogue[code];
      const { severity, kind } = diagnosticRules[code];
      return {
        code,
        severity,
        kind,
        title,
        explanation: [explanation],
        example,
        page: pageOfCode(code),
      };
    }),
    ...rules.map(({ code, severity, title, what, why, remedy, example }): CodeDescription => ({
      code,
      severity,
      kind: kindOf(code),
      title,
      explanation: [what, why],
      remedy,
      example,
      page: pageOfCode(code),
    })),
  ].map((description) => [description.code, description]),
);

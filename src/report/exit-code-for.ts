import type { DiagnosticKind } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import { kindOf } from "../model/diagnostic-rules.ts";

/** Exit code of each kind, in the order in which one beats the other. */
const exitCodes = {
  usage: 2,
  invalid: 3,
  finding: 5,
  environment: 6,
  answer: 7,
} as const satisfies Record<DiagnosticKind, number>;

/**
 * Tells the exit code that diagnostics ask for; 0 where nothing stops.
 *
 * Errors alone count: the first kind of `usage` 2, `invalid` 3, `finding` 5, `environment` 6,
 * `answer` 7 that has one. Without errors, more warnings than `maxWarnings` make 5. Where a plan
 * is kept from being run (`isPlan`), a finding means that the runbook is not valid: 3. No I/O.
 */
export function exitCodeFor(
  diagnostics: readonly Problem[],
  options: {
    readonly maxWarnings?: number | undefined;
    readonly isPlan?: boolean | undefined;
  } = {},
): 0 | 2 | 3 | 5 | 6 | 7 {
  const kinds = new Set<DiagnosticKind>();
  let warnings = 0;
  for (const { code, severity } of diagnostics) {
    if (severity === "error") {
      const kind = kindOf(code);
      kinds.add(kind === "finding" && options.isPlan === true ? "invalid" : kind);
    }
    if (severity === "warning") warnings += 1;
  }
  for (const kind of ["usage", "invalid", "finding", "environment", "answer"] as const) {
    if (kinds.has(kind)) return exitCodes[kind];
  }
  return options.maxWarnings !== undefined && warnings > options.maxWarnings ? 5 : 0;
}

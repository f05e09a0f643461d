import type { Configuration } from "../model/configuration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import { diagnosticRules, kindOf } from "../model/diagnostic-rules.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import { rules } from "./rules/rules.ts";

/** Every code that a finding can have and a configuration or suppression can name, sorted. No I/O. */
export function listFindingCodes(): readonly string[] {
  const ofStages = Object.keys(diagnosticRules).filter(
    (code) => kindOf(code as keyof typeof diagnosticRules) === "finding",
  );
  return [...ofStages, ...rules.map(({ code }) => code)].toSorted();
}

/**
 * Gives findings the severities that the configuration wants, and leaves out what is `off`.
 *
 * What makes a runbook invalid keeps its own. No I/O.
 */
export function applySeverities(
  problems: readonly Problem[],
  severities: Configuration["rules"],
): readonly Problem[] {
  return problems.flatMap((problem): readonly Problem[] => {
    const wanted = severities[problem.code];
    if (wanted === undefined || kindOf(problem.code) !== "finding") return [problem];
    return wanted === "off" ? [] : [{ ...problem, severity: wanted }];
  });
}

/** Reports each code of the configuration that no finding has. No I/O. */
export function checkConfiguredRules(severities: Configuration["rules"]): readonly Diagnostic[] {
  const known = listFindingCodes();
  return Object.keys(severities)
    .filter((code) => !known.includes(code))
    .map((code) => makeDiagnostic("unknown-rule", { code, nearest: findNearest(code, known) }));
}

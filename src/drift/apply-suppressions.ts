import { kindOf } from "../model/diagnostic-rules.ts";
import type { Problem } from "../model/problem.ts";
import type { RuleFinding } from "../model/rule-finding.ts";
import type { Suppression } from "../model/suppression.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { makeFinding } from "./rule.ts";
import { suppressionWithoutReason } from "./rules/suppression-without-reason.ts";
import { suppressionOfUnknown } from "./rules/suppression-of-unknown.ts";
import { unusedSuppression } from "./rules/unused-suppression.ts";

/** What is left to tell, and how many were suppressed. */
export interface SuppressedProblems {
  readonly problems: readonly Problem[];
  readonly suppressedCount: number;
}

/**
 * Takes suppressed findings away and adds what is wrong with the suppressions themselves.
 *
 * Only findings can be suppressed: what makes a runbook invalid stays. A finding without a place is
 * covered by a suppression for the whole document alone. `knownCodes` are all that there are. No I/O.
 */
export function applySuppressions(
  problems: readonly Problem[],
  suppressions: readonly Suppression[],
  knownCodes: readonly string[],
): SuppressedProblems {
  const byPath = new Map<string, Suppression[]>();
  for (const suppression of suppressions) {
    byPath.set(suppression.path, [...(byPath.get(suppression.path) ?? []), suppression]);
  }
  const used = new Map<Suppression, Set<string>>();
  const kept = problems.filter((problem) => {
    if (kindOf(problem.code) !== "finding") return true;
    const covering = (byPath.get(problem.path ?? "") ?? []).filter(
      (one) => one.reason !== "" && one.codes.includes(problem.code) && isCovered(problem, one),
    );
    for (const one of covering) used.set(one, (used.get(one) ?? new Set()).add(problem.code));
    return covering.length === 0;
  });
  const ofSuppressions = suppressions.flatMap((one) =>
    judgeSuppression(one, used.get(one) ?? new Set(), knownCodes),
  );
  return {
    problems: [...kept, ...ofSuppressions],
    suppressedCount: problems.length - kept.length,
  };
}

/** Whole lines count: a comment above a list item covers all that stands in its lines. */
function isCovered({ span }: Problem, { scope }: Suppression): boolean {
  if (scope === undefined) return true;
  if (span === undefined) return false;
  return span.start.line >= scope.start.line && span.start.line <= scope.end.line;
}

function judgeSuppression(
  suppression: Suppression,
  used: ReadonlySet<string>,
  knownCodes: readonly string[],
): readonly RuleFinding[] {
  const { codes, reason } = suppression;
  if (codes.length === 0 || reason === "") {
    const args = { lacks: codes.length === 0 ? ("code" as const) : ("reason" as const) };
    return [makeFinding(suppressionWithoutReason, args, suppression)];
  }
  return codes.flatMap((code): readonly RuleFinding[] => {
    if (used.has(code)) return [];
    if (knownCodes.includes(code)) return [makeFinding(unusedSuppression, { code }, suppression)];
    const nearest = findNearest(code, knownCodes);
    return [makeFinding(suppressionOfUnknown, { code, nearest }, suppression)];
  });
}

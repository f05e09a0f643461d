import type { Severity } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import { describeDiagnostic } from "./catalogue.ts";

/**
 * Puts diagnostics into the order of their places: by path, line, column, then code and message;
 * those without a place come last, and what is told twice is kept once. No I/O.
 */
export function orderDiagnostics(diagnostics: readonly Problem[]): readonly Problem[] {
  const byKey = new Map<string, { diagnostic: Problem; message: string }>();
  for (const diagnostic of diagnostics) {
    const { message } = describeDiagnostic(diagnostic);
    const key = [diagnostic.path, diagnostic.span?.start.offset, diagnostic.code, message].join(
      "\0",
    );
    if (!byKey.has(key)) byKey.set(key, { diagnostic, message });
  }
  return [...byKey.values()]
    .toSorted(
      (one, other) =>
        compare(one.diagnostic.path ?? "\u{10ffff}", other.diagnostic.path ?? "\u{10ffff}") ||
        (one.diagnostic.span?.start.line ?? 0) - (other.diagnostic.span?.start.line ?? 0) ||
        (one.diagnostic.span?.start.column ?? 0) - (other.diagnostic.span?.start.column ?? 0) ||
        compare(one.diagnostic.code, other.diagnostic.code) ||
        compare(one.message, other.message),
    )
    .map(({ diagnostic }) => diagnostic);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** How many diagnostics of each severity there are. No I/O. */
export function countSeverities(diagnostics: readonly Problem[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity] += 1;
  return counts;
}

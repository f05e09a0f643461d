import type { Baseline, BaselineEntry } from "../model/baseline.ts";
import { kindOf } from "../model/diagnostic-rules.ts";
import type { Problem } from "../model/problem.ts";
import { digestIdentity, type FindingIdentity } from "./identify-finding.ts";

/** What a baseline leaves to be told. */
export interface BaselineResult {
  readonly problems: readonly Problem[];
  readonly knownCount: number;
  /** Entries, with how many of their findings are not there any more. */
  readonly gone: readonly BaselineEntry[];
}

/**
 * Takes the findings away that a baseline knows; of more than it counts, the last are told.
 *
 * What makes a runbook invalid always stays. No I/O.
 */
export function applyBaseline(
  problems: readonly Problem[],
  baseline: Baseline,
  identify: (problem: Problem) => FindingIdentity,
): BaselineResult {
  const open = new Map<string, number>();
  for (const entry of baseline.findings) {
    const key = digestIdentity(entry);
    open.set(key, (open.get(key) ?? 0) + entry.count);
  }
  const told = problems.filter((problem) => {
    if (kindOf(problem.code) !== "finding") return true;
    const key = digestIdentity(identify(problem));
    const count = open.get(key) ?? 0;
    if (count > 0) open.set(key, count - 1);
    return count === 0;
  });
  const gone = baseline.findings.flatMap((entry) => {
    const key = digestIdentity(entry);
    const count = Math.min(entry.count, open.get(key) ?? 0);
    open.set(key, (open.get(key) ?? 0) - count);
    return count === 0 ? [] : [{ ...entry, count }];
  });
  return { problems: told, knownCount: problems.length - told.length, gone };
}

/**
 * Makes the baseline of all findings there are: sorted by path, code and message, so that a
 * difference of two can be read. No I/O.
 */
export function makeBaseline(
  problems: readonly Problem[],
  identify: (problem: Problem) => FindingIdentity,
): Baseline {
  const entries = new Map<string, BaselineEntry>();
  for (const problem of problems) {
    if (kindOf(problem.code) !== "finding") continue;
    const identity = identify(problem);
    const key = digestIdentity(identity);
    const known = entries.get(key);
    entries.set(key, { ...(known ?? identity), count: (known?.count ?? 0) + 1 });
  }
  return { schemaVersion: 1, findings: [...entries.values()].toSorted(byPlaceAndCode) };
}

function byPlaceAndCode(one: BaselineEntry, other: BaselineEntry): number {
  for (const key of ["path", "code", "message", "line"] as const) {
    if (one[key] !== other[key]) return one[key] < other[key] ? -1 : 1;
  }
  return 0;
}

import type { Problem } from "../model/problem.ts";
import { findFix } from "./find-fix.ts";

/** Gives each problem the fix that can be made without a person; `sources` are texts by path. No I/O. */
export function attachFixes(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
): readonly Problem[] {
  return problems.map((problem) => {
    const fix = findFix(problem, sources.get(problem.path ?? ""));
    return fix === undefined ? problem : { ...problem, fix };
  });
}

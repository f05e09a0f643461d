import type { Problem } from "../../model/problem.ts";
import type { ClaimCounts } from "../../model/drift.ts";

/** All that a check has to tell, in whatever format. */
export interface CheckReport {
  /** In the order of their places, each once. */
  readonly problems: readonly Problem[];
  /** Texts by path: of documents, and of files that findings rest on. */
  readonly sources: ReadonlyMap<string, string>;
  /** Paths of the documents that were checked, sorted. */
  readonly documents: readonly string[];
  readonly claims: ClaimCounts;
  /** Findings that are there and are not told. */
  readonly hidden: HiddenCounts;
  /** What the check ends with. */
  readonly exitCode: number;
}

/** Why findings are not told, and how many each. */
export interface HiddenCounts {
  /** By a comment in the document. */
  readonly suppressed: number;
  /** By the baseline. */
  readonly known: number;
  /** Since nothing of them changed. */
  readonly unchanged: number;
}

/** `path:line:column`, or as much of it as there is; empty without a path. No I/O. */
export function namePlaceOf({ path, span }: Pick<Problem, "path" | "span">): string {
  if (path === undefined) return "";
  return span === undefined ? path : `${path}:${span.start.line}:${span.start.column}`;
}

/**
 * Says in one sentence what is not told; empty where all is. No I/O.
 *
 * @example "Not told: 12 known by the baseline, 1 suppressed."
 */
export function describeHidden({ suppressed, known, unchanged }: HiddenCounts): string {
  const parts = [
    known === 0 ? "" : `${known} known by the baseline`,
    suppressed === 0 ? "" : `${suppressed} suppressed`,
    unchanged === 0 ? "" : `${unchanged} elsewhere than what changed`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Not told: ${parts.join(", ")}.`;
}

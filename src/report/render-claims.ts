import type { ClaimCounts } from "../model/drift.ts";
import { countNoun } from "./count-noun.ts";

/**
 * Says in one line what became of the claims of documents; empty where there are none.
 *
 * No I/O.
 *
 * @example "61 claims: 40 agree with the repository, 1 differs, 20 were not judged."
 */
export function renderClaimCounts({ total, agreed, differed, unjudged }: ClaimCounts): string {
  if (total === 0) return "";
  const open = unjudged.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    `${agreed} ${agreed === 1 ? "agrees" : "agree"} with the repository`,
    `${differed} ${differed === 1 ? "differs" : "differ"}`,
    `${open} ${open === 1 ? "was" : "were"} not judged`,
  ];
  return `${countNoun(total, "claim")}: ${parts.join(", ")}.`;
}

/**
 * Lists why claims were not judged, one line a reason, the commonest first. No I/O.
 *
 * @example ["  12 container: there is no Compose file"]
 */
export function renderUnjudgedClaims({ unjudged }: ClaimCounts): readonly string[] {
  const ordered = unjudged.toSorted(
    (one, other) => other.count - one.count || (one.kind < other.kind ? -1 : 1),
  );
  const width = String(ordered[0]?.count ?? 0).length;
  return ordered.map(
    ({ kind, reason, count }) => `  ${String(count).padStart(width)} ${kind}: ${reason}`,
  );
}

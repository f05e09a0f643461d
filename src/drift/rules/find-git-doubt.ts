import type { GitClaim } from "../claims/git-claims.ts";
import { settlePlace } from "../claims/start-place.ts";
import { isSameRepository, type GitFacts, type GitNameList } from "../facts/git-facts.ts";

/**
 * Why a name of git's cannot be judged by these facts; undefined where it can.
 *
 * A document that clones another repository speaks of that one's branches, not of ours. No I/O.
 */
export function findGitDoubt(
  { start, clones, clone }: GitClaim,
  { tree, urls }: GitFacts,
  known: GitNameList,
): string | undefined {
  const place = settlePlace(start, tree);
  if (place.kind === "unknown") return place.reason;
  const isForeign = (url: string): boolean => !urls.some((own) => isSameRepository(own, url));
  if (clone !== undefined && isForeign(clone)) return "it is a name of another repository";
  if (!known.isDeclared && clones.some(isForeign)) return "the document clones another repository";
  if (known.isPartial) return "this clone is shallow, so names can be missing";
  return undefined;
}

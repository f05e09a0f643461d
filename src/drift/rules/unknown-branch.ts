import { findNearest } from "../../parse/find-nearest.ts";
import { branchClaims, type GitClaim } from "../claims/git-claims.ts";
import { isLastingBranch } from "../claims/git-reference.ts";
import type { FactSource } from "../fact-source.ts";
import { gitFacts, type GitFacts } from "../facts/git-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { findGitDoubt } from "./find-git-doubt.ts";
import { isMistyped } from "./is-mistyped.ts";
import { suggestName } from "./suggest-name.ts";

/** A command names a branch that git does not know. */
export const unknownBranch = defineClaimRule<
  GitClaim,
  { git: FactSource<GitFacts> },
  { name: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "git/unknown-branch",
  severity: "error",
  title: "A branch that git does not know",
  what: "A git command names a branch that neither this clone nor its remotes have. A branch can be anybody's own, so a name is told only where the configuration lists the branches, where it is a slip for one that is there, or where it is one that teams keep (`main`, `develop`, `staging`).",
  why: "The command fails with `pathspec did not match`, or pushes to a branch that nobody deploys: often the branch was renamed, as from `master` to `main`.",
  remedy:
    "Write the branch's name as it is now; or list the branches of the subject in `opswright.config.json`.",
  example: {
    language: "bash",
    wrong: "git push origin devlop",
    right: "git push origin develop",
  },
  claims: branchClaims,
  facts: { git: gitFacts },
  judge({ value }, { git }) {
    const { branches, remotes } = git;
    if (branches === undefined)
      return unjudged("git knows no branches of this folder's repository");
    const { name, remote } = value;
    const doubt = findGitDoubt(value, git, branches);
    if (branches.names.includes(name) || git.tags?.names.includes(name) === true)
      return value.clone === undefined || doubt === undefined ? agreed : unjudged(doubt);
    if (doubt !== undefined) return unjudged(doubt);
    // A remote that is not here has branches of its own; one that is misspelt is told as such.
    if (remote !== undefined && remotes?.names.includes(remote) === false && !branches.isDeclared)
      return unjudged("its remote is not known here");
    const nearest = findNearest(name, branches.names);
    const isCertain =
      branches.isDeclared ||
      (nearest !== undefined && isMistyped(name, nearest)) ||
      (isLastingBranch(name) && git.traits.holdsSource());
    if (!isCertain) return unjudged("a branch of that name can be anybody's own");
    return differed({ name, nearest, known: branches.names });
  },
  message: ({ name }) => `Git knows no branch \`${name}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});

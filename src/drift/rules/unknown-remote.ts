import { remoteClaims, type GitClaim } from "../claims/git-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { gitFacts, type GitFacts } from "../facts/git-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { findGitDoubt } from "./find-git-doubt.ts";
import { isMistyped } from "./is-mistyped.ts";
import { suggestName } from "./suggest-name.ts";

/** A command names a remote that git does not know. */
export const unknownRemote = defineClaimRule<
  GitClaim,
  { git: FactSource<GitFacts> },
  { name: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "git/unknown-remote",
  severity: "error",
  title: "A remote that git does not know",
  what: "A git command names a remote that is not there. Each clone has remotes of its own, so a name is told only where the configuration lists the remotes, or where it is a slip for one that is there.",
  why: "The command fails with `does not appear to be a git repository`, after what came before it was done.",
  remedy:
    "Write the name that `git remote` shows; or list the remotes of the subject in `opswright.config.json`.",
  example: {
    language: "bash",
    wrong: "git push orgin develop",
    right: "git push origin develop",
  },
  claims: remoteClaims,
  facts: { git: gitFacts },
  judge({ value }, { git }) {
    const { remotes } = git;
    if (remotes === undefined || remotes.names.length === 0)
      return unjudged("git knows no remotes of this folder's repository");
    if (remotes.names.includes(value.name)) return agreed;
    // A clone that is cut off has all of its remotes.
    const doubt = findGitDoubt(value, git, { ...remotes, isPartial: false });
    if (doubt !== undefined) return unjudged(doubt);
    const nearest = remotes.names.find((known) => isMistyped(value.name, known));
    if (nearest === undefined && !remotes.isDeclared)
      return unjudged("each clone has remotes of its own");
    return differed({ name: value.name, nearest, known: remotes.names });
  },
  message: ({ name }) => `Git knows no remote \`${name}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});

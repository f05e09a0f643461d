import { tagClaims, type GitClaim } from "../claims/git-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { gitFacts, type GitFacts } from "../facts/git-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { findGitDoubt } from "./find-git-doubt.ts";

/** A command names a tag that git does not know. */
export const unknownTag = defineClaimRule<
  GitClaim,
  { git: FactSource<GitFacts> },
  { name: string; instead: string | undefined; latest: string }
>({
  code: "git/unknown-tag",
  severity: "error",
  title: "A tag that git does not know",
  what: "A git command names a version that is no tag. It is told where the tag is there with or without a `v`, and where later versions have tags of the same form; a version still to come, or one such as `v1.2.3` that stands for any, is not judged.",
  why: "The command fails with `pathspec did not match`, in a rollback of all things.",
  remedy: "Write the tag as `git tag --list` shows it, or make it an input of the type `git-ref`.",
  example: {
    language: "bash",
    wrong: "git checkout 2.4.0",
    right: "git checkout v2.4.0",
  },
  claims: tagClaims,
  facts: { git: gitFacts },
  judge({ value }, { git }) {
    const { tags, branches } = git;
    if (tags === undefined || tags.names.length === 0)
      return unjudged("git knows no tags of this folder's repository");
    const { name } = value;
    const doubt = findGitDoubt(value, git, tags);
    if (tags.names.includes(name) || branches?.names.includes(name) === true)
      return value.clone === undefined || doubt === undefined ? agreed : unjudged(doubt);
    if (doubt !== undefined) return unjudged(doubt);
    const instead = [`v${name}`, name.replace(/^v/, "")].find((one) => tags.names.includes(one));
    const latest = findLatest(tags.names, name.startsWith("v"));
    if (instead === undefined) {
      if (standsForAny.test(name)) return unjudged("it stands for any version");
      if (latest === undefined || compareVersions(name, latest) > 0)
        return unjudged("it can be a version still to come");
    }
    return differed({ name, instead, latest: latest ?? instead ?? "" });
  },
  message: ({ name }) => `Git knows no tag \`${name}\`.`,
  hint: ({ instead, latest }) =>
    instead === undefined
      ? `The latest tag is \`${latest}\`; \`git tag --list\` shows all.`
      : `Did you mean \`${instead}\`?`,
});

/** What documents write where they mean whatever version there is. */
const standsForAny =
  /^v?(?:1\.2\.3|1\.2\.4|1\.0(?:\.0)?|0\.0\.[01]|0\.1(?:\.0)?|2\.0(?:\.0)?|1\.1(?:\.0)?)$/;

function findLatest(tags: readonly string[], hasLetter: boolean): string | undefined {
  return tags
    .filter((tag) => /^v?\d+(?:\.\d+)+$/.test(tag) && tag.startsWith("v") === hasLetter)
    .toSorted(compareVersions)
    .at(-1);
}

/** Number by number; what is behind a hyphen does not count. */
function compareVersions(one: string, other: string): number {
  const [left, right] = [one, other].map((version) =>
    (version.split(/[-+]/, 1)[0] ?? "").replace(/^v/, "").split(".").map(Number),
  );
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

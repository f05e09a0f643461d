import { countEdits } from "../../parse/find-nearest.ts";

/** What a word of git's command line names. */
export interface GitReference {
  readonly kind: "branch" | "tag";
  readonly name: string;
  /** The remote before the slash: of `origin/develop`, `origin`. */
  readonly remote?: string | undefined;
  /** Where the name begins in the text. */
  readonly at: number;
}

/** Branches that a team has for good, under the names that teams give them. */
const lasting = new Set(
  "main master develop development dev staging stage production prod trunk stable next live qa uat gh-pages".split(
    " ",
  ),
);
const lastingRemotes = ["origin", "upstream"];
/** Names that stand for a branch of the reader's own. */
const ownBranch =
  /^(?:feat(?:ure)?s?|fix(?:es)?|hotfix(?:es)?|bugfix(?:es)?|releases?|chore|docs?|tests?|users?|topics?|wip|pr|pull|issues?|dependabot|renovate|backup|before|rollback|revert)[/_-]|branch|^(?:my|your|the|some|new|old|te?mp|test|example|foo|bar|topic|patch|name|x+)(?:\b|[_-])|^[A-Z][A-Z0-9_-]+$/;
const version = /^v?\d+(?:\.\d+)+(?:[-+][\w.-]+)?$/;

/** True for the name of a branch that teams keep: `develop`. No I/O. */
export function isLastingBranch(name: string): boolean {
  return lasting.has(name);
}

/**
 * Reads the branches and tags that a word names: both ends of a range, without `~1` and `^`.
 *
 * Commits, `HEAD`, expansions, and names that stand for a branch of the reader's own are left out.
 * A `loose` word can be a path as well: then only what is plainly a branch counts. No I/O.
 *
 * @example readGitReferences("origin/develop..HEAD", "loose")
 *   equals [{ kind: "branch", name: "develop", remote: "origin", at: 7 }]
 */
export function readGitReferences(word: string, kind: "sure" | "loose"): readonly GitReference[] {
  const isRange = word.includes("..") && !word.includes("/..") && !word.startsWith("..");
  const found: GitReference[] = [];
  let at = 0;
  for (const part of word.split(/(\.{2,3})/)) {
    const reference = readPart(part, at, kind === "sure" || isRange);
    if (reference !== undefined) found.push(reference);
    at += part.length;
  }
  return found;
}

function readPart(part: string, at: number, isSure: boolean): GitReference | undefined {
  const [, before = "", name = ""] = /^(["'^+]*)([^"'~^@:\s]*)/.exec(part) ?? [];
  const [, prefix = "", short = ""] =
    /^((?:refs\/)?(?:heads|tags|remotes)\/)?(.*)$/.exec(name) ?? [];
  const start = at + before.length + prefix.length;
  if (!/^\w[\w./-]*$/.test(short) || /[$`{}]/.test(part)) return undefined;
  if (/(?:^|_)HEAD$/.test(short) || /^[0-9a-f]{6,40}$/.test(short)) return undefined;
  if (prefix.endsWith("tags/") || version.test(short))
    return { kind: "tag", name: short, at: start };
  const slash = short.indexOf("/");
  const first = short.slice(0, Math.max(slash, 0));
  if (first !== "" && lastingRemotes.some((remote) => countEdits(first, remote) <= 1)) {
    const branch = short.slice(slash + 1);
    if (ownBranch.test(branch) || branch.endsWith("HEAD")) return undefined;
    return { kind: "branch", name: branch, remote: first, at: start + slash + 1 };
  }
  if (ownBranch.test(short)) return undefined;
  if (!isSure && !lasting.has(short)) return undefined;
  return { kind: "branch", name: short, at: start };
}

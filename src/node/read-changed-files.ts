import { ProjectError } from "./read-project.ts";
import { runGit } from "./run-git.ts";

/** The paths that changed, or that there is no such revision. */
export type ChangedFiles =
  | { readonly kind: "changed"; readonly paths: ReadonlySet<string> }
  | {
      readonly kind: "unknown-revision";
      readonly names: readonly string[];
      readonly isShallow: boolean;
    };

/**
 * Reads which files differ from a revision: in commits since the branches parted, in the index, in
 * the working tree, and those that git does not know yet.
 *
 * Paths are relative to `root`; a file that was moved counts with both names, a removed one too. In
 * a clone that is too shallow to know where the branches parted, the revision itself is compared.
 * `names` are the branches and tags that there are. Throws `ProjectError` where there is no git.
 * Starts git.
 */
export async function readChangedFiles(root: string, revision: string): Promise<ChangedFiles> {
  if ((await runGit(root, ["rev-parse", "--is-inside-work-tree"])) === undefined) {
    throw new ProjectError(
      `${root} is no git repository, or git is not installed: what has changed cannot be told.`,
    );
  }
  const commit = await runGit(root, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]);
  if (commit === undefined) return { kind: "unknown-revision", ...(await readNames(root)) };
  const parted = await runGit(root, ["merge-base", commit.trim(), "HEAD"]);
  const base = (parted ?? commit).trim();
  const [tracked, untracked] = await Promise.all([
    runGit(root, [
      "diff",
      "--name-only",
      "-z",
      "--relative",
      "--no-renames",
      "--no-ext-diff",
      base,
    ]),
    runGit(root, ["ls-files", "--others", "--exclude-standard", "-z"]),
  ]);
  if (tracked === undefined || untracked === undefined) {
    throw new ProjectError(`git cannot tell what changed since ${revision}.`);
  }
  const paths = `${tracked}${untracked}`.split("\0").filter((path) => path !== "");
  return { kind: "changed", paths: new Set(paths) };
}

async function readNames(
  root: string,
): Promise<{ readonly names: readonly string[]; readonly isShallow: boolean }> {
  const [refs, shallow] = await Promise.all([
    runGit(root, ["for-each-ref", "--format=%(refname:short)"]),
    runGit(root, ["rev-parse", "--is-shallow-repository"]),
  ]);
  const names = (refs ?? "").split("\n").filter((name) => name !== "");
  return { names, isShallow: shallow?.trim() === "true" };
}

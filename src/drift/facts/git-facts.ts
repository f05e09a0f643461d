import type { FactSource } from "../fact-source.ts";
import type { FileTree } from "../file-tree.ts";
import { createTreeTraits, type TreeTraits } from "./tree-traits.ts";

/** Names that git knows of a subject's repository; a list is absent where nothing tells them. */
export interface GitFacts {
  readonly branches?: GitNameList | undefined;
  readonly remotes?: GitNameList | undefined;
  readonly tags?: GitNameList | undefined;
  /** Addresses of the remotes, where git tells them. */
  readonly urls: readonly string[];
  /** The subject's files, and what they say of it as a whole. */
  readonly tree: FileTree;
  readonly traits: TreeTraits;
}

/** Names of one kind, and how far their absence proves something. */
export interface GitNameList {
  readonly names: readonly string[];
  /** The configuration lists them: there are no others. */
  readonly isDeclared: boolean;
  /** The clone is cut off: others can be missing here. */
  readonly isPartial: boolean;
}

/** Facts of git: branches, remotes and tags. */
export const gitFacts: FactSource<GitFacts> = {
  name: "git",
  title: "git",
  description:
    "Asks git for branches (those of remotes included), remotes and tags. For a folder that stands for another repository, `branches` and `remotes` of its entry under `subjects` in the configuration are what counts. In a shallow clone, what is missing proves nothing.",
  async observe({ repository, subject, declared, tree }) {
    const git = subject === "" ? await repository.readGit() : undefined;
    const list = (
      own: readonly string[] | undefined,
      names: readonly string[] | undefined,
    ): GitNameList | undefined => {
      if (own !== undefined) return { names: own, isDeclared: true, isPartial: false };
      if (names === undefined) return undefined;
      return { names, isDeclared: false, isPartial: git?.isShallow === true };
    };
    const facts: GitFacts = {
      branches: list(declared.branches, git?.branches),
      remotes: list(
        declared.remotes,
        git?.remotes.map(({ name }) => name),
      ),
      tags: list(undefined, git?.tags),
      urls: git?.remotes.map(({ url }) => url) ?? [],
      tree,
      traits: createTreeTraits(tree),
    };
    return { facts, problems: [] };
  },
};

/** True where two addresses mean one repository, whatever the protocol. No I/O. */
export function isSameRepository(one: string, other: string): boolean {
  return repositoryPath(one) === repositoryPath(other);
}

/** @example of `git@github.com:a/b.git` and `https://github.com/a/b`: "github.com/a/b" */
function repositoryPath(url: string): string {
  return url
    .replace(/^["']|["']$/g, "")
    .replace(/^\w+:\/\//, "")
    .replace(/^[^@/]*@/, "")
    .replace(/^([^/:]+):(?!\d+\/)/, "$1/")
    .replace(/(?:\.git)?\/?$/, "")
    .toLowerCase();
}

import type { FactPlace, FactSource } from "../fact-source.ts";
import { createFileTree, type FileTree } from "../file-tree.ts";
import type { RemovedFile } from "../ports.ts";
import { createTreeTraits, type TreeTraits } from "./tree-traits.ts";

/** The files of a subject and of the repository around it, and what became of others. */
export interface FileTreeFacts {
  /** The folder that documents speak of, relative to the root; empty for the root itself. */
  readonly subject: string;
  /** The subject's files, by paths relative to it. */
  readonly tree: FileTree;
  /** Every file of the repository. */
  readonly root: FileTree;
  /** What the subject's files say of it as a whole. */
  readonly traits: TreeTraits;
  /** What every file says of the repository. */
  readonly rootTraits: TreeTraits;
  /** True where `.gitignore` keeps a path, relative to the root, out of the repository. */
  isIgnored(path: string): Promise<boolean>;
  /**
   * What became of a file that history knows and the tree has not, over all its moves; `movedTo` is
   * a file that is there. The path is relative to the root.
   */
  traceRemoval(path: string): Promise<RemovedFile | undefined>;
}

/** Facts of the file tree and of its history. */
export const fileTreeFacts: FactSource<FileTreeFacts> = {
  name: "file-tree",
  title: "the file tree",
  description:
    "Lists the files that git tracks or would track; what `.gitignore` names is not judged. For a path that is not there, git's history tells when it was removed, or where it was moved.",
  async observe(place) {
    const root =
      place.subject === "" ? place.tree : createFileTree(await place.repository.listFiles());
    const rootTraits = createTreeTraits(root);
    const ignored = new Map<string, Promise<boolean>>();
    const facts: FileTreeFacts = {
      subject: place.subject,
      tree: place.tree,
      root,
      traits: root === place.tree ? rootTraits : createTreeTraits(place.tree),
      rootTraits,
      isIgnored(path) {
        const known = ignored.get(path) ?? isIgnored(place, path);
        ignored.set(path, known);
        return known;
      },
      traceRemoval: (path) => traceRemoval(place, root, path),
    };
    return { facts, problems: [] };
  },
};

async function isIgnored({ repository }: FactPlace, path: string): Promise<boolean> {
  if (await repository.isIgnored(path)) return true;
  // That a path which is not there would be a folder, the slash behind it alone can tell.
  return !/\.\w+$/.test(path) && repository.isIgnored(`${path}/`);
}

/** A file that is moved more often than this goes round in circles. */
const mostMoves = 20;

async function traceRemoval(
  { repository }: FactPlace,
  root: FileTree,
  path: string,
): Promise<RemovedFile | undefined> {
  let last = await repository.findRemoval(path);
  for (let moves = 0; last?.movedTo !== undefined && moves < mostMoves; moves += 1) {
    if (root.hasFile(last.movedTo)) return last;
    const next = await repository.findRemoval(last.movedTo);
    if (next === undefined) break;
    last = next;
  }
  return last === undefined ? undefined : { commit: last.commit, date: last.date };
}

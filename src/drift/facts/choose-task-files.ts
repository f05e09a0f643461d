import type { FileTree } from "../file-tree.ts";

/** A repository has few files of tasks; of a great many, those nearest to the top are enough. */
const mostFiles = 300;
const foreignFolder = /(?:^|\/)(?:node_modules|vendor|third_party|\.venv|venv)\//;

/**
 * The files of a tree that match and are its own, those nearest to the top first, at most 300.
 *
 * No I/O.
 */
export function chooseTaskFiles(tree: FileTree, pattern: RegExp): readonly string[] {
  return tree
    .match(pattern)
    .filter((file) => !foreignFolder.test(file))
    .map((file) => ({ file, depth: file.split("/").length }))
    .toSorted((one, other) => one.depth - other.depth)
    .slice(0, mostFiles)
    .map(({ file }) => file);
}

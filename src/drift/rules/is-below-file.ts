import type { FileTree } from "../file-tree.ts";

/**
 * True where a folder above a path is listed as a file: a symbolic link or a submodule, behind which
 * nothing is known. No I/O.
 */
export function isBelowFile(path: string, tree: FileTree): boolean {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (tree.hasFile(path.slice(0, end))) return true;
  }
  return false;
}

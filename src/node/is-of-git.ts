import path from "node:path";

/**
 * True where a path below a folder is one of git's own, such as `.git/config`, by its name alone.
 *
 * What stands there is no content of the repository, may hold credentials, and runs at the next
 * command of git: documents have no business with it. Some systems tell no case apart. No I/O.
 */
export function isOfGit(file: string, folder: string): boolean {
  return path
    .relative(folder, file)
    .split(path.sep)
    .some((part) => part.toLowerCase() === ".git");
}

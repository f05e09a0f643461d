/** The files and folders of a repository or a part of it, for look-ups by path. */
export interface FileTree {
  /** Sorted; relative, with forward slashes. */
  readonly files: readonly string[];
  hasFile(path: string): boolean;
  /** True for each folder that holds a file, and for the root itself (`""`, `"."`). */
  hasFolder(path: string): boolean;
  /** Files whose whole path matches. */
  match(pattern: RegExp): readonly string[];
  /** Names of files and folders right below a folder. */
  namesIn(folder: string): readonly string[];
}

/** Makes a tree of paths; those of a large repository are indexed once. No I/O. */
export function createFileTree(paths: readonly string[]): FileTree {
  const files = paths.toSorted();
  const known = new Set(files);
  const folders = new Map<string, Set<string>>([["", new Set()]]);
  for (const file of files) addToFolders(file, folders);
  return {
    files,
    hasFile: (path) => known.has(normalisePath(path)),
    hasFolder: (path) => folders.has(normalisePath(path)),
    match: (pattern) => files.filter((file) => pattern.test(file)),
    namesIn: (folder) => [...(folders.get(normalisePath(folder)) ?? [])],
  };
}

function addToFolders(file: string, folders: Map<string, Set<string>>): void {
  for (let rest = file; ; rest = folderOf(rest)) {
    const name = rest.slice(rest.lastIndexOf("/") + 1);
    const names = folders.get(folderOf(rest));
    // A folder that is known already has its place in the one above it.
    if (names !== undefined) {
      names.add(name);
      return;
    }
    folders.set(folderOf(rest), new Set([name]));
  }
}

/**
 * A relative path without `.`, `..` and doubled slashes; what leads out keeps its leading `..`. No
 * I/O.
 *
 * @example normalisePath("./a/../b//c/") === "b/c"; normalisePath("../x") === "../x"
 */
export function normalisePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

/**
 * A path below a folder, normalised. No I/O.
 *
 * @example joinPath("docs/a", "../b.md") === "docs/b.md"
 */
export function joinPath(folder: string, path: string): string {
  return normalisePath(folder === "" ? path : `${folder}/${path}`);
}

/** The folder of a path; empty at the top. No I/O. */
export function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}

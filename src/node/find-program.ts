import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/**
 * Every executable of that name on a PATH, first match first; a name with a slash is taken as a
 * path from `directory`.
 *
 * Reads the file system; starts nothing.
 *
 * @example findPrograms("bash", { path: "/usr/local/bin:/bin", directory: "/" }) → ["/bin/bash"]
 */
export function findPrograms(
  name: string,
  where: { readonly path: string | undefined; readonly directory: string },
): readonly string[] {
  if (name === "") return [];
  if (name.includes("/")) {
    const file = path.resolve(where.directory, name);
    return isExecutable(file) ? [file] : [];
  }
  if (where.path === undefined) return [];
  const folders = where.path.split(path.delimiter);
  // An empty entry of PATH means the current directory.
  const files = folders.map((folder) => path.resolve(where.directory, folder, name));
  return [...new Set(files)].filter(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

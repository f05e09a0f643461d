import path from "node:path";

/** True where a path is a folder or below it, by their names alone. No I/O. */
export function isInside(file: string, folder: string): boolean {
  const [first] = path.relative(folder, file).split(path.sep);
  return first !== ".." && !path.isAbsolute(path.relative(folder, file));
}

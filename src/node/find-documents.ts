import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { ProjectError } from "./read-project.ts";

/** A document's file: `file` is absolute, `path` relative to the root, `id` below its folder. */
export interface DocumentFile {
  readonly file: string;
  readonly path: string;
  readonly id: string;
}

/** Documents that are about a folder and not runbooks themselves, and folders that hold none. */
const passedOver = /^(?:_.*|\..*|node_modules)$/;

/**
 * Lists the `.mdx` and `.md` documents below a folder, or the one that `start` names, sorted by
 * path.
 *
 * Names that start with `_` or `.` are passed over below the folder. Links are followed only where
 * they stay inside the root. An id is the path below `base` without its ending. Throws
 * `ProjectError` where `start` is not there. Reads the file system.
 */
export async function findDocuments(
  root: string,
  start: string,
  base: string,
): Promise<DocumentFile[]> {
  const info = await stat(start).catch(() => undefined);
  if (info === undefined)
    throw new ProjectError(`There is no ${path.relative(root, start) || start}.`);
  const files = info.isDirectory() ? await listFolder(root, start) : [start];
  return files
    .map((file) => ({
      file,
      path: toPosix(path.relative(root, file)),
      id: toPosix(path.relative(base, file)).replace(/\.mdx?$/, ""),
    }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

async function listFolder(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  async function walk(current: string): Promise<void> {
    const real = await realpath(current);
    // A link that leads back up would never end, one that leads out is not the team's.
    if (seen.has(real) || (!isInside(real, root) && !isInside(real, folder))) return;
    seen.add(real);
    for (const entry of await readdir(current, { withFileTypes: true })) {
      if (passedOver.test(entry.name)) continue;
      const file = path.join(current, entry.name);
      const info = entry.isSymbolicLink() ? await stat(file).catch(() => undefined) : entry;
      if (info?.isDirectory() === true) await walk(file);
      else if (info?.isFile() === true && /\.mdx?$/.test(entry.name)) found.push(file);
    }
  }
  await walk(folder);
  return found;
}

function isInside(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}

function toPosix(file: string): string {
  return file.split(path.sep).join("/");
}

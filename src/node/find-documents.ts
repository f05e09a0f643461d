import type { Dirent, Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isInside } from "./is-inside.ts";
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
 * Names that start with `_` or `.` are passed over below the folder. Links to files and folders are
 * followed only where they stay inside the root, and each folder is listed once, by its own name
 * where it has one. An id is the path below `base` without its ending. Throws `ProjectError` where
 * `start` is not there, leads out of the root by a link, or a folder cannot be read. Reads the file
 * system.
 */
export async function findDocuments(
  root: string,
  start: string,
  base: string,
): Promise<DocumentFile[]> {
  const info = await stat(start).catch(() => undefined);
  if (info === undefined)
    throw new ProjectError(
      `There is no ${path.relative(root, start) || start}. Name a runbook or a folder of runbooks.`,
    );
  const real = await realpath(start);
  if (isInside(start, root) && !isInside(real, root)) {
    throw new ProjectError(
      `${path.relative(root, start)} is a link that leads out of the repository, so it is not read.`,
    );
  }
  const files = info.isDirectory()
    ? await listFolder(start, (one) => isInside(one, root) || isInside(one, real))
    : [start];
  return files
    .map((file) => ({
      file,
      path: toPosix(path.relative(root, file)),
      id: toPosix(path.relative(base, file)).replace(/\.mdx?$/, ""),
    }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

async function listFolder(
  start: string,
  isAllowed: (real: string) => boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  const links: string[] = [];
  const seen = new Set<string>();

  async function walk(folder: string): Promise<void> {
    // A link that leads back up would never end.
    const real = await realpath(folder);
    if (seen.has(real)) return;
    seen.add(real);
    for (const entry of await readFolder(folder)) {
      const file = path.join(folder, entry.name);
      if (entry.isSymbolicLink()) links.push(file);
      else await add(file, entry);
    }
  }

  async function add(file: string, kind: Dirent | Stats): Promise<void> {
    if (kind.isDirectory()) await walk(file);
    else if (kind.isFile() && /\.mdx?$/.test(file)) found.push(file);
  }

  await walk(start);
  // Behind all that stands there itself, so that a folder keeps its own name; links can hold links.
  for (let link = links.shift(); link !== undefined; link = links.shift()) {
    const kind = await followLink(link, isAllowed);
    if (kind !== undefined) await add(link, kind);
  }
  return found;
}

async function readFolder(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new ProjectError(`The folder ${folder} cannot be read.`, { cause: error });
  });
  return entries
    .filter((entry) => !passedOver.test(entry.name))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** What a link leads to; nothing where that is not there or not the team's. */
async function followLink(
  file: string,
  isAllowed: (real: string) => boolean,
): Promise<Stats | undefined> {
  const real = await realpath(file).catch(() => undefined);
  return real !== undefined && isAllowed(real) ? stat(real) : undefined;
}

function toPosix(file: string): string {
  return file.split(path.sep).join("/");
}

import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** What tells a folder that we built from one of somebody else. */
const markName = ".opswright-site.json";

/** What is known of a site that was built. */
export interface SiteMark {
  /** The path below which it is to be served. */
  readonly base: string;
}

/**
 * Reads what was noted beside a built site; undefined where the folder is none of ours. Reads a file.
 */
export async function readSiteMark(folder: string): Promise<SiteMark | undefined> {
  const text = await readFile(path.join(folder, markName), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { base } = JSON.parse(text) as { base?: unknown };
    return typeof base === "string" && base.startsWith("/") ? { base } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Says whether a folder can be given over to a build: it is not there, is empty, or was built by us.
 *
 * A git worktree's `.git` in it does not count, and is kept. Reads the file system.
 */
export async function canBeReplaced(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const isEmpty = names.every((name) => name === ".git");
  return isEmpty || (await readSiteMark(folder)) !== undefined;
}

/**
 * Puts a build in the place of the last one: nothing of that one stays, and what is served while
 * building is whole until then.
 *
 * Works across file systems, and where the folder itself cannot be removed. Writes files.
 */
export async function replaceFolder(built: string, target: string, mark: SiteMark): Promise<void> {
  await mkdir(target, { recursive: true });
  // First of all, so that a build that is cut short can be replaced by the next.
  await writeFile(path.join(target, markName), `${JSON.stringify(mark)}\n`);
  for (const name of await readdir(target)) {
    if (name !== ".git" && name !== markName) {
      await rm(path.join(target, name), { recursive: true, force: true });
    }
  }
  for (const name of await readdir(built)) {
    const [from, to] = [path.join(built, name), path.join(target, name)];
    await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "EXDEV") throw error;
      await cp(from, to, { recursive: true });
    });
  }
  await rm(built, { recursive: true, force: true });
}

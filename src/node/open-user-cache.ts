import { existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { findCacheFolder } from "./find-cache-folder.ts";
import { openCompiledCache } from "./open-compiled-cache.ts";
import type { CompiledCache } from "./read-runbooks.ts";

/** A digest of all that a build is made of, which the build puts in; sources have none. */
declare const OPSWRIGHT_BUILD: string | undefined;
const ownBuild = typeof OPSWRIGHT_BUILD === "undefined" ? undefined : OPSWRIGHT_BUILD;

/** What builds that are used no more have left. */
const mostDays = 30;
/** So many runbooks are kept beside those that were asked for. */
const mostKept = 1000;

/** A cache that outlives the process. */
export interface UserCache extends CompiledCache {
  /** Deletes the oldest where there are too many. Never rejects. */
  tidy(): Promise<void>;
}

/**
 * Opens this user's cache of compiled runbooks, in which this build alone reads what it has written;
 * undefined for sources, where the environment names no folder, and where it says `OPSWRIGHT_CACHE=off`.
 *
 * A runbook that was read before is then there in a fraction of the time. Folders of builds that were not
 * used for a month are deleted. Reads the environment and the file system.
 */
export async function openUserCache(
  build: string | undefined = ownBuild,
): Promise<UserCache | undefined> {
  if (build === undefined || process.env["OPSWRIGHT_CACHE"] === "off") return;
  const cache = findCacheFolder();
  if (cache === undefined || !path.isAbsolute(cache)) return;
  const parent = path.join(cache, "opswright");
  const folder = path.join(parent, `${prefix}${build}-${process.version}`);
  if (!existsSync(folder)) await deleteOld(parent).catch(() => {});
  const compiled = openCompiledCache(folder);
  return { ...compiled, tidy: () => compiled.tidy(mostKept) };
}

const prefix = "runbooks-";

async function deleteOld(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const name of names) {
    const folder = path.join(parent, name);
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > mostDays * 24 * 60 * 60 * 1000)
      await rm(folder, { recursive: true });
  }
}

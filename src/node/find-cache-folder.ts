import path from "node:path";
import process from "node:process";

/**
 * Finds the folder in which this user's programs keep what they can make again; undefined where the
 * environment names none.
 *
 * The XDG Base Directory Specification's, or that of Windows. Reads the environment.
 *
 * @example with HOME=/home/ana → "/home/ana/.cache"
 */
export function findCacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = process.env;
  return XDG_CACHE_HOME || LOCALAPPDATA || (HOME && path.join(HOME, ".cache")) || undefined;
}

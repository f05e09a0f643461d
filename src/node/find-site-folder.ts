import { createHash } from "node:crypto";
import { access, constants, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { findCacheFolder } from "./find-cache-folder.ts";

/**
 * Finds the folder in which a project's site is worked on: `.opswright/site` in the project, or,
 * where that cannot be written, one of the user's own cache. Makes its parent.
 */
export async function findSiteFolder(root: string): Promise<string> {
  const parent = path.join(root, ".opswright");
  try {
    await mkdir(parent, { recursive: true });
    await access(parent, constants.W_OK);
    return path.join(parent, "site");
  } catch {
    const cache = findCacheFolder() ?? path.join(homedir(), ".cache");
    const name = createHash("sha256").update(root).digest("hex").slice(0, 16);
    const folder = path.join(cache, "opswright", "sites");
    await mkdir(folder, { recursive: true });
    return path.join(folder, name);
  }
}

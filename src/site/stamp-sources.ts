import { createHash } from "node:crypto";
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { SiteSources } from "./find-site-sources.ts";

/**
 * Makes a text that changes with whatever of the site's sources changes, and with the place and the
 * version of the package. Reads sizes and times of files.
 */
export async function stampSources(sources: SiteSources): Promise<string> {
  const { folder, parts, docs, packageRoot } = sources;
  const hash = createHash("sha256").update(packageRoot);
  for (const part of [...parts.map((name) => path.join(folder, name)), docs]) {
    const entries = await readdir(part, { recursive: true });
    for (const entry of entries.toSorted()) {
      const { size, mtimeMs } = await stat(path.join(part, entry));
      hash.update(`\n${part}/${entry} ${size} ${mtimeMs}`);
    }
  }
  return hash.update(await readFile(path.join(packageRoot, "package.json"))).digest("hex");
}

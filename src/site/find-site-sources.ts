import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** Where the site's own sources are: those of the repository, or the built ones of the package. */
export interface SiteSources {
  /** Absolute path of the folder that holds `site/` and the stages that it imports. */
  readonly folder: string;
  /** Names of the folders below it that the site is made of. */
  readonly parts: readonly string[];
  /** Absolute path of the folder of the product's documentation. */
  readonly docs: string;
  /** Absolute path of the package's own folder, from where its dependencies are found. */
  readonly packageRoot: string;
  /** True for those of the package. */
  readonly isBuilt: boolean;
}

/** What `site` may import, itself included. */
const stages = [
  "compile",
  "drift",
  "match",
  "model",
  "parse",
  "plan",
  "report",
  "shell",
  "site",
] as const;

/**
 * Finds the sources that Astro builds the site from, from where this very code stands.
 *
 * In the repository they are `src/`; in the published package `dist/site/src/`, where modules are
 * compiled and bundled. Throws where neither is there. Reads the file system.
 */
export function findSiteSources(): SiteSources {
  const here = import.meta.dirname;
  const packageRoot = findPackageRoot(here);
  const isBuilt = path.relative(packageRoot, here).startsWith("dist");
  const folder = path.join(packageRoot, isBuilt ? "dist/site/src" : "src");
  if (!existsSync(path.join(folder, "site"))) {
    throw new Error(`The site's sources are not in ${folder}.`);
  }
  const parts = isBuilt ? readdirSync(folder) : stages;
  return { folder, parts, docs: path.join(folder, "../docs"), packageRoot, isBuilt };
}

function findPackageRoot(start: string): string {
  let folder = start;
  while (!existsSync(path.join(folder, "package.json"))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`There is no package.json above ${start}.`);
    folder = above;
  }
  return folder;
}

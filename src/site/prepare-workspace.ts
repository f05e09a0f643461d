import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { findSiteSources, type SiteSources } from "./find-site-sources.ts";
import { stampSources } from "./stamp-sources.ts";

/** A folder of our own in which Astro works, so that nothing of the project is taken for the site's. */
export interface SiteWorkspace {
  /** Absolute path; it holds `src/site`. */
  readonly folder: string;
  /** Where Astro keeps what it has read between builds. */
  readonly cacheDir: string;
  /** Where a build goes before it takes the place of the last one. */
  readonly outDir: string;
  /** Changes with our own code. */
  readonly stamp: string;
}

/** Packages that the site's sources import by name; all else is in them, or comes by these. */
const packages = ["astro", "@astrojs/mdx", "shiki"] as const;

/**
 * Makes the folder ready in which Astro builds a project's site, and keeps what it holds between
 * builds while our own code is the same.
 *
 * It lies in the project (`.opswright/site`, unseen by git). Sources are copied, since Astro and Vite
 * write beside them and look upwards from them for configurations, and a package may be installed
 * where nobody can write. Throws where the folder cannot be written. Writes files.
 */
export async function prepareWorkspace(folder: string): Promise<SiteWorkspace> {
  const sources = findSiteSources();
  const stamp = await stampSources(sources);
  const workspace = {
    folder,
    cacheDir: path.join(folder, "cache"),
    outDir: path.join(folder, "out"),
    stamp,
  };
  const stampFile = path.join(folder, "stamp");
  if ((await readFile(stampFile, "utf8").catch(() => "")) === stamp) return workspace;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await copySources(sources, folder);
  const files = {
    ".gitignore": "*\n",
    // The ends of the search for a package's and for TypeScript's settings.
    "package.json": `${JSON.stringify({ private: true, type: "module" })}\n`,
    "tsconfig.json": `${JSON.stringify({ compilerOptions: { module: "esnext", moduleResolution: "bundler", target: "es2024", verbatimModuleSyntax: true } })}\n`,
    // The last one: a folder that is half made is made again.
    stamp,
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text);
  }
  return workspace;
}

async function copySources(sources: SiteSources, to: string): Promise<void> {
  const { folder, parts, docs, packageRoot, isBuilt } = sources;
  await cp(docs, path.join(to, "docs"), { recursive: true });
  for (const part of parts) {
    await cp(path.join(folder, part), path.join(to, "src", part), { recursive: true });
  }
  const modules = path.join(to, "node_modules");
  // In the repository the sources are not bundled and import many packages.
  if (!isBuilt) {
    await symlink(path.join(packageRoot, "node_modules"), modules, "junction");
    return;
  }
  const require = createRequire(path.join(packageRoot, "package.json"));
  for (const name of packages) {
    const link = path.join(modules, name);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(findPackage(name, require), link, "junction");
  }
}

/** The folder of an installed package, also of one that does not export its `package.json`. */
function findPackage(name: string, require: NodeJS.Require): string {
  const entry = require.resolve(name);
  const mark = `${path.sep}node_modules${path.sep}${name.split("/").join(path.sep)}${path.sep}`;
  return entry.slice(0, entry.lastIndexOf(mark) + mark.length - 1);
}

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { findSiteSources, type SiteSources } from "./find-site-sources.ts";

/** A folder of our own in which Astro works, so that nothing of the project is taken for the site's. */
export interface SiteWorkspace {
  /** Absolute path; it holds `src/site`. */
  readonly folder: string;
  /** Where Astro keeps what it has read between builds. */
  readonly cacheDir: string;
  /** Where a build goes before it takes the place of the last one. */
  readonly outDir: string;
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
  const workspace = {
    folder,
    cacheDir: path.join(folder, "cache"),
    outDir: path.join(folder, "out"),
  };
  const stampFile = path.join(folder, "stamp");
  const stamp = await stampSources(sources);
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

/** Changes with whatever of the sources changes, and with the place of the package. */
async function stampSources({ folder, parts, docs, packageRoot }: SiteSources): Promise<string> {
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

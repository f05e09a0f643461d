/**
 * Builds the site of one project, as a process of its own: `node build-in-process.ts ROOT OUT CACHE
 * [BASE]`.
 *
 * Astro takes its mode from NODE_ENV, which a test runner sets for itself.
 */
import process from "node:process";
import { fileURLToPath } from "node:url";
import { readSiteLibrary } from "../../src/node/read-site-library.ts";
import { buildSite } from "../../src/site/build-site.ts";

const [root = "", outDir = "", cacheDir = "", base] = process.argv.slice(2);
const here = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url)).replace(/\/$/, "");

await buildSite({
  packageRoot: here("."),
  outDir,
  cacheDir,
  base,
  library: {
    root,
    configurationPath: false,
    read: readSiteLibrary,
  },
});

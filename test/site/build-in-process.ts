/**
 * Builds the site of one project, as a process of its own: `node build-in-process.ts ROOT OUT CACHE
 * [BASE]`.
 *
 * Astro takes its mode from NODE_ENV, which a test runner sets for itself.
 */
import path from "node:path";
import process from "node:process";
import { readSiteLibrary } from "../../src/node/read-site-library.ts";
import { buildSite } from "../../src/site/build-site.ts";
import { prepareWorkspace } from "../../src/site/prepare-workspace.ts";

const [root = "", outDir = "", cacheDir = "", base] = process.argv.slice(2);
// Astro writes parts of a build beside its sources: two builds at once must not share them.
const workspace = await prepareWorkspace(path.join(cacheDir, "workspace"));

await buildSite({
  packageRoot: workspace.folder,
  outDir,
  cacheDir,
  base,
  library: {
    root,
    configurationPath: false,
    read: readSiteLibrary,
    cacheFolder: cacheDir,
  },
});

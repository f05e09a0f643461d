/**
 * Builds the site of one project, as a process of its own: `node build-in-process.ts ROOT WORKSPACE
 * [BASE]`; it goes to `out` in the workspace.
 *
 * Astro takes its mode from NODE_ENV, which a test runner sets for itself.
 */
import process from "node:process";
import { readSiteLibrary } from "../../src/node/read-site-library.ts";
import { buildSite } from "../../src/site/build-site.ts";
import { prepareWorkspace } from "../../src/site/prepare-workspace.ts";

const [root = "", folder = "", base] = process.argv.slice(2);
// Astro writes parts of a build beside its sources: two builds at once must not share them.
const workspace = await prepareWorkspace(folder);

await buildSite({
  packageRoot: workspace.folder,
  stamp: workspace.stamp,
  outDir: workspace.outDir,
  cacheDir: workspace.cacheDir,
  base,
  library: {
    root,
    configurationPath: false,
    read: readSiteLibrary,
    cacheFolder: workspace.cacheDir,
  },
});

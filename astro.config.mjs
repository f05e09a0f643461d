import process from "node:process";
import { fileURLToPath } from "node:url";
import { readSiteLibrary } from "./src/node/read-site-library.ts";
import { createSiteConfiguration } from "./src/site/create-site-configuration.ts";
import { findSiteSources } from "./src/site/find-site-sources.ts";
import { stampSources } from "./src/site/stamp-sources.ts";

// The product has no telemetry, and so its site builder has none either.
process.env.ASTRO_TELEMETRY_DISABLED = "1";
process.env.ASTRO_DISABLE_UPDATE_CHECK = "true";

const here = fileURLToPath(new URL(".", import.meta.url));

export default createSiteConfiguration({
  packageRoot: here,
  stamp: await stampSources(findSiteSources()),
  outDir: "./dist-site",
  library: { root: here, read: readSiteLibrary },
});

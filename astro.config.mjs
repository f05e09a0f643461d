import process from "node:process";
import { fileURLToPath } from "node:url";
import { createSiteConfiguration } from "./src/site/create-site-configuration.ts";

// The product has no telemetry, and so its site builder has none either.
process.env.ASTRO_TELEMETRY_DISABLED = "1";

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export default createSiteConfiguration({
  packageRoot: here("."),
  outDir: "./dist-site",
  library: {
    root: here("."),
    reader: here("src/node/read-site-library.ts"),
  },
});

import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { writeSearchIndex } from "./write-search-index.ts";

/** Makes the integration that writes the search index of each site that is built. */
export function createSearchIntegration(): AstroIntegration {
  return {
    name: "opswright:search",
    hooks: {
      async "astro:build:done"({ dir, logger }) {
        const files = await writeSearchIndex(fileURLToPath(dir));
        logger.info(`${files.length} files of the search index`);
      },
    },
  };
}

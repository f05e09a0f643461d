import { build } from "astro";
import { createSiteConfiguration, type SiteOptions } from "./create-site-configuration.ts";

/**
 * Builds the site of a project's runbooks into `outDir`, whatever configuration of Astro the
 * current folder has.
 *
 * Throws where the project cannot be read or a page cannot be made; a runbook with problems has a
 * page like any other. Writes files.
 */
export async function buildSite(options: SiteOptions): Promise<void> {
  await build({ ...createSiteConfiguration(options), configFile: false });
}

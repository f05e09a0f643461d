import { build, type AstroInlineConfig } from "astro";
import { createSiteConfiguration, type SiteOptions } from "./create-site-configuration.ts";

/** What came of a build. */
export interface BuiltSite {
  /** How many pages there are, those included that were kept from the last build. */
  readonly pageCount: number;
}

/** How much Astro tells of its work by itself. */
export type SiteLogLevel = "info" | "warn" | "error";

/**
 * Builds the site of a project's runbooks into `outDir`, whatever configuration of Astro the
 * current folder has.
 *
 * Throws where the project cannot be read or a page cannot be made; a runbook with problems has a
 * page like any other. Writes files; `packageRoot` is the current folder until it is done.
 */
export async function buildSite(
  options: SiteOptions,
  logLevel: SiteLogLevel = "info",
): Promise<BuiltSite> {
  let pageCount = 0;
  const configuration = createInlineConfiguration(options, logLevel);
  const before = process.cwd();
  // Elsewhere Astro would put parts of the build into the current folder, where no package is found.
  process.chdir(options.packageRoot);
  await build({
    ...configuration,
    integrations: [
      ...(configuration.integrations ?? []),
      {
        name: "opswright:count",
        hooks: {
          "astro:build:done": ({ pages }) => {
            pageCount = pages.length;
          },
        },
      },
    ],
  }).finally(() => {
    process.chdir(before);
  });
  return { pageCount };
}

/**
 * Makes Astro's configuration for one call of it, in which no file of the current folder has a say
 * and nobody is asked for news of Astro. Sets two variables of the environment.
 */
export function createInlineConfiguration(
  options: SiteOptions,
  logLevel: SiteLogLevel,
): AstroInlineConfig {
  process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
  process.env["ASTRO_DISABLE_UPDATE_CHECK"] = "true";
  return { ...createSiteConfiguration(options), configFile: false, logLevel };
}

import { unified } from "@astrojs/markdown-remark";
import mdx from "@astrojs/mdx";
import type { AstroUserConfig } from "astro";
import { createConstantsPlugin } from "./create-constants-plugin.ts";
import {
  createContentPlugin,
  type LibrarySource,
  type SitePlace,
} from "./create-content-plugin.ts";
import { createLogoPlugin } from "./create-logo-plugin.ts";
import { createOfflineIntegration } from "./create-offline-integration.ts";
import { createSearchIntegration } from "./create-search-integration.ts";
import { createToolbarlessPlugin } from "./create-toolbarless-plugin.ts";

/** Where the site comes from and where it goes. */
export interface SiteOptions extends SitePlace {
  readonly library: LibrarySource;
  /** Absolute path or a path below `packageRoot`. */
  readonly outDir: string;
  /** Where Astro keeps what it has read between builds; default: beside its package. */
  readonly cacheDir?: string | undefined;
  /** Where the site is published: `https://runbooks.example.org`. */
  readonly url?: string | undefined;
  /** Absolute path of the picture for the header. */
  readonly logo?: string | undefined;
}

/** One page waits for the disk while others are rendered; more at once gain nothing. */
const pagesAtOnce = 16;

/**
 * Makes Astro's configuration for the site of a project's runbooks.
 *
 * Nothing is inlined into pages, neither style nor script, so that their Content Security Policy
 * can forbid it. Nothing of the project's own tools is taken for the site's: no PostCSS
 * configuration, no `tsconfig.json`, no `.env`. No I/O.
 */
export function createSiteConfiguration(options: SiteOptions): AstroUserConfig {
  const { packageRoot, cacheDir, base = "/", url } = options;
  return {
    root: packageRoot,
    srcDir: "./src/site",
    publicDir: "./src/site/public",
    outDir: options.outDir,
    ...(cacheDir === undefined ? {} : { cacheDir }),
    ...(url === undefined ? {} : { site: url }),
    base,
    trailingSlash: "always",
    build: { inlineStylesheets: "never", format: "directory", concurrency: pagesAtOnce },
    devToolbar: { enabled: false },
    experimental: { incrementalBuild: true },
    integrations: [mdx(), createSearchIntegration(), createOfflineIntegration()],
    markdown: { processor: unified({ smartypants: false }), syntaxHighlight: false },
    vite: {
      envDir: packageRoot,
      plugins: [
        createContentPlugin(options.library, options),
        createConstantsPlugin(base),
        createLogoPlugin(options.logo, base),
        createToolbarlessPlugin(),
      ],
      build: { assetsInlineLimit: 0 },
      css: { postcss: { plugins: [] } },
      // Else the next one upwards that suits a file has a say, which is the project's.
      tsconfig: "tsconfig.json",
    },
  };
}

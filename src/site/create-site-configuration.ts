import { unified } from "@astrojs/markdown-remark";
import mdx from "@astrojs/mdx";
import type { AstroUserConfig } from "astro";
import { createConstantsPlugin } from "./create-constants-plugin.ts";
import { createLibraryPlugin, type LibrarySource } from "./create-library-plugin.ts";

/** Where the site comes from and where it goes. */
export interface SiteOptions {
  /** Absolute path of the package's own folder: it holds `src/site`. */
  readonly packageRoot: string;
  readonly library: LibrarySource;
  /** Absolute path or a path below `packageRoot`. */
  readonly outDir: string;
  /** Where Astro keeps what it has read between builds; default: beside its package. */
  readonly cacheDir?: string | undefined;
  /** The path below which the site is served: `/` or `/runbooks-of-x`. */
  readonly base?: string | undefined;
}

/**
 * Makes Astro's configuration for the site of a project's runbooks.
 *
 * Nothing is inlined into pages, neither style nor script, so that their Content Security Policy
 * can forbid it. No I/O.
 */
export function createSiteConfiguration(options: SiteOptions): AstroUserConfig {
  return {
    root: options.packageRoot,
    srcDir: "./src/site",
    publicDir: "./src/site/public",
    outDir: options.outDir,
    ...(options.cacheDir === undefined ? {} : { cacheDir: options.cacheDir }),
    ...(options.base === undefined ? {} : { base: options.base }),
    trailingSlash: "always",
    build: { inlineStylesheets: "never", format: "directory" },
    devToolbar: { enabled: false },
    experimental: { incrementalBuild: true },
    integrations: [mdx()],
    markdown: { processor: unified(), syntaxHighlight: false },
    vite: {
      plugins: [createLibraryPlugin(options.library), createConstantsPlugin(options.base ?? "/")],
      build: { assetsInlineLimit: 0 },
    },
  };
}

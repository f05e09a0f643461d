import type { Loader } from "astro/loaders";
import type { SiteLibrary } from "../model/site-library.ts";
import { createDocumentationLoader } from "./create-documentation-loader.ts";
import { createOverviewLoader } from "./create-overview-loader.ts";
import { createRunbookLoader } from "./create-runbook-loader.ts";
import { createPageSource, type PageSource } from "./create-page-source.ts";
import { createLibraryReader } from "./library-reader.ts";

/** Which project the site shows, and who reads it. */
export interface LibrarySource {
  /** The project's root; without it, it is found from the current folder as the CLI finds it. */
  readonly root?: string | undefined;
  /** As `readProject` takes it: a path, or `false` for none. */
  readonly configurationPath?: string | false | undefined;
  /** Whether pages show what `opswright check` finds. */
  readonly hasFindings?: boolean | undefined;
  /** Where the built site goes, as an absolute path: what lies there is no runbook. */
  readonly outDir?: string | undefined;
  /** A folder that keeps what was compiled until the next build. */
  readonly cacheFolder?: string | undefined;
  /** The command line's own way of reading, `readSiteLibrary`: `site` itself touches no runbook. */
  readonly read: (options: Omit<LibrarySource, "read" | "onRead">) => Promise<SiteLibrary>;
  /** Is told each time that the project was read. */
  readonly onRead?: ((library: SiteLibrary) => void) | undefined;
}

/** Where a site is made and served. */
export interface SitePlace {
  /** Absolute path of the folder that holds `src/site`. */
  readonly packageRoot: string;
  /** Changes with our own code (`stampSources`): a page of other code is made anew. */
  readonly stamp: string;
  /** The path below which the site is served: `/` or `/runbooks-of-x`. */
  readonly base?: string | undefined;
}

/** What a site shows: what fills its collections, and the runbooks' pages. */
export interface SiteContent {
  readonly loaders: {
    readonly runbooks: Loader;
    readonly overview: Loader;
    readonly documentation: Loader;
  };
  readonly pages: PageSource;
}

const name = "opswright:content";
const resolved = `\0${name}`;
const key = Symbol.for(name);

/**
 * Makes the Vite plugin that gives the site `opswright:content`, read from a project by the reader of who
 * configures the site.
 *
 * It is handed over as the functions that it is, in this very process: taking all of our code through
 * Vite's pipeline for each build took longer than reading a thousand runbooks does. One process may build
 * several sites, but one at a time in each `packageRoot`. No I/O but what the functions do when called.
 */
export function createContentPlugin(
  source: LibrarySource,
  place: SitePlace,
): {
  name: string;
  resolveId(id: string): string | undefined;
  load(id: string): string | undefined;
} {
  const { packageRoot, base = "/", stamp } = place;
  const { read, onRead, ...options } = source;
  const reader = createLibraryReader(async () => {
    const library = await read(options);
    onRead?.(library);
    return library;
  });
  const pages = createPageSource(reader, base.replace(/\/?$/u, "/"));
  const loaders = {
    runbooks: createRunbookLoader(reader, pages, stamp),
    overview: createOverviewLoader(reader),
    documentation: createDocumentationLoader(),
  };
  knownContents().set(packageRoot, { loaders, pages });
  return {
    name,
    resolveId: (id) => (id === name ? resolved : undefined),
    load: (id) =>
      id === resolved
        ? `export const { loaders, pages } = globalThis[Symbol.for(${JSON.stringify(name)})].get(${JSON.stringify(packageRoot)});`
        : undefined,
  };
}

function knownContents(): Map<string, SiteContent> {
  const place = globalThis as { [key]?: Map<string, SiteContent> };
  return (place[key] ??= new Map());
}

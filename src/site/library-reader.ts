import { fileURLToPath } from "node:url";
import type { LoaderContext } from "astro/loaders";
import type { SiteLibrary } from "../model/site-library.ts";
import { describeDiagnostic } from "../report/catalogue.ts";

/** Reads the project for all loaders of one build: once, and again where files have changed. */
export interface LibraryReader {
  /** The project as it was read last. Throws where its configuration is not valid. */
  readonly read: () => Promise<SiteLibrary>;
  /**
   * While the site is being developed, calls `reload` each time that a runbook has changed, when
   * `read` gives the project as it is now; what it throws is logged.
   */
  readonly follow: (context: LoaderContext, reload: () => Promise<unknown>) => void;
}

/** Editors write a file in several goes; these are taken together. */
const pauseMs = 50;

/** Makes the reader that all loaders of a site share. No I/O until it is asked. */
export function createLibraryReader(readLibrary: () => Promise<SiteLibrary>): LibraryReader {
  let reading: Promise<SiteLibrary> | undefined;
  const read = (): Promise<SiteLibrary> => (reading ??= readLibrary().then(assertValid));
  const reloads = new Map<string, () => Promise<unknown>>();
  const followed = new WeakSet<object>();
  let timer: NodeJS.Timeout | undefined;
  // One after the other: what was read first must not be stored last.
  let reloading: Promise<unknown> = Promise.resolve();

  async function reloadAll(): Promise<void> {
    reading = undefined;
    for (const reload of reloads.values()) await reload();
  }

  return {
    read,
    follow(context, reload) {
      const { collection, watcher, config, logger } = context;
      reloads.set(collection, () =>
        reload().catch((error: unknown) => {
          logger.error(error instanceof Error ? error.message : String(error));
        }),
      );
      if (watcher === undefined || followed.has(watcher)) return;
      followed.add(watcher);
      const workspace = fileURLToPath(config.root);
      let folder = "";
      void read().then((library) => {
        folder = library.folder;
        watcher.add(folder);
        return undefined;
      });
      watcher.on("all", (_event, file) => {
        // The folder of runbooks may be the whole project, in which Astro writes while it reads.
        const isRunbook = file.startsWith(`${folder}/`) && /\.(?:mdx?|json)$/u.test(file);
        const isOurs = folder !== workspace && file.startsWith(workspace);
        if (folder === "" || !isRunbook || isOurs || file.includes("/node_modules/")) return;
        clearTimeout(timer);
        timer = setTimeout(() => {
          reloading = reloading.then(reloadAll);
        }, pauseMs);
      });
    },
  };
}

function assertValid(library: SiteLibrary): SiteLibrary {
  const [problem] = library.problems;
  if (problem === undefined) return library;
  const { message, hint } = describeDiagnostic(problem);
  throw new Error(`${problem.path ?? "configuration"}: ${message} ${hint}`);
}

import type { Loader, LoaderContext } from "astro/loaders";
import type { LibraryReader } from "./library-reader.ts";
import { buildProjectOverview } from "./overview/build-project-overview.ts";

/** The one entry of the collection `overview`. */
export const overviewId = "project";

/**
 * Makes the loader that puts the project as a whole into Astro's content store, as one entry.
 *
 * Throws where the project's configuration is not valid.
 */
export function createOverviewLoader(reader: LibraryReader): Loader {
  return {
    name: "opswright-overview",
    async load(context) {
      const { folder } = await loadOverview(reader, context);
      context.watcher?.on("all", (_event, file) => {
        if (!file.startsWith(`${folder}/`)) return;
        loadOverview(reader, context).catch((error: unknown) => {
          context.logger.error(error instanceof Error ? error.message : String(error));
        });
      });
    },
  };
}

async function loadOverview(
  reader: LibraryReader,
  context: LoaderContext,
): Promise<{ readonly folder: string }> {
  const library = await reader.read();
  if (library.site.url === undefined) {
    context.logger.info("no feed of changes: its links need site.url in the configuration");
  }
  // In the form in which the store keeps it: one shape, whatever was left out.
  const overview = buildProjectOverview(library);
  context.store.set({
    id: overviewId,
    data: { ...overview },
    digest: context.generateDigest(JSON.stringify(overview)),
  });
  return library;
}

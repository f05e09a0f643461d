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
      await loadOverview(reader, context);
      reader.follow(context, () => loadOverview(reader, context));
    },
  };
}

async function loadOverview(reader: LibraryReader, context: LoaderContext): Promise<void> {
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
}

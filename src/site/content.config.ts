import { z } from "astro/zod";
import { defineCollection } from "astro:content";
import { readLibrary } from "opswright:library";
import {
  createDocumentationLoader,
  type DocumentationEntry,
} from "./create-documentation-loader.ts";
import { createOverviewLoader } from "./create-overview-loader.ts";
import { createRunbookLoader } from "./create-runbook-loader.ts";
import { createLibraryReader } from "./library-reader.ts";
import type { ProjectOverview } from "./overview/project-overview.ts";
import type { StoredRunbookPage } from "./runbook-page/runbook-page.ts";

const reader = createLibraryReader(readLibrary);

/** The site's content: the project's runbooks and the project as a whole, as data. */
export const collections = {
  runbooks: defineCollection({
    loader: createRunbookLoader(reader),
    schema: z.custom<StoredRunbookPage>(),
  }),
  overview: defineCollection({
    loader: createOverviewLoader(reader),
    schema: z.custom<ProjectOverview>(),
  }),
  documentation: defineCollection({
    loader: createDocumentationLoader(),
    schema: z.custom<DocumentationEntry>(),
  }),
};

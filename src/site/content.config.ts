import { z } from "astro/zod";
import { defineCollection } from "astro:content";
import { loaders } from "opswright:content";
import type { RunbookEntry } from "./create-runbook-loader.ts";
import type { DocumentationEntry } from "./create-documentation-loader.ts";
import type { ProjectOverview } from "./overview/project-overview.ts";

/** The site's content: the project's runbooks and the project as a whole, as data. */
export const collections = {
  runbooks: defineCollection({ loader: loaders.runbooks, schema: z.custom<RunbookEntry>() }),
  overview: defineCollection({ loader: loaders.overview, schema: z.custom<ProjectOverview>() }),
  documentation: defineCollection({
    loader: loaders.documentation,
    schema: z.custom<DocumentationEntry>(),
  }),
};

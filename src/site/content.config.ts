import { z } from "astro/zod";
import { defineCollection } from "astro:content";
import { readLibrary } from "opswright:library";
import { createRunbookLoader } from "./create-runbook-loader.ts";
import type { StoredRunbookPage } from "./runbook-page/runbook-page.ts";

/** The site's content: the project's runbooks, as data. */
export const collections = {
  runbooks: defineCollection({
    loader: createRunbookLoader(readLibrary),
    schema: z.custom<StoredRunbookPage>(),
  }),
};

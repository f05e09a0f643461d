import { getEntry } from "astro:content";
import type { APIRoute } from "astro";
import { overviewId } from "../create-overview-loader.ts";
import { writeSiteStyle } from "../write-site-style.ts";

/** The team's own colours, as a file: a style inside a page is what its policy forbids. */
export const GET: APIRoute = async () => {
  const overview = await getEntry("overview", overviewId);
  return new Response(writeSiteStyle(overview?.data.site.accent), {
    headers: { "content-type": "text/css; charset=utf-8" },
  });
};

import type { APIRoute } from "astro";
import { base } from "../base.ts";
import { renderFeed } from "../overview/render-feed.ts";
import { readOverview } from "../read-overview.ts";

/**
 * Answers with the feed of runbooks; a feed's links must say where the site is, so without
 * `site.url` it is nothing.
 */
export const GET: APIRoute = async ({ site }) => {
  if (site === undefined) return new Response(null, { status: 404 });
  const feed = renderFeed(await readOverview(), base, site.href);
  return new Response(feed, { headers: { "content-type": "application/rss+xml; charset=utf-8" } });
};

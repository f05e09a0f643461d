import type { APIRoute, GetStaticPaths } from "astro";
import { getCollection } from "astro:content";
import { pages } from "opswright:content";

/** A page for each runbook: its text as it was written, for whoever reads without a browser. */
export const getStaticPaths = (async () => {
  const entries = await getCollection("runbooks");
  return entries.map(({ id, data }) => ({
    params: { id },
    props: { id },
    cacheKey: data.textDigest ?? data.digest,
  }));
}) satisfies GetStaticPaths;

/** Answers with the text. */
export const GET: APIRoute<{ id: string }> = async ({ props }) =>
  new Response(await pages.readText(props.id), {
    headers: { "content-type": "text/markdown; charset=utf-8" },
  });

import type { APIRoute, GetStaticPaths } from "astro";
import { getCollection } from "astro:content";

/** A page for each runbook: its text as it was written, for whoever reads without a browser. */
export const getStaticPaths = (async () => {
  const entries = await getCollection("runbooks");
  return entries.map(({ id, body = "", data }) => ({
    params: { id },
    props: { text: body },
    cacheKey: data.body?.digest ?? data.digest,
  }));
}) satisfies GetStaticPaths;

/** Answers with the text. */
export const GET: APIRoute<{ text: string }> = ({ props }) =>
  new Response(props.text, { headers: { "content-type": "text/markdown; charset=utf-8" } });

import type { APIRoute } from "astro";
import { base } from "../base.ts";
import { renderLlmsText } from "../overview/render-llms-text.ts";
import { readOverview } from "../read-overview.ts";

/** Answers with the list of runbooks for programs that read. */
export const GET: APIRoute = async ({ site }) =>
  new Response(renderLlmsText(await readOverview(), base, site?.href), {
    headers: { "content-type": "text/plain; charset=utf-8" },
  });

import type { APIRoute, GetStaticPaths } from "astro";
import type { RunbookCard } from "../../overview/project-overview.ts";
import { renderBadge } from "../../overview/render-badge.ts";
import { readOverview } from "../../read-overview.ts";

/** A badge for each runbook, to be shown elsewhere. */
export const getStaticPaths = (async () => {
  const { cards } = await readOverview();
  return cards.map((card) => ({
    params: { id: card.id },
    props: { card },
    cacheKey: JSON.stringify(card),
  }));
}) satisfies GetStaticPaths;

/** Answers with the drawing. */
export const GET: APIRoute<{ card: RunbookCard }> = ({ props }) =>
  new Response(renderBadge(props.card), { headers: { "content-type": "image/svg+xml" } });

import { toXmlAttribute, toXmlContent } from "../../report/xml-text.ts";
import { runbookHref } from "../runbook-page/site-links.ts";
import { findAttention } from "./find-attention.ts";
import type { ProjectOverview, RunbookCard } from "./project-overview.ts";

/** One line of news of a runbook. */
interface FeedItem {
  readonly card: RunbookCard;
  readonly title: string;
  readonly detail: string;
  /** The day of it; absent where none is known. */
  readonly day?: string | undefined;
  /** Names the news: where it stays the same, a reader has seen it. */
  readonly key: string;
}

/**
 * Writes the feed of runbooks that have changed since they were verified, whose review is due or that
 * were reviewed, as RSS 2.0. `base` ends with a slash, `url` is where the site is published. No I/O.
 */
export function renderFeed(overview: ProjectOverview, base: string, url: string): string {
  const address = (path: string): string => new URL(path, url).href;
  const items = listNews(overview).map(({ card, title, detail, day, key }) =>
    [
      "    <item>",
      `      <title>${toXmlContent(`${card.title}: ${title}`)}</title>`,
      `      <link>${toXmlContent(address(runbookHref(base, card.id)))}</link>`,
      `      <description>${toXmlContent(detail)}</description>`,
      `      <guid isPermaLink="false">${toXmlContent(`${card.id} ${key}`)}</guid>`,
      ...(day === undefined
        ? []
        : [`      <pubDate>${new Date(`${day}T00:00:00Z`).toUTCString()}</pubDate>`]),
      "    </item>",
    ].join("\n"),
  );
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
    "  <channel>",
    `    <title>${toXmlContent(overview.site.title)}</title>`,
    `    <link>${toXmlContent(address(base))}</link>`,
    "    <description>Runbooks that were verified or reviewed, and those that have gone stale.</description>",
    `    <atom:link href="${toXmlAttribute(address(`${base}rss.xml`))}" rel="self" type="application/rss+xml"/>`,
    ...items,
    "  </channel>",
    "</rss>",
  ].join("\n")}\n`;
}

/** Among so many, a reader finds those that are new. */
const mostItems = 100;

function listNews(overview: ProjectOverview): readonly FeedItem[] {
  const news: FeedItem[] = [];
  const { items } = findAttention(overview);
  for (const { card, reasons } of items) {
    for (const { kind, words, detail } of reasons) {
      if (kind === "stale") {
        const at = card.verification.verifiedAt?.slice(0, 10);
        news.push({ card, title: words, detail, day: at, key: `${kind} ${card.digest}` });
      }
      if (kind === "overdue") {
        const { due } = card.freshness;
        news.push({ card, title: words, detail, day: due, key: `${kind} ${due}` });
      }
    }
  }
  for (const card of overview.cards) {
    const { verification, freshness } = card;
    const verifiedDay = verification.verifiedAt?.slice(0, 10);
    if (verification.state === "whole" && verifiedDay !== undefined) {
      const detail = `All its commands passed (${verification.ways.join(", ")}).`;
      news.push({
        card,
        title: "Verified",
        detail,
        day: verifiedDay,
        key: `verified ${verifiedDay}`,
      });
    }
    if (freshness.reviewed !== undefined && freshness.reviewed <= overview.today) {
      const { reviewed: day } = freshness;
      news.push({
        card,
        title: "Reviewed",
        detail: `Reviewed on ${day}.`,
        day,
        key: `reviewed ${day}`,
      });
    }
  }
  return news
    .toSorted((one, other) => ((one.day ?? "") < (other.day ?? "") ? 1 : -1))
    .slice(0, mostItems);
}

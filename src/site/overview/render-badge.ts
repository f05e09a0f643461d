import { toXmlAttribute, toXmlContent } from "../../report/xml-text.ts";
import type { RunbookCard } from "./project-overview.ts";

/** What a badge says of a runbook, and the colour behind it. */
interface Badge {
  readonly words: string;
  readonly colour: string;
}

/** White on each of them has a contrast of 4.5:1 or more. */
const colours = { good: "#1c673a", part: "#84500a", bad: "#a51d1d", plain: "#56606a" } as const;

/** Chooses what a runbook's badge says: the state of its verification, a review that is overdue first. No I/O. */
function chooseBadge({ isReadable, verification, freshness, frontMatter }: RunbookCard): Badge {
  const { state, verifiedAt, verifiedCount, stepCount } = verification;
  if (!isReadable) return { words: "cannot be read", colour: colours.bad };
  if (frontMatter.status === "deprecated") return { words: "deprecated", colour: colours.plain };
  if (state === "stale") return { words: "changed since verified", colour: colours.bad };
  if (freshness.isOverdue) return { words: "review overdue", colour: colours.part };
  if (state === "whole") {
    return { words: `verified ${verifiedAt?.slice(0, 10)}`, colour: colours.good };
  }
  if (state === "partial") {
    return { words: `${verifiedCount} of ${stepCount} verified`, colour: colours.part };
  }
  return stepCount === 0
    ? { words: "nothing to verify", colour: colours.plain }
    : { words: "never verified", colour: colours.plain };
}

const height = 20;
const padding = 7;
const label = "runbook";

/**
 * Draws a runbook's badge as SVG that stands alone: no style, no font and no address of others. No I/O.
 *
 * Widths are those of common letters; `textLength` makes every font fit them.
 */
export function renderBadge(card: RunbookCard): string {
  const { words, colour } = chooseBadge(card);
  const [labelWidth, wordsWidth] = [measureText(label), measureText(words)];
  const left = labelWidth + 2 * padding;
  const right = wordsWidth + 2 * padding;
  const text = (content: string, x: number, width: number): string =>
    `<text x="${x}" y="14" textLength="${width}" lengthAdjust="spacingAndGlyphs">${toXmlContent(content)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${height}" role="img" aria-label="${toXmlAttribute(`${label}: ${words}`)}">`,
    `<title>${toXmlContent(`${card.title}: ${words}`)}</title>`,
    `<rect width="${left + right}" height="${height}" rx="3" fill="${colour}"/>`,
    `<path d="M3 0h${left - 3}v${height}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3" fill="#2b3138"/>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">`,
    text(label, padding, labelWidth),
    text(words, left + padding, wordsWidth),
    "</g></svg>",
    "",
  ].join("\n");
}

/** About how wide a text is in an 11-pixel sans-serif, in pixels. */
function measureText(text: string): number {
  let width = 0;
  for (const character of text) {
    width += /[ijlt.,' ]/.test(character) ? 3.9 : /[mw]/.test(character) ? 9.6 : 6.9;
  }
  return Math.round(width);
}

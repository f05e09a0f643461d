import type { SearchFragment } from "./search-index.ts";
import { findMatches, type ExcerptPiece, type SectionMatch } from "./search-matches.ts";

const kinds: Readonly<Record<string, string>> = {
  runbook: "Runbook",
  rule: "Rule",
  documentation: "Documentation",
};

/**
 * Makes the list's item for one page that was found: a link to it, and links to the steps and
 * sections that hold the `words`. `base` is the site's base path.
 *
 * All text goes in as text: a runbook that holds markup has it shown, not obeyed.
 */
export function createResult(
  fragment: SearchFragment,
  { base, words }: { readonly base: string; readonly words: string },
): HTMLLIElement {
  const match = findMatches(fragment, words);
  const address = `${base}${match.path.slice(1)}`;
  const item = document.createElement("li");
  item.className = "search-result";

  const link = createLink(address, match.title);
  const facts = describeFacts(fragment);
  if (facts !== "") link.append(" ", createSpan("search-facts", facts));
  if (match.excerpt.length > 0) link.append(createExcerpt(match.excerpt));
  item.append(link);

  if (match.sections.length > 0) {
    const list = document.createElement("ul");
    list.className = "search-sections";
    list.append(...match.sections.map((section) => createSection(address, section)));
    item.append(list);
  }
  return item;
}

function createSection(address: string, section: SectionMatch): HTMLLIElement {
  const item = document.createElement("li");
  const link = createLink(`${address}#${encodeURIComponent(section.anchor)}`, section.title);
  if (section.isStep) link.classList.add("search-step");
  if (section.excerpt.length > 0) link.append(createExcerpt(section.excerpt));
  item.append(link);
  return item;
}

function createLink(href: string, title: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = href;
  link.append(createSpan("search-title", title));
  return link;
}

function createSpan(className: string, text: string): HTMLSpanElement {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = text;
  return span;
}

function createExcerpt(pieces: readonly ExcerptPiece[]): HTMLSpanElement {
  const excerpt = createSpan("search-excerpt", "");
  for (const { text, isMatch } of pieces) {
    if (!isMatch) {
      excerpt.append(text);
      continue;
    }
    const mark = document.createElement("mark");
    mark.textContent = text;
    excerpt.append(mark);
  }
  return excerpt;
}

/** What somebody who chooses between pages wants to know: `Runbook · shop · SEV2 · deprecated`. */
function describeFacts({ filters }: SearchFragment): string {
  const { kind = [], service = [], severity = [], status = [] } = filters;
  return [
    ...kind.map((one) => kinds[one] ?? one),
    service.join(", "),
    ...severity.map((one) => one.toUpperCase()),
    // An active runbook is what one expects.
    ...status.filter((one) => one !== "active"),
  ]
    .filter((fact) => fact !== "")
    .join(" · ");
}

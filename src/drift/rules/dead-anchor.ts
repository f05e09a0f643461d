import { findNearest } from "../../parse/find-nearest.ts";
import { anchorClaims, type AnchorClaim } from "../claims/anchor-claims.ts";
import { hasAlikeAnchor } from "../claims/read-anchors.ts";
import type { FactSource } from "../fact-source.ts";
import { fileTreeFacts, type FileTreeFacts } from "../facts/file-tree-facts.ts";
import { pageFacts, type PageFacts } from "../facts/page-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { resolveLink } from "./resolve-link.ts";

/** A link leads to a heading that its document has not. */
export const deadAnchor = defineClaimRule<
  AnchorClaim,
  { files: FactSource<FileTreeFacts>; pages: FactSource<PageFacts> },
  { fragment: string; page: string; nearest: string | undefined }
>({
  code: "links/dead-anchor",
  severity: "error",
  title: "A link to a heading that is not there",
  what: "What stands behind `#` in a link is no heading, no step and no `id` of the document that it leads to. Headings count by GitHub's slugs; where another site's way of making anchors would give it, the link is not judged in a `.md` document.",
  why: "The page opens at its top, and the reader searches for the part that was meant.",
  remedy: "Write the slug of the heading as it is now.",
  example: {
    language: "mdx",
    wrong: "# Deploy\n\nIf it fails, [go back](#rollback).\n\n## Roll back\n",
    right: "# Deploy\n\nIf it fails, [go back](#roll-back).\n\n## Roll back\n",
  },
  claims: anchorClaims,
  facts: { files: fileTreeFacts, pages: pageFacts },
  async judge({ path: document, value }, { files, pages }) {
    const { path, fragment, own, steps } = value;
    const end = path === "" ? undefined : resolveLink(document, path, files.root);
    if (end !== undefined && end.kind !== "file")
      return unjudged("the document that it leads to is not there");
    const page = end?.path ?? document;
    const linked = own === undefined ? await pages.readPage(page) : undefined;
    if (linked?.hasHeading(fragment) === true) return agreed;
    const anchors = own ?? linked?.parse()?.anchors;
    if (anchors === undefined) return unjudged("what it leads to cannot be read as Markdown");
    if (anchors.exact.has(fragment)) return agreed;
    if (path === "" && steps.includes(fragment)) return agreed;
    const isOurs = document.endsWith(".mdx") && page.endsWith(".mdx");
    // Step ids of another runbook are made of its headings, with numbers.
    if (hasAlikeAnchor(anchors, fragment) && (!isOurs || /-\d+$/.test(fragment)))
      return unjudged("sites make that anchor in ways of their own");
    const nearest = findNearest(fragment, anchors.headings);
    // What a runbook includes has headings of its own; a slip of one of the page's own is none of them.
    if (anchors.isOpen && (!isOurs || nearest === undefined))
      return unjudged("the document that it leads to takes in other text");
    return differed(
      { fragment, page: path === "" ? "" : page, nearest },
      { related: path === "" ? [] : [{ path: page, text: "this is where the link leads" }] },
    );
  },
  message: ({ fragment, page }) =>
    `${page === "" ? "This document" : `\`${page}\``} has no heading or anchor \`#${fragment}\`.`,
  hint: ({ nearest }) =>
    nearest === undefined
      ? "Write the slug of a heading that is there, or link to the page alone."
      : `Did you mean \`#${nearest}\`?`,
});

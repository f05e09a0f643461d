import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import { placeTarget } from "./link-claims.ts";
import { narrowSpan } from "./narrow-span.ts";
import { readAnchors, type Anchors } from "./read-anchors.ts";
import { readLink } from "./read-link.ts";

/** A link to a place in a document: `deployment.mdx#roll-back`. */
export interface AnchorClaim {
  /** The linked document, decoded; empty for the claim's own. */
  readonly path: string;
  readonly fragment: string;
  /** The anchors of the document itself, where it links to itself. */
  readonly own: Anchors | undefined;
  /** Ids of its steps, which are anchors on our own site. */
  readonly steps: readonly string[];
}

/** Links to headings and other places in documents. */
export const anchorClaims: ClaimKind<AnchorClaim> = {
  name: "anchor",
  title: "anchors of links",
  description:
    "What stands behind `#` in a link to the same document or to another one of the repository.",
  collect(document) {
    let own: Anchors | undefined;
    const steps = document.runbook.steps.map(({ id }) => id);
    return document.parsed.links.flatMap((link): FoundClaim<AnchorClaim>[] => {
      const { path, fragment } = readLink(link.target) ?? {};
      if (path === undefined || fragment === undefined || isForViewer(fragment)) return [];
      if (path === "") own ??= readAnchors(document.parsed);
      const text = link.target.slice(link.target.indexOf("#") + 1);
      const span = narrowSpan(document, placeTarget(document, link), text);
      const value = { path, fragment, own: path === "" ? own : undefined, steps };
      return [{ value, span, text, origin: "prose" }];
    });
  },
};

/** What a browser or a viewer of code understands by itself: the top, lines, text to be found. */
function isForViewer(fragment: string): boolean {
  return /^(?:top$|L\d+|:~:|\/|!|user-content-|markdown-header-|fn(?:ref)?[-:\d])/.test(fragment);
}

import { slug } from "github-slugger";
import type { ParsedDocument } from "../../model/parsed-document.ts";

/** What a link into a document can be aimed at. */
export interface Anchors {
  /** As GitHub and our own site make them, and as the text itself names them (`id="x"`). */
  readonly exact: ReadonlySet<string>;
  /** Slugs of the headings, in order: what to suggest. */
  readonly headings: readonly string[];
  /** The same as other sites may make them, by letters and digits alone. */
  readonly alike: ReadonlySet<string>;
  /** True where parts of the page come from elsewhere, so that anything can be there. */
  readonly isOpen: boolean;
}

/** Text that a site puts other text in place of. */
const inclusion =
  /--8<--|\{%-?\s*include|\{\{[<%]|<Include\b|<!--\s*include|\.\. include|^:::\s|^import\s.+\sfrom\s|^\[TOC\]$/m;

/**
 * Lists the anchors of a document.
 *
 * GitHub's slugs of headings, `id` and `name` attributes, ids of blocks, `{#id}` behind headings. No
 * I/O.
 */
export function readAnchors({ source: { text }, blocks }: ParsedDocument): Anchors {
  const headings = blocks.flatMap((block) => (block.kind === "heading" ? [block.slug] : []));
  const exact = new Set(headings);
  for (const [, name = ""] of text.matchAll(/\b(?:id|name)=["'{]{0,2}([\w:.-]{1,200})/g)) {
    exact.add(name);
  }
  for (const [, name = ""] of text.matchAll(/\{:?[ \t]?#([\w:.-]{1,200})/g)) exact.add(name);
  for (const [, name = ""] of text.matchAll(/^\(([\w:.-]{1,200})\)=[ \t]*$/gm)) exact.add(name);
  const alike = new Set<string>();
  // Headings in lists, quotes and tabs have anchors on some sites only.
  for (const [, title = ""] of text.matchAll(/^[ \t>*+-]*#{1,6}[ \t]+(\S.*)$/gm)) {
    const plain = title.slice(0, 200).replaceAll(/\]\([^)]*\)|\{[:#][^}]*\}/g, "");
    // Kramdown leaves out what stands before the first letter.
    // An image has no text to GitHub; to others it has that in its brackets.
    const textAlone = title.slice(0, 200).replaceAll(/!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])/g, "");
    const withoutImages = textAlone.replaceAll(/\]\([^)]*\)|\{[:#][^}]*\}/g, "");
    for (const one of [plain, plain.replace(/^[\d\W]+/, ""), withoutImages])
      alike.add(reduceAnchor(slug(one)));
  }
  for (const [, title = ""] of text.matchAll(/<h[1-6][^<>]{0,200}>([^<]{1,500})</gi)) {
    alike.add(reduceAnchor(slug(title)));
  }
  for (const anchor of exact) alike.add(reduceAnchor(anchor));
  return { exact, headings, alike, isOpen: inclusion.test(text) };
}

/** True where a site may well have the anchor, though GitHub has not. No I/O. */
export function hasAlikeAnchor({ alike }: Anchors, fragment: string): boolean {
  // Sites number headings of one name each in their own way.
  return (
    alike.has(reduceAnchor(fragment)) || alike.has(reduceAnchor(fragment.replace(/[-_]\d+$/, "")))
  );
}

function reduceAnchor(anchor: string): string {
  return anchor
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

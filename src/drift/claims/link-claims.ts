import type { ParsedLink } from "../../model/parsed-document.ts";
import type { Span } from "../../model/source.ts";
import type { LineIndex } from "../../parse/line-index.ts";
import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { DriftDocument } from "../drift-document.ts";
import { narrowSpan } from "./narrow-span.ts";
import { readLink } from "./read-link.ts";

/** A relative link to a file or folder: `../deploy/README.md`. */
export interface LinkClaim {
  /** Decoded, without query and anchor. */
  readonly path: string;
  /** The paths of all links of the document, decoded. */
  readonly others: readonly string[];
}

/** Relative links to files and folders. */
export const linkClaims: ClaimKind<LinkClaim> = {
  name: "link",
  title: "relative links",
  description:
    "Targets of links and images that are paths: relative ones, and those from the root (`/docs/a.md`). Addresses with a scheme and a site's templates are left out.",
  collect(document) {
    const others: string[] = [];
    return document.parsed.links.flatMap((link): FoundClaim<LinkClaim>[] => {
      const { target } = link;
      const { path } = readLink(target) ?? {};
      if (path === undefined || path === "") return [];
      others.push(path);
      const [text = ""] = target.split(/[?#]/, 1);
      const span = cutBehind(placeTarget(document, link), target, text, document.lines);
      return [{ value: { path, others }, span, text, origin: "prose" }];
    });
  },
};

/** The place of the path alone; where the target is written otherwise, that of all. */
function cutBehind(span: Span, target: string, path: string, lines: LineIndex): Span {
  const { start, end } = span;
  const isExact = end.offset - start.offset === target.length;
  return isExact ? lines.spanOf(start.offset, start.offset + path.length) : span;
}

/**
 * The place of a link's target, as exactly as it is written there; else that of the link.
 *
 * Of `[a.md](a.md "a.md")` the one in the middle. No I/O.
 */
export function placeTarget(
  { parsed, lines }: Pick<DriftDocument, "parsed" | "lines">,
  { target, span }: ParsedLink,
): Span {
  const text = parsed.source.text.slice(span.start.offset, span.end.offset);
  const opener = [`](${target}`, `](<${target}`, `]: ${target}`]
    .map((written) => ({ at: text.lastIndexOf(written), length: written.length }))
    .find(({ at }) => at !== -1);
  if (opener === undefined) return narrowSpan({ parsed, lines }, span, target);
  const end = span.start.offset + opener.at + opener.length;
  return lines.spanOf(end - target.length, end);
}

import { stepAnchor } from "./runbook-page.ts";

/** What a link in a document can lead to within the site. */
export interface SiteLinks {
  /** The site's base path with a slash at its end. */
  readonly base: string;
  /** Runbooks by the path of their document. */
  readonly runbooks: ReadonlyMap<string, LinkedRunbook>;
}

/** A runbook as far as links into it go. */
export interface LinkedRunbook {
  readonly id: string;
  readonly sections: ReadonlySet<string>;
  readonly steps: ReadonlySet<string>;
}

/** Where a link of a document leads: an address, or a file that the site does not have. */
export type LinkTarget =
  | { readonly kind: "site" | "outside"; readonly href: string }
  | { readonly kind: "file"; readonly path: string };

/** The address of a runbook's page. No I/O. */
export function runbookHref(base: string, id: string): string {
  return `${base}runbooks/${id.split("/").map(encodeURIComponent).join("/")}/`;
}

/**
 * Finds where a link written in a document leads on the site.
 *
 * Links between documents become links between pages, `#push` finds section or step, and a file
 * that has no page is named instead of linked. No I/O.
 *
 * @example resolveLink("../db/restore.md#push", "runbooks/deploy.md", links)
 *   → { kind: "site", href: "/runbooks/db/restore/#step-push" }
 */
export function resolveLink(target: string, documentPath: string, links: SiteLinks): LinkTarget {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith("//")) {
    return { kind: "outside", href: target };
  }
  const [, file = "", fragment = ""] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(target) ?? [];
  const path = file === "" ? documentPath : resolvePath(decode(file), documentPath);
  const runbook = links.runbooks.get(path) ?? findFolderDocument(path, links);
  if (runbook === undefined) return { kind: "file", path };
  const page = file === "" ? "" : runbookHref(links.base, runbook.id);
  const anchor = fragment === "" ? "" : `#${findAnchor(decode(fragment), runbook)}`;
  return { kind: "site", href: `${page}${anchor}` || "#" };
}

/** A link to a folder means the document that stands for it. */
function findFolderDocument(path: string, links: SiteLinks): LinkedRunbook | undefined {
  for (const name of ["README.md", "index.md", "index.mdx"]) {
    const found = links.runbooks.get(`${path}/${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findAnchor(fragment: string, runbook: LinkedRunbook): string {
  if (runbook.sections.has(fragment)) return fragment;
  if (runbook.steps.has(fragment)) return stepAnchor(fragment);
  const step = /^step-(.+)$/s.exec(fragment)?.[1];
  if (step !== undefined && runbook.steps.has(step)) return fragment;
  // What is left are the author's own anchors and footnotes, whose ids the sanitiser prefixes.
  return `user-content-${fragment.replace(/^user-content-/, "")}`;
}

function resolvePath(target: string, documentPath: string): string {
  const start = target.startsWith("/") ? [] : documentPath.split("/").slice(0, -1);
  const parts = [...start];
  for (const part of target.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

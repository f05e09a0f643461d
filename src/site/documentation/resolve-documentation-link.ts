import path from "node:path/posix";

/**
 * Finds where a link between the repository's pages leads on the site; what has no page there stays as
 * it is.
 *
 * `from` is the linking page's path in the repository, `base` ends with a slash. No I/O.
 *
 * @example resolveDocumentationLink("rules/README.md", "docs/check.md", "/") → "/rules/"
 * @example resolveDocumentationLink("diagnostics.md#unknown-key", "docs/check.md", "/") → "/rules/unknown-key/"
 */
export function resolveDocumentationLink(link: string, from: string, base: string): string {
  const [, file = "", hash = ""] = /^([^#]*)(#.*)?$/s.exec(link) ?? [];
  if (file === "" || /^[a-z][a-z0-9+.-]*:|^\//i.test(file)) return link;
  const target = path.join(path.dirname(from), file);
  if (target === "docs/diagnostics.md") {
    return hash === "" ? `${base}rules/` : `${base}rules/${hash.slice(1)}/`;
  }
  if (target === "docs/rules/README.md") return `${base}rules/${hash}`;
  const [, rule] = /^docs\/rules\/(.+)\.md$/.exec(target) ?? [];
  if (rule !== undefined) return `${base}rules/${rule}/${hash}`;
  const [, kind, name = "README"] = /^docs\/(claims|facts)\/(.+)\.md$/.exec(target) ?? [];
  if (kind !== undefined) return `${base}docs/${kind}/${name === "README" ? hash : `#${name}`}`;
  const [, slug] = /^docs\/([a-z-]+)\.md$/.exec(target) ?? [];
  return slug === undefined ? link : `${base}docs/${slug}/${hash}`;
}

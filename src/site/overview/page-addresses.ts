/** The kinds of groups that have pages of their own, by the first part of their address. */
export type GroupKind = "services" | "tags" | "alerts";

/**
 * The address of a group's page; `base` ends with a slash. No I/O.
 *
 * @example groupHref("/", "alerts", "HighErrorRate") → "/alerts/HighErrorRate/"
 */
export function groupHref(base: string, kind: GroupKind, slug: string): string {
  return `${base}${kind}/${encodeURIComponent(slug)}/`;
}

/** The address of the report of one run; `base` ends with a slash. No I/O. */
export function runHref(base: string, run: string): string {
  return `${base}runs/${encodeURIComponent(run)}/`;
}

/**
 * The address of a code's page; `base` ends with a slash. No I/O.
 *
 * @example ruleHref("/", "shell/bare-sleep") → "/rules/shell/bare-sleep/"
 */
export function ruleHref(base: string, code: string): string {
  return `${base}rules/${code}/`;
}

/**
 * The address of a runbook's text as it was written; `base` ends with a slash. No I/O.
 *
 * @example rawHref("/", "db/restore") → "/runbooks/db/restore.md"
 */
export function rawHref(base: string, id: string): string {
  return `${base}runbooks/${id.split("/").map(encodeURIComponent).join("/")}.md`;
}

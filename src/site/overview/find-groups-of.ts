import { groupHref, type GroupKind } from "./page-addresses.ts";
import type { ProjectOverview } from "./project-overview.ts";

/** A service, a tag or an alert of a runbook, and where its page is. */
export interface GroupLink {
  readonly name: string;
  readonly href: string;
}

/** What a runbook belongs to, by kind. */
export type RunbookGroups = Readonly<Record<GroupKind, readonly GroupLink[]>>;

/**
 * Lists the services, tags and alerts of one runbook, each in the order of the alphabet; `base` ends with
 * a slash. No I/O.
 *
 * @example { services: [{ name: "shop", href: "/services/shop/" }], tags: [], alerts: [] }
 */
export function findGroupsOf(
  overview: Pick<ProjectOverview, GroupKind>,
  id: string,
  base: string,
): RunbookGroups {
  const list = (kind: GroupKind): readonly GroupLink[] =>
    overview[kind]
      .filter(({ runbooks }) => runbooks.includes(id))
      .map(({ name, slug }) => ({ name, href: groupHref(base, kind, slug) }));
  return { services: list("services"), tags: list("tags"), alerts: list("alerts") };
}

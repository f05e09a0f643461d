import type { FrontMatter } from "../model/front-matter.ts";

/** What the search can narrow its results by, besides their words. */
export interface SearchFacts {
  readonly kind: "runbook" | "rule" | "documentation";
  readonly frontMatter?:
    | Pick<FrontMatter, "services" | "tags" | "severity" | "status" | "alerts">
    | undefined;
}

/**
 * Lists the filters that a page answers to, by the names that the search knows them by. No I/O.
 *
 * @example of a runbook of the services `shop` and `db` →
 *   [["kind", "runbook"], ["service", "shop"], ["service", "db"]]
 */
export function listSearchFilters(facts: SearchFacts): readonly (readonly [string, string])[] {
  const { services = [], tags = [], severity, status, alerts = [] } = facts.frontMatter ?? {};
  const each = (name: string, values: readonly (string | undefined)[]) =>
    values.flatMap((value) => (value === undefined ? [] : [[name, value] as const]));
  return [
    ...each("kind", [facts.kind]),
    ...each("service", services),
    ...each("tag", tags),
    ...each("severity", [severity]),
    ...each("status", [status]),
    ...each("alert", alerts),
  ];
}

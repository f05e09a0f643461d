import type { BuiltSite } from "../site/build-site.ts";

/**
 * The addresses of one page of each kind, and of every runbook, or of so many: whatever kinds a site has.
 *
 * `/services/` and `/services/shop/` are two kinds, `/services/db/` is no third one.
 */
export function samplePages({ pages }: BuiltSite, mostRunbooks?: number): readonly string[] {
  const kinds = new Map<string, string[]>();
  for (const address of pages.keys()) {
    const [first = "", ...rest] = address.split("/").filter((part) => part !== "");
    const kind = rest.length === 0 ? address : `${first} ${rest.length > 1 ? "deep" : "flat"}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), address]);
  }
  return [...kinds].flatMap(([kind, addresses]) =>
    kind.startsWith("runbooks ") ? addresses.slice(0, mostRunbooks) : addresses.slice(0, 1),
  );
}

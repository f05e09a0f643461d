import { select } from "hast-util-select";
import type { BuiltSite } from "../site/build-site.ts";

/**
 * The addresses of one page of each kind, and of every runbook, or of so many: whatever kinds a site has.
 *
 * `/services/` and `/services/shop/` are two kinds, `/services/db/` is no third one. A page that
 * leads on at once is none: a browser is gone from it before anybody could look.
 */
export function samplePages({ pages }: BuiltSite, mostRunbooks?: number): readonly string[] {
  const kinds = new Map<string, string[]>();
  for (const address of pages.keys()) {
    const [first = "", ...rest] = address.split("/").filter((part) => part !== "");
    const kind = rest.length === 0 ? address : `${first} ${rest.length > 1 ? "deep" : "flat"}`;
    const known = kinds.get(kind) ?? [];
    if (known.length > 0 && !kind.startsWith("runbooks ")) continue;
    if (select("[data-lead-on]:not([data-lead-on=''])", pages.get(address))) continue;
    kinds.set(kind, [...known, address]);
  }
  return [...kinds].flatMap(([kind, addresses]) =>
    kind.startsWith("runbooks ") ? addresses.slice(0, mostRunbooks) : addresses.slice(0, 1),
  );
}

import { findNearest } from "../../parse/find-nearest.ts";

/** Shorter names resemble each other by chance: `api` and `app`. */
const shortestName = 5;

/**
 * The known name that a cluster's object was probably meant to have; undefined where it may as well
 * be another object, since most clusters hold much that no repository does.
 *
 * Names that differ in their number or last letter alone are siblings: `mon-a` and `mon-b`. No I/O.
 */
export function findNearResource(name: string, known: readonly string[]): string | undefined {
  const nearest = findNearest(name, known);
  if (nearest === undefined || Math.min(name.length, nearest.length) < shortestName) {
    return undefined;
  }
  return withoutNumber(name) === withoutNumber(nearest) ? undefined : nearest;
}

function withoutNumber(name: string): string {
  return name.replaceAll(/\d+/gu, "0").replace(/-[a-z0-9]$/u, "-0");
}

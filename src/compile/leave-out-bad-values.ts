import type { FrontMatterIssue } from "./explain-issue.ts";

/**
 * Takes what the schema does not accept out of a front matter, and no more than that: a wrong
 * `inputs.COMMIT.type` leaves the input `COMMIT`, since leaving out all inputs would make each use
 * of them look like a mistake too.
 *
 * Where a key is missing, what lacks it is left out. `data` stays as it is. No I/O.
 */
export function leaveOutBadValues(
  data: Readonly<Record<string, unknown>>,
  issues: readonly FrontMatterIssue[],
): Record<string, unknown> {
  const rest = structuredClone(data) as Record<string, unknown>;
  const places = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => [...issue.path, key])
      : [nearestPlace(data, issue.path)],
  );
  // From behind, so that the indices of list items before them hold.
  for (const place of places.toSorted(comparePlaces).toReversed()) remove(rest, place);
  return rest;
}

/** The place itself, or where nothing stands there, what holds it. */
function nearestPlace(data: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] {
  let value = data;
  for (const [index, key] of path.entries()) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) {
      return path.slice(0, index);
    }
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return path;
}

function comparePlaces(one: readonly PropertyKey[], other: readonly PropertyKey[]): number {
  for (const [index, key] of one.entries()) {
    const second = other[index];
    if (second === undefined) return 1;
    if (key === second) continue;
    if (typeof key === "number" && typeof second === "number") return key - second;
    return String(key) < String(second) ? -1 : 1;
  }
  return one.length - other.length;
}

function remove(data: Record<string, unknown>, place: readonly PropertyKey[]): void {
  let holder: unknown = data;
  for (const key of place.slice(0, -1)) {
    if (typeof holder !== "object" || holder === null) return;
    holder = (holder as Record<PropertyKey, unknown>)[key];
  }
  const last = place.at(-1);
  if (Array.isArray(holder) && typeof last === "number") holder.splice(last, 1);
  else if (typeof holder === "object" && holder !== null && last !== undefined) {
    delete (holder as Record<PropertyKey, unknown>)[last];
  }
}

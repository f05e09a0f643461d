/** What a path of keys leads to in data, or where it ends. */
export type ResolvedKey =
  | { readonly kind: "found"; readonly value: unknown }
  | { readonly kind: "missing"; readonly key: string; readonly known: readonly string[] };

/** Nobody writes longer ones; each part may be joined with the next. */
const mostParts = 16;

/**
 * Follows a dotted path through maps and lists; a key that holds dots itself is found too.
 *
 * Where it ends too soon, `key` is the first part that is not there, `known` the keys that are. No
 * I/O.
 *
 * @example resolveKey({ services: { db: { ports: [5432] } } }, "services.db.ports.0") finds 5432
 */
export function resolveKey(data: unknown, path: string): ResolvedKey {
  const parts = path.split(".");
  if (parts.length > mostParts) return { kind: "missing", key: path, known: [] };
  return follow(data, parts, 0).result;
}

function follow(
  value: unknown,
  parts: readonly string[],
  depth: number,
): { readonly result: ResolvedKey; readonly depth: number } {
  const [first] = parts;
  if (first === undefined) return { result: { kind: "found", value }, depth };
  const map = asMap(value);
  let best: { result: ResolvedKey; depth: number } = {
    result: { kind: "missing", key: first, known: Object.keys(map) },
    depth,
  };
  for (let length = 1; length <= parts.length; length += 1) {
    const key = parts.slice(0, length).join(".");
    if (!Object.hasOwn(map, key)) continue;
    const next = follow(map[key], parts.slice(length), depth + length);
    if (next.result.kind === "found") return next;
    if (next.depth > best.depth) best = next;
  }
  return best;
}

/** Items of a list by their numbers from 0. */
function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

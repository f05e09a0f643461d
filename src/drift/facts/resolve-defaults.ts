/** More defaults inside each other than any person writes. */
const deepestDefault = 5;

/**
 * A scalar with `${NAME:-default}` replaced by its default; undefined where a variable has none, or
 * for what is no scalar.
 *
 * Compose file reference, "Interpolation". No I/O.
 *
 * @example resolveDefaults("127.0.0.1:${PORT:-5000}:5000") === "127.0.0.1:5000:5000"
 */
export function resolveDefaults(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  if (!value.includes("$")) return value;
  let resolved = value.replaceAll("$$", "\0");
  for (let depth = 0; depth < deepestDefault; depth += 1) {
    resolved = resolved.replaceAll(/\$\{\w+:?-([^}$]*)\}/g, "$1");
  }
  return resolved.includes("$") ? undefined : resolved.replaceAll("\0", "$");
}

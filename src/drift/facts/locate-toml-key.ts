import type { Span } from "../../model/source.ts";
import type { LineIndex } from "../../parse/line-index.ts";

/**
 * The place of a key of a TOML text, whose parser tells none; undefined where it is not written as
 * `[table]` and `key = value`.
 *
 * A value's place is that of its line behind the `=`, without comment. No I/O.
 *
 * @example locateTomlKey(text, lines, ["project", "version"]) for `version = "1"` below `[project]`
 */
export function locateTomlKey(
  text: string,
  lines: LineIndex,
  path: readonly string[],
): { readonly key: Span; readonly value: Span } | undefined {
  let table: readonly string[] = [];
  let start = 0;
  for (const raw of text.split("\n")) {
    const from = start;
    start += raw.length + 1;
    const line = raw.trimStart();
    const indent = raw.length - line.length;
    if (line.startsWith("[")) {
      const end = line.lastIndexOf("]");
      table = splitKey(line.slice(1, end === -1 ? undefined : end).replaceAll(/[[\]]/g, ""));
      continue;
    }
    const equals = line.indexOf("=");
    if (equals === -1 || line.startsWith("#")) continue;
    const written = line.slice(0, equals).trimEnd();
    if (!isSame([...table, ...splitKey(written)], path)) continue;
    const behind = line.slice(equals + 1);
    const blanks = behind.length - behind.trimStart().length;
    const value = dropTomlComment(behind.trim());
    const at = from + indent + equals + 1 + blanks;
    return {
      key: lines.spanOf(from + indent, from + indent + written.length),
      value: lines.spanOf(at, at + value.length),
    };
  }
  return undefined;
}

function splitKey(text: string): readonly string[] {
  return (text.slice(0, 500).match(/"[^"]*"|'[^']*'|[^\s."']+/g) ?? []).map((part) =>
    part.replaceAll(/^["']|["']$/g, ""),
  );
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}

function dropTomlComment(value: string): string {
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    const end = value.indexOf(quote, 1);
    return end === -1 ? value : value.slice(0, end + 1);
  }
  const at = value.indexOf("#");
  return at === -1 ? value : value.slice(0, at).trimEnd();
}

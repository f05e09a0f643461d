import type { Span } from "../../model/source.ts";
import type { LineIndex } from "../../parse/line-index.ts";

/** Where the keys of a TOML text stand, by their dotted paths: `project.version`. */
export interface TomlPlaces {
  keySpan(path: string): Span | undefined;
  /** From behind the `=` to the line's end, without comment. */
  valueSpan(path: string): Span | undefined;
}

/** Offsets of a key and of its value. */
interface KeyPlace {
  readonly key: readonly [start: number, end: number];
  readonly value: readonly [start: number, end: number];
}

/**
 * Finds the places of a TOML text's keys, which its parser does not tell; only those are found that
 * are written as `[table]` and `key = value`.
 *
 * Linear in time; never throws. No I/O.
 *
 * @example indexTomlKeys(text, lines).valueSpan("project.version") for `version = "1"` below `[project]`
 */
export function indexTomlKeys(text: string, lines: LineIndex): TomlPlaces {
  const places = new Map<string, KeyPlace>();
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
    const path = [...table, ...splitKey(written)].join(".");
    if (places.has(path)) continue;
    const behind = line.slice(equals + 1);
    const value = dropTomlComment(behind.trim());
    const at = from + indent + equals + 1 + (behind.length - behind.trimStart().length);
    places.set(path, {
      key: [from + indent, from + indent + written.length],
      value: [at, at + value.length],
    });
  }
  const toSpan = (range: readonly [number, number] | undefined): Span | undefined =>
    range === undefined ? undefined : lines.spanOf(...range);
  return {
    keySpan: (path) => toSpan(places.get(path)?.key),
    valueSpan: (path) => toSpan(places.get(path)?.value),
  };
}

/** Longer keys are not written by people. */
const mostCharacters = 500;

function splitKey(text: string): readonly string[] {
  return (text.slice(0, mostCharacters).match(/"[^"]*"|'[^']*'|[^\s."']+/g) ?? []).map((part) =>
    part.replaceAll(/^["']|["']$/g, ""),
  );
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

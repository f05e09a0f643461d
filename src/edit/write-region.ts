import { diffArrays } from "diff";
import { readRegions, removeIndent, type RegionLine } from "../drift/read-regions.ts";
import { linesAt, type ScriptPlace } from "../drift/script-tie.ts";
import { createLineIndex } from "../parse/line-index.ts";
import { applyEdits } from "./apply-edits.ts";
import { editRows } from "./edit-rows.ts";
import { indentLines } from "./indent-lines.ts";
import type { WrittenText } from "./write-fence.ts";

/**
 * Makes other lines of a script's region, or of all but its `#!` line where no region is named.
 *
 * Lines that stay the same stay to the byte, and so do the markers of regions inside; new lines get
 * the region's indentation. What cannot be written so that it reads the same again is not written.
 * `lines` have no common indentation. No I/O.
 */
export function writeRegion(
  text: string,
  place: ScriptPlace,
  lines: readonly string[],
): WrittenText {
  const own = linesAt(text, place);
  if (own === undefined) return { kind: "impossible", reason: "the region is not there" };
  const index = createLineIndex(text);
  const { first, last, indent } = findBounds(text, place, own);
  const rows = Array.from({ length: last - first + 1 }, (_item, at) => index.lineText(first + at));
  const wanted = rewriteRows(rows, first, own, indentLines(lines, indent));
  const edit = editRows({ path: place.path, lines: index, first, rows }, wanted);
  if (edit === undefined) return { kind: "unchanged" };
  const written = applyEdits(text, [edit]);
  const result = removeIndent((linesAt(written, place) ?? []).map((line) => line.text)).lines;
  const isSame = result.length === lines.length && result.every((line, at) => line === lines[at]);
  if (!isSame || !hasSameRegions(text, written)) {
    return { kind: "impossible", reason: "the block holds markers of regions" };
  }
  return { kind: "edit", edit };
}

/** The rows between the markers, or below `#!`, and what new ones are indented by. */
function findBounds(
  text: string,
  { region }: ScriptPlace,
  own: readonly RegionLine[],
): { first: number; last: number; indent: string } {
  const { indent } = removeIndent(own.map((line) => line.text));
  const hasText = own.some((line) => line.text.trim() !== "");
  if (region === undefined) {
    const first = text.startsWith("#!") ? 2 : 1;
    return { first, last: own.at(-1)?.number ?? first - 1, indent };
  }
  const { beginLine = 0, endLine = 0 } = readRegions(text).regions.get(region) ?? {};
  const marker = createLineIndex(text).lineText(beginLine);
  return {
    first: beginLine + 1,
    last: endLine - 1,
    indent: hasText ? indent : (/^[ \t]*/u.exec(marker)?.[0] ?? ""),
  };
}

/** Rows between those of the region are markers of others, and keep their places. */
function rewriteRows(
  rows: readonly string[],
  first: number,
  own: readonly RegionLine[],
  wanted: readonly string[],
): readonly string[] {
  const result: string[] = [];
  let next = first;
  let at = 0;
  const copyUntil = (line: number): void => {
    for (; next < line; next += 1) result.push(rows[next - first] ?? "");
  };
  const changes = diffArrays(
    own.map((line) => line.text),
    [...wanted],
    { comparator: isSameLine },
  );
  for (const { added, removed, value } of changes) {
    if (added) {
      result.push(...value);
      continue;
    }
    for (let count = value.length; count > 0; count -= 1) {
      const line = own[at]?.number ?? next;
      copyUntil(line);
      if (!removed) result.push(rows[line - first] ?? "");
      next = line + 1;
      at += 1;
    }
  }
  copyUntil(first + rows.length);
  return result;
}

function isSameLine(one: string, other: string): boolean {
  return one === other || (one.trim() === "" && other.trim() === "");
}

function hasSameRegions(before: string, after: string): boolean {
  const names = (text: string): string =>
    [...readRegions(text).regions.keys()].toSorted().join("\n");
  return names(before) === names(after);
}

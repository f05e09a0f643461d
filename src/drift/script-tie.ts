import { findNearest } from "../parse/find-nearest.ts";
import { matchLines } from "../match/match-lines.ts";
import { folderOf, normalisePath } from "./file-tree.ts";
import type { ReadFileResult } from "./ports.ts";
import { readRegions, readWholeScript, removeIndent, type RegionLine } from "./read-regions.ts";

/** What `script=PATH#REGION` names: a file relative to the root, and a region or all of it. */
export interface ScriptPlace {
  readonly path: string;
  readonly region?: string | undefined;
}

/** A block of a document by its text; `line` is the 1-based one of its first line of code. */
export interface TiedBlock {
  readonly path: string;
  readonly line: number;
  readonly code: string;
}

/** Whether a block is what it says that it is. */
export type TieState =
  | { readonly kind: "in-sync" }
  | {
      readonly kind: "differs";
      /** A unified difference that names both files, with the line numbers of both. */
      readonly difference: string;
      /** The script's 1-based line at which the difference begins. */
      readonly line: number;
    }
  | { readonly kind: "no-file"; readonly nearest: string | undefined }
  | {
      readonly kind: "no-region";
      readonly nearest: string | undefined;
      readonly names: readonly string[];
      /** True where markers of the region are there and make none. */
      readonly isBroken: boolean;
    }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Divides the value of `script=`. No I/O.
 *
 * @example readScriptPlace("./scripts/backup.sh#dump") → { path: "scripts/backup.sh", region: "dump" }
 */
export function readScriptPlace(value: string): ScriptPlace {
  const hash = value.indexOf("#");
  if (hash === -1) return { path: normalisePath(value) };
  return { path: normalisePath(value.slice(0, hash)), region: value.slice(hash + 1) };
}

/** Names the place as the attribute does. No I/O. */
export function nameScriptPlace({ path, region }: ScriptPlace): string {
  return region === undefined ? path : `${path}#${region}`;
}

/** The lines of a script that a place names; undefined where it has no such region. No I/O. */
export function linesAt(text: string, { region }: ScriptPlace): readonly RegionLine[] | undefined {
  return region === undefined
    ? readWholeScript(text)
    : readRegions(text).regions.get(region)?.lines;
}

/**
 * Judges a block by the file that it is tied to, as far as that could be read.
 *
 * Common indentation, line endings and the last of them do not count; all else does. `files` are the
 * repository's, for a name that is meant. No I/O.
 */
export function judgeTie(
  block: TiedBlock,
  place: ScriptPlace,
  read: ReadFileResult,
  files: readonly string[],
): TieState {
  if (read.kind === "refused") return read;
  if (read.kind === "absent") {
    return { kind: "no-file", nearest: findNearestFile(place.path, files) };
  }
  const lines = linesAt(read.text, place);
  if (lines === undefined) return explainNoRegion(read.text, place.region ?? "");
  const ofBlock = removeIndent(block.code.split(/\r\n|\n|\r/u)).lines;
  const ofScript = removeIndent(lines.map(({ text }) => text)).lines;
  const match = matchLines(ofBlock.join("\n"), ofScript.join("\n"));
  if (match.isMatch) return { kind: "in-sync" };
  return {
    kind: "differs",
    difference: nameSides(match.difference, block, place, lines),
    line: findFirstDifference(ofBlock, ofScript, lines, read.text, place),
  };
}

function findNearestFile(path: string, files: readonly string[]): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const same = files.filter((file) => file.slice(file.lastIndexOf("/") + 1) === name);
  if (same.length === 1) return same[0];
  const folder = folderOf(path);
  return findNearest(
    path,
    files.filter((file) => folderOf(file) === folder),
  );
}

function explainNoRegion(text: string, region: string): TieState {
  const { regions, problems } = readRegions(text);
  return {
    kind: "no-region",
    nearest: findNearest(region, regions.keys()),
    names: [...regions.keys()],
    isBroken: problems.some(({ name }) => name === region),
  };
}

/** Puts both names above a difference, and both files' own line numbers into it. */
function nameSides(
  difference: string,
  { path, line }: TiedBlock,
  place: ScriptPlace,
  lines: readonly RegionLine[],
): string {
  const numberOf = (at: number): number =>
    lines[at - 1]?.number ?? (lines.at(-1)?.number ?? 0) + (at - lines.length);
  const shifted = difference.replaceAll(
    // No other line of a unified difference begins like this.
    /^@@ -(\d+)((?:,\d+)?) \+(\d+)((?:,\d+)?) @@$/gmu,
    (_all, before: string, beforeCount: string, after: string, afterCount: string) =>
      `@@ -${Number(before) + line - 1}${beforeCount} +${numberOf(Number(after))}${afterCount} @@`,
  );
  return `--- ${path}\n+++ ${nameScriptPlace(place)}\n${shifted}`;
}

function findFirstDifference(
  ofBlock: readonly string[],
  ofScript: readonly string[],
  lines: readonly RegionLine[],
  text: string,
  { region }: ScriptPlace,
): number {
  const at = ofScript.findIndex((line, index) => line !== ofBlock[index]);
  const found = at === -1 ? undefined : lines[at];
  if (found !== undefined) return found.number;
  // The script ends before the block does.
  const end = region === undefined ? undefined : readRegions(text).regions.get(region)?.endLine;
  return end ?? lines.at(-1)?.number ?? 1;
}

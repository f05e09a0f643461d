import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { applyEdits } from "../edit/apply-edits.ts";
import { selectFixes } from "../edit/select-fixes.ts";
import type { Fix } from "../model/text-edit.ts";
import { isInside } from "./is-inside.ts";
import { isOfGit } from "./is-of-git.ts";
import { ProjectError } from "./read-project.ts";
import { writeFileWhole } from "./write-file-whole.ts";

/** A file that fixes change: its whole text before and after, with its byte order marks. */
export interface FixedFile {
  /** Relative to the root, with forward slashes; of a link, where it leads, since that is written. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What became of some fixes. */
export interface AppliedFixes {
  /** Sorted by path. */
  readonly files: readonly FixedFile[];
  readonly fixedCount: number;
  /** How many overlap others and can be made in a next round. */
  readonly waitingCount: number;
}

/**
 * Makes fixes in the files of a repository, each whole or not at all.
 *
 * Only files inside the root are written, also by their links' ends, and only where their text is
 * still the one that was checked (`sources`, by path). Byte order marks and permissions stay; a file
 * is replaced in one step. With `isDryRun` nothing is written. Throws `ProjectError` where a file
 * cannot be written. Reads and writes the file system.
 */
export async function applyFixes(
  root: string,
  fixes: readonly Fix[],
  sources: ReadonlyMap<string, string>,
  options: { readonly isDryRun: boolean },
): Promise<AppliedFixes> {
  const paths = new Set(fixes.flatMap(({ edits }) => edits.map((edit) => edit.path)));
  const files = new Map<string, EditableFile>();
  // By links one file can have several names; what is written under one must not be undone by another.
  const taken = new Set<string>();
  for (const name of [...paths].toSorted()) {
    const file = await readEditableFile(root, name);
    if (file === undefined || taken.has(file.real)) continue;
    taken.add(file.real);
    if (file.text === (sources.get(name) ?? file.text)) files.set(name, file);
  }
  const possible = fixes.filter(({ edits }) => edits.every((edit) => files.has(edit.path)));
  const { edits, selected, left } = selectFixes(possible);
  const fixed: FixedFile[] = [];
  for (const [name, file] of files) {
    const after = applyEdits(file.text, edits.get(name) ?? []);
    if (after === file.text) continue;
    const own = path.relative(root, file.real).split(path.sep).join("/");
    fixed.push({ path: own, before: file.marks + file.text, after: file.marks + after });
    if (!options.isDryRun) await writeEdited(file, file.marks + after, name);
  }
  const fixedCount = fixed.length === 0 ? 0 : selected.length;
  return { files: fixed.toSorted(byPath), fixedCount, waitingCount: left.length };
}

function byPath(one: FixedFile, other: FixedFile): number {
  return one.path < other.path ? -1 : 1;
}

interface EditableFile {
  /** Absolute, without links. */
  readonly real: string;
  readonly mode: number;
  /** The byte order marks at its start. */
  readonly marks: string;
  readonly text: string;
}

/** Undefined where the file is not there, is no UTF-8 text or does not belong to the repository. */
async function readEditableFile(root: string, name: string): Promise<EditableFile | undefined> {
  const real = await realpath(path.resolve(root, name)).catch(() => undefined);
  if (real === undefined || !isInside(real, root) || isOfGit(real, root)) return undefined;
  try {
    const { mode } = await stat(real);
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const whole = decoder.decode(await readFile(real));
    const [marks = ""] = /^\uFEFF*/u.exec(whole) ?? [];
    return { real, mode: mode & 0o7777, marks, text: whole.slice(marks.length) };
  } catch {
    return undefined;
  }
}

async function writeEdited({ real, mode }: EditableFile, text: string, name: string) {
  // A new file takes its place, which would not ask for the old one's permissions.
  if ((mode & 0o222) === 0) throw new ProjectError(`${name} is read-only.`);
  try {
    await writeFileWhole(real, text, { mode });
  } catch (error) {
    throw new ProjectError(`${name} cannot be written.`, { cause: error });
  }
}

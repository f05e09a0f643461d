import { joinPath, type FileTree } from "../file-tree.ts";
import type { PlacedCommand } from "../placed-command.ts";
import type { CallWord } from "./tool-call.ts";

/** Where a command of a document is started, as far as the document tells. */
export interface StartPlace {
  /** Folders of the subject, the likeliest first; empty where it is elsewhere. */
  readonly folders: readonly string[];
  /** Folders that commands before it went to, those of other sections included. */
  readonly visited: readonly string[];
  /** Why it says nothing about the repository, as the end of a sentence. */
  readonly elsewhere?: string | undefined;
}

/**
 * Reads claims from each command of a document, together with where the command is started.
 *
 * No I/O.
 */
export function collectWithStartPlaces<Found>(
  commands: readonly PlacedCommand[],
  read: (placed: PlacedCommand, start: StartPlace) => readonly Found[],
): readonly Found[] {
  const found: Found[] = [];
  let visited: readonly string[] = [];
  for (const placed of commands) {
    const { folders } = placed;
    const [first] = folders ?? [];
    // Nobody goes to fifty folders; a document that does must not slow the check down.
    if (first !== undefined && !visited.includes(first) && visited.length < 50) {
      visited = visited.concat(first);
    }
    found.push(...read(placed, { folders: folders ?? [], visited, elsewhere: findDoubt(placed) }));
  }
  return found;
}

function findDoubt({ command, step, folders }: PlacedCommand): string | undefined {
  if (command.place !== "here") return "it runs in a container or on another machine";
  if (step?.attributes.on !== undefined) return "it runs on another target";
  if (folders === undefined) return "an earlier `cd` leads out of the repository";
  return undefined;
}

/** The folders in which a command can be started, or why none is known. */
export type SettledPlace =
  | { readonly kind: "folders"; readonly folders: readonly [string, ...string[]] }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * Decides whether a command is started in a folder that the repository has.
 *
 * A document that goes to a folder that is not there (a clone of something else, what a build makes)
 * may mean that one in its later sections as well. No I/O.
 */
export function settlePlace(start: StartPlace, tree: FileTree): SettledPlace {
  const { folders, visited, elsewhere } = start;
  const [first, ...others] = folders;
  if (elsewhere !== undefined) return { kind: "unknown", reason: elsewhere };
  if (first === undefined) return { kind: "unknown", reason: "nothing tells where it is started" };
  if (!tree.hasFolder(first)) {
    return { kind: "unknown", reason: "the folder it is started in is not in the repository" };
  }
  if (visited.some((folder) => !tree.hasFolder(folder))) {
    const reason = "an earlier command goes to a folder that is not in the repository";
    return { kind: "unknown", reason };
  }
  return { kind: "folders", folders: [first, ...others.filter((one) => tree.hasFolder(one))] };
}

/**
 * Where a command is started that was told another folder by an option (`make -C DIR`).
 *
 * `isLiteral` is false where the folder's name is not known. No I/O.
 */
export function moveStartPlace(
  start: StartPlace,
  folder: Pick<CallWord, "text" | "isLiteral"> | undefined,
): StartPlace {
  if (folder === undefined) return start;
  if (!folder.isLiteral) return { ...start, elsewhere: "a variable names its folder" };
  const { text } = folder;
  const leadsOut = text.startsWith("/") || text.startsWith("~");
  const folders = start.folders.map((from) => joinPath(from, text));
  if (leadsOut || folders.some((one) => one.startsWith(".."))) {
    return { ...start, elsewhere: "its folder is outside the repository" };
  }
  return { ...start, folders };
}

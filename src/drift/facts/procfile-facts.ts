import type { FactSource } from "../fact-source.ts";
import { folderOf, type FileTree } from "../file-tree.ts";
import { chooseTaskFiles } from "./choose-task-files.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, type FactFile } from "./read-fact-file.ts";

/** The Procfiles of a subject. */
export interface ProcfileFacts {
  readonly tree: FileTree;
  readonly procfiles: readonly Procfile[];
}

/** What one Procfile says, and where it lies. */
export interface Procfile {
  /** Relative to the root. */
  readonly path: string;
  /** Relative to the subject. */
  readonly folder: string;
  readonly processes: readonly PlacedName[];
}

/** Facts of Procfiles: the types of processes. */
export const procfileFacts: FactSource<ProcfileFacts> = {
  name: "procfile",
  title: "Procfiles",
  description: "Reads `Procfile` in any folder: the types of processes (`web`, `worker`).",
  async observe(place) {
    const paths = chooseTaskFiles(place.tree, /^(?:.*\/)?Procfile$/);
    const { files, problems } = await readFactFiles(place, paths);
    const procfiles = files.map((file): Procfile => {
      const relative = place.subject === "" ? file.path : file.path.slice(place.subject.length + 1);
      return { path: file.path, folder: folderOf(relative), processes: readProcesses(file) };
    });
    return { facts: { tree: place.tree, procfiles }, problems };
  },
};

function readProcesses({ text, path, lines }: FactFile): readonly PlacedName[] {
  return [...text.matchAll(/^([A-Za-z0-9_-]{1,100}):/gm)].map((match) => ({
    name: match[1] ?? "",
    path,
    span: lines.spanOf(match.index, match.index + match[0].length - 1),
  }));
}

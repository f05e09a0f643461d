import type { RuleFinding } from "../../model/rule-finding.ts";
import type { FactPlace, FactSource } from "../fact-source.ts";
import { folderOf, joinPath, type FileTree } from "../file-tree.ts";
import { chooseTaskFiles } from "./choose-task-files.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, type FactFile } from "./read-fact-file.ts";
import { readJustfile } from "./read-justfile.ts";

/** The justfiles of a subject. */
export interface JustfileFacts {
  readonly tree: FileTree;
  readonly justfiles: readonly Justfile[];
}

/** A justfile with all that it imports. */
export interface Justfile {
  /** Relative to the root. */
  readonly path: string;
  /** Relative to the subject, as is `folder`. */
  readonly file: string;
  readonly folder: string;
  /** Aliases among them. */
  readonly recipes: readonly PlacedName[];
  readonly modules: readonly string[];
  readonly hasFallback: boolean;
  /** True where it imports a file that is not in the repository. */
  readonly isOpen: boolean;
}

const justfileName = /^(?:.*\/)?(?:\.?justfile|[\w.-]+\.just)$/i;
const defaultName = /^\.?justfile$/i;
const mostImports = 50;

/** Facts of justfiles: recipes and aliases, those of imported files among them. */
export const justfileFacts: FactSource<JustfileFacts> = {
  name: "just",
  title: "Justfiles",
  description:
    "Reads `justfile`, `.justfile` and `*.just` in any folder with the files that they import: recipes, aliases and the names of modules. Recipes of modules are not judged.",
  async observe(place) {
    const { files, problems } = await readFactFiles(
      place,
      chooseTaskFiles(place.tree, justfileName),
    );
    const all: RuleFinding[] = [...problems];
    const justfiles: Justfile[] = [];
    for (const file of files) justfiles.push(await readWithImports(file, place, files, all));
    return { facts: { tree: place.tree, justfiles }, problems: all };
  },
};

/** The justfile that just takes in a folder: its own, else the nearest above it. No I/O. */
export function findJustfile({ justfiles }: JustfileFacts, folder: string): Justfile | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    const found = justfiles.find(
      (one) => one.folder === at && defaultName.test(one.file.slice(at === "" ? 0 : at.length + 1)),
    );
    if (found !== undefined || at === "") return found;
  }
}

async function readWithImports(
  first: FactFile,
  place: FactPlace,
  known: readonly FactFile[],
  problems: RuleFinding[],
): Promise<Justfile> {
  const toSubject = (path: string): string =>
    place.subject === "" ? path : path.slice(place.subject.length + 1);
  const all: FactFile[] = [first];
  const recipes: PlacedName[] = [];
  const modules: string[] = [];
  let hasFallback = false;
  let isOpen = false;
  for (let at = 0; at < all.length; at += 1) {
    const { path, text, lines } = all[at] as FactFile;
    const read = readJustfile(text);
    hasFallback ||= read.hasFallback;
    modules.push(...read.modules);
    for (const { name, range } of read.recipes) {
      recipes.push({ name, path, span: lines.spanOf(range.start, range.end) });
    }
    for (const imported of read.imports) {
      const target = joinPath(folderOf(toSubject(path)), imported);
      const rootPath = place.toRootPath(target);
      if (all.some((file) => file.path === rootPath) || all.length >= mostImports) continue;
      const ready = known.find((file) => file.path === rootPath);
      const found =
        ready !== undefined
          ? { files: [ready], problems: [] }
          : place.tree.hasFile(target)
            ? await readFactFiles(place, [target])
            : { files: [], problems: [] };
      problems.push(...found.problems);
      all.push(...found.files);
      if (found.files.length === 0) isOpen = true;
    }
  }
  const file = toSubject(first.path);
  return { path: first.path, file, folder: folderOf(file), recipes, modules, hasFallback, isOpen };
}

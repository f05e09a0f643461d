import picomatch from "picomatch";
import type { RuleFinding } from "../../model/rule-finding.ts";
import type { FactPlace, FactSource } from "../fact-source.ts";
import { folderOf, joinPath, type FileTree } from "../file-tree.ts";
import type { PlacedName } from "./placed-name.ts";
import { createMakeVariables, type MakeVariables } from "./make-variables.ts";
import { chooseTaskFiles } from "./choose-task-files.ts";
import { readFactFiles, type FactFile } from "./read-fact-file.ts";
import { dropComment, readMakefile, splitWords, type MakefileText } from "./read-makefile.ts";

/** The Makefiles of a subject. */
export interface MakefileFacts {
  readonly tree: FileTree;
  readonly makefiles: readonly Makefile[];
}

/** A Makefile with all that it includes. */
export interface Makefile {
  /** Relative to the root. */
  readonly path: string;
  /** Relative to the subject, as is `folder`. */
  readonly file: string;
  readonly folder: string;
  readonly targets: readonly PlacedName[];
  /** Of pattern rules: `%.o`. */
  readonly patterns: readonly string[];
  /** Targets whose names hold a variable that the files do not tell, a `%` in its place. */
  readonly computed: readonly string[];
  /** Why it can have targets that are not seen, as the end of a sentence. */
  readonly openReason?: string | undefined;
}

const makefileName = /^(?:.*\/)?(?:GNUmakefile|[Mm]akefile(?:\.[\w-]+)?|[\w.-]+\.mk)$/;

/** The names that make itself looks for, the first one first. */
const defaultNames = ["GNUmakefile", "makefile", "Makefile"];

/** Facts of Makefiles: their targets, those of included files among them. */
export const makefileFacts: FactSource<MakefileFacts> = {
  name: "make",
  title: "Makefiles",
  description:
    "Reads `GNUmakefile`, `makefile`, `Makefile` and `*.mk` in any folder with the files that they include: targets, `.PHONY`, pattern rules. Variables with one plain value are resolved; where `$(eval …)` or an included file that is not in the repository can make more targets, unknown ones are not judged.",
  async observe(place) {
    const paths = chooseTaskFiles(place.tree, makefileName);
    const { files, problems } = await readFactFiles(place, paths);
    const reader = createReader(place, files, paths);
    const makefiles: Makefile[] = [];
    for (const file of paths) {
      const makefile = await reader.read(file);
      if (makefile !== undefined) makefiles.push(makefile);
    }
    return { facts: { tree: place.tree, makefiles }, problems: [...problems, ...reader.problems] };
  },
};

/**
 * The Makefile that make takes in a folder, or the one that `-f` names there. No I/O.
 */
export function findMakefile(
  { makefiles }: MakefileFacts,
  folder: string,
  file: string | undefined,
): Makefile | undefined {
  const names = file === undefined ? defaultNames : [file];
  for (const name of names) {
    const path = joinPath(folder, name);
    const found = makefiles.find((makefile) => makefile.file === path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Whether a Makefile has a target; `"unknown"` where it can have targets that are not seen. No I/O.
 */
export function hasTarget(makefile: Makefile, target: string): boolean | "unknown" {
  if (makefile.targets.some(({ name }) => name === target)) return true;
  if (makefile.patterns.some((pattern) => fitsPercent(pattern, target))) return true;
  if (makefile.computed.some((pattern) => fitsPercent(pattern, target))) return "unknown";
  return makefile.openReason === undefined ? false : "unknown";
}

/** True where the name is the pattern with something in place of each `%`. */
function fitsPercent(pattern: string, name: string): boolean {
  const parts = pattern.split("%");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return pattern === name;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return at + last.length < name.length + (pattern === "%" ? 1 : 0);
}

interface MakefileReader {
  readonly problems: readonly RuleFinding[];
  read(file: string): Promise<Makefile | undefined>;
}

/** No project needs more; a Makefile that includes a whole tree must not slow the check down. */
const mostIncludes = 100;

function createReader(
  place: FactPlace,
  known: readonly FactFile[],
  paths: readonly string[],
): MakefileReader {
  const problems: RuleFinding[] = [];
  const byPath = new Map(known.map((file) => [file.path, file]));
  const texts = new Map<string, MakefileText>();
  const asked = new Set(paths);

  async function fileOf(relative: string): Promise<FactFile | undefined> {
    const path = place.toRootPath(relative);
    if (!asked.has(relative)) {
      asked.add(relative);
      const found = await readFactFiles(place, [relative]);
      problems.push(...found.problems);
      for (const file of found.files) byPath.set(path, file);
    }
    return byPath.get(path);
  }

  function textOf(file: FactFile): MakefileText {
    const text = texts.get(file.path) ?? readMakefile(file.text);
    texts.set(file.path, text);
    return text;
  }

  async function read(relative: string): Promise<Makefile | undefined> {
    const first = await fileOf(relative);
    if (first === undefined) return undefined;
    const folder = folderOf(relative);
    const all: FactFile[] = [first];
    let openReason: string | undefined;
    for (let at = 0; at < all.length; at += 1) {
      const text = textOf(all[at] as FactFile);
      if (text.makesRules) openReason ??= "its Makefile computes rules";
      const variables = createMakeVariables(all.flatMap((file) => textOf(file).variables));
      for (const include of text.includes) {
        const found = findIncluded(include.text, folder, variables, place.tree);
        if (found.missing !== undefined && !isHarmless(found.missing)) {
          openReason ??= "its Makefile includes a file that is not in the repository";
        }
        for (const path of found.files) {
          const file = await fileOf(path);
          if (file !== undefined && !all.includes(file) && all.length < mostIncludes) {
            all.push(file);
          }
        }
      }
    }
    return { path: first.path, file: relative, folder, ...collectTargets(all, textOf), openReason };
  }
  return { problems, read };
}

/** Settings of an environment and dependency files of a compiler hold no target that a person names. */
function isHarmless(include: string): boolean {
  return /\.env\b|\bdeps?\b|\.d\b/i.test(include);
}

function findIncluded(
  text: string,
  folder: string,
  variables: MakeVariables,
  tree: FileTree,
): { files: readonly string[]; missing: string | undefined } {
  const files: string[] = [];
  let missing: string | undefined;
  for (const word of splitWords(dropComment(text))) {
    const plain = /^\$[({]wildcard\s+(.+)[)}]$/.exec(word.text)?.[1] ?? word.text;
    const expanded = variables.expand(plain);
    if (expanded === undefined) {
      missing ??= word.text;
      continue;
    }
    for (const { text: path } of splitWords(expanded)) {
      const target = path.startsWith("/") ? path : joinPath(folder, path);
      const found = /[*?[]/.test(target)
        ? matchGlob(tree, target)
        : tree.hasFile(target)
          ? [target]
          : [];
      if (found.length === 0) missing ??= path;
      files.push(...found);
    }
  }
  return { files, missing };
}

function matchGlob(tree: FileTree, glob: string): readonly string[] {
  const isMatch = picomatch(glob);
  return tree.files.filter((file) => isMatch(file)).slice(0, mostIncludes);
}

function collectTargets(
  files: readonly FactFile[],
  textOf: (file: FactFile) => MakefileText,
): Pick<Makefile, "targets" | "patterns" | "computed"> {
  const variables = createMakeVariables(files.flatMap((file) => textOf(file).variables));
  const targets = new Map<string, PlacedName>();
  const patterns = new Set<string>();
  const computed = new Set<string>();
  for (const file of files) {
    const { path, lines } = file;
    const add = (text: string, start: number, end: number): void => {
      const name = text.replaceAll(/\\(?=[:#\s])/g, "");
      if (name.includes("%")) patterns.add(name);
      else if (!targets.has(name)) {
        targets.set(name, { name, path, span: lines.spanOf(start, end) });
      }
    };
    for (const { targets: written, pattern, phony } of textOf(file).rules) {
      for (const { text, range } of [...written, ...phony]) {
        const expanded = variables.expand(text);
        if (expanded === undefined) {
          computed.add(variables.expandToPattern(pattern ?? text));
          continue;
        }
        for (const { text: name } of splitWords(expanded)) add(name, range.start, range.end);
      }
    }
  }
  const named = [...targets.values()].filter(({ name }) => !/^\.[A-Z_]+$/.test(name));
  if (targets.has(".DEFAULT")) computed.add("%");
  return { targets: named, patterns: [...patterns], computed: [...computed] };
}

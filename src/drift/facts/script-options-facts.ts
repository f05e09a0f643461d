import type { Span } from "../../model/source.ts";
import { createLineIndex } from "../../parse/line-index.ts";
import type { TextRange } from "../../model/shell-script.ts";
import type { FactPlace, FactSource } from "../fact-source.ts";
import type { FileTree } from "../file-tree.ts";
import { readScriptOptions } from "./read-script-options.ts";
import type { ScriptOptions } from "./script-options.ts";

/** The scripts of a subject, each read when it is asked for. */
export interface ScriptOptionsFacts {
  readonly tree: FileTree;
  /** `file` is relative to the subject. */
  optionsOf(file: string): Promise<KnownScript | UnknownScript>;
}

/** A script whose options are known. */
export interface KnownScript {
  readonly kind: "known";
  /** Relative to the root. */
  readonly path: string;
  readonly options: ScriptOptions;
  locate(range: TextRange): Span;
  /** True where the text holds a word anywhere, in a comment too. */
  mentions(word: string): boolean;
}

/** A script whose options are not known, and why, as the end of a sentence. */
export interface UnknownScript {
  readonly kind: "unknown";
  readonly reason: string;
}

/** Facts of the repository's own scripts: the options and sub-commands that they know. */
export const scriptOptionsFacts: FactSource<ScriptOptionsFacts> = {
  name: "script-options",
  title: "Options of scripts",
  description:
    "Reads, without running anything, which options and sub-commands a script of the repository knows: shell scripts by `getopts`, `getopt` and `case` on their arguments, Python by `argparse` and `click`, JavaScript by `parseArgs` of `node:util` and `commander`. A script that hands its arguments on, or reads them in another way, is not judged.",
  observe(place) {
    const read = new Map<string, Promise<KnownScript | UnknownScript>>();
    const facts: ScriptOptionsFacts = {
      tree: place.tree,
      optionsOf(file) {
        const known = read.get(file) ?? readScript(file, place);
        read.set(file, known);
        return known;
      },
    };
    return Promise.resolve({ facts, problems: [] });
  },
};

async function readScript(file: string, place: FactPlace): Promise<KnownScript | UnknownScript> {
  const path = place.toRootPath(file);
  const read = await place.repository.readText(path);
  if (read.kind !== "text") return { kind: "unknown", reason: "the script cannot be read" };
  const { text } = read;
  const found = readScriptOptions(path, text);
  if (found.kind === "unknown") return found;
  const lines = createLineIndex(text);
  return {
    kind: "known",
    path,
    options: found.options,
    locate: ({ start, end }) => lines.spanOf(start, end),
    mentions: (word) => hasWord(text, word),
  };
}

function hasWord(text: string, word: string): boolean {
  if (word === "") return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const isStart = !/[\w-]/.test(text[at - 1] ?? " ") || word.startsWith("-");
    if (isStart && !/[\w-]/.test(text[at + word.length] ?? " ")) return true;
  }
  return false;
}

import type { FactSource } from "../fact-source.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles, type FactFile } from "./read-fact-file.ts";

/** Versions that files of version managers give programs, by the program's name. */
export interface VersionFileFacts {
  /** One entry for each version as written: of `python 3.12.1 3.11.7`, two. */
  readonly versions: readonly { readonly tool: string; readonly version: PlacedName }[];
}

const ofFile: Readonly<Record<string, string>> = {
  ".nvmrc": "node",
  ".node-version": "node",
  ".python-version": "python",
  ".ruby-version": "ruby",
  ".go-version": "go",
  ".terraform-version": "terraform",
};

/** Names of asdf's plugins that are not the programs' own. */
const ofPlugin: Readonly<Record<string, string>> = { nodejs: "node", golang: "go" };

/** Facts of version managers' files at the top: `.nvmrc`, `.python-version`, `.tool-versions`. */
export const versionFileFacts: FactSource<VersionFileFacts> = {
  name: "version-files",
  title: "Files of version managers",
  description:
    "Reads `.nvmrc`, `.node-version`, `.python-version`, `.ruby-version`, `.go-version`, `.terraform-version` and `.tool-versions` in the folder that runbooks speak of.",
  async observe(place) {
    const names = [...Object.keys(ofFile), ".tool-versions"];
    const { files, problems } = await readFactFiles(
      place,
      names.filter((name) => place.tree.hasFile(name)),
    );
    return { facts: { versions: files.flatMap(readVersions) }, problems };
  },
};

function readVersions(file: FactFile): VersionFileFacts["versions"] {
  const tool = ofFile[file.path.slice(file.path.lastIndexOf("/") + 1)];
  const found: { tool: string; version: PlacedName }[] = [];
  // A file of versions has a few lines; what has more is none.
  for (const match of file.text.slice(0, 20_000).matchAll(/^[^\n]+/gm)) {
    const line = match[0].split("#", 1)[0] ?? "";
    const words = [...line.matchAll(/\S+/g)];
    const named = tool ?? words.shift()?.[0] ?? "";
    for (const word of words) {
      const start = match.index + word.index;
      const span = file.lines.spanOf(start, start + word[0].length);
      const program = Object.hasOwn(ofPlugin, named) ? (ofPlugin[named] ?? named) : named;
      found.push({ tool: program, version: { name: word[0], path: file.path, span } });
    }
  }
  return found;
}

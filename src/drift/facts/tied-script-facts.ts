import type { FactSource } from "../fact-source.ts";
import type { ReadFileResult } from "../ports.ts";

/** The scripts that blocks are tied to; each is read once, when it is asked for. */
export interface TiedScriptFacts {
  /** All files of the repository, by their paths relative to the root. */
  readonly files: readonly string[];
  readonly readScript: (path: string) => Promise<ReadFileResult>;
}

/** Texts of the files that `script=` names, and their regions. */
export const tiedScriptFacts: FactSource<TiedScriptFacts> = {
  name: "tied-scripts",
  title: "scripts and their regions",
  description:
    "Reads the files that `script=` names, by their paths relative to the repository's root, and the scripts beside them. A region goes from a line with `opswright:begin NAME` to the line with `opswright:end NAME`, in comments of whatever syntax; regions can stand in each other, and then the inner markers are no part of the outer text.",
  observe({ repository, tree }) {
    const known = new Map<string, Promise<ReadFileResult>>();
    const readScript = (path: string): Promise<ReadFileResult> => {
      const read = known.get(path) ?? repository.readText(path);
      known.set(path, read);
      return read;
    };
    return Promise.resolve({ facts: { files: tree.files, readScript }, problems: [] });
  },
};

import type { FileTree } from "../file-tree.ts";

/** What the files of a repository say of it as a whole; each is looked up once, when it is asked for. */
export interface TreeTraits {
  /** True for the repository of a program; a wiki speaks of files and branches of others. */
  holdsSource(): boolean;
  /** True where a site's generator is set up, which can resolve links by rules of its own. */
  holdsSite(): boolean;
  /** True where a file ends with `.png`, whatever the case; `ending` has no dot. */
  hasEnding(ending: string): boolean;
  /** Files whose name is this one, in order. */
  findByName(name: string): readonly string[];
}

const source =
  /(?:\.(?:py|rb|go|rs|js|mjs|cjs|ts|tsx|java|kt|php|cs|c|cpp|ex|sh|sql|tf|ya?ml|toml|ini|gradle)|(?:^|\/)(?:Dockerfile|Makefile|justfile|Procfile|Gemfile|requirements|go\.mod)[\w.-]*)$/;
const site =
  /(?:^|\/)(?:docusaurus\.config\.[cm]?[jt]s|mkdocs\.ya?ml|(?:hugo|book)\.(?:toml|ya?ml|json)|_config\.ya?ml|astro\.config\.[cm]?[jt]s|antora\.yml|conf\.py|gatsby-config\.[jt]s|\.eleventy\.js|\.gitbook\.yaml|\.vitepress\/config\.[cm]?[jt]s)$/;

/** Prepares the look-ups; nothing is looked at until it is asked for. No I/O. */
export function createTreeTraits({ files }: FileTree): TreeTraits {
  let isSource: boolean | undefined;
  let isSite: boolean | undefined;
  let endings: ReadonlySet<string> | undefined;
  let names: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    holdsSource: () => (isSource ??= files.some((file) => source.test(file))),
    holdsSite: () => (isSite ??= files.some((file) => site.test(file))),
    hasEnding: (ending) => (endings ??= listEndings(files)).has(ending.toLowerCase()),
    findByName: (name) => (names ??= indexByName(files)).get(name) ?? [],
  };
}

function listEndings(files: readonly string[]): ReadonlySet<string> {
  return new Set(files.map((file) => file.slice(file.lastIndexOf(".") + 1).toLowerCase()));
}

function indexByName(files: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const file of files) {
    const name = file.slice(file.lastIndexOf("/") + 1);
    const known = index.get(name);
    if (known === undefined) index.set(name, [file]);
    else known.push(file);
  }
  return index;
}

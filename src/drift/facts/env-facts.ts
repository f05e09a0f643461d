import type { FactSource } from "../fact-source.ts";
import { isAsideFile } from "./is-aside-file.ts";
import type { PlacedName } from "./placed-name.ts";
import { readFactFiles } from "./read-fact-file.ts";

/** What examples of environment files list. */
export interface EnvFacts {
  /** One for each file, in order. */
  readonly examples: readonly EnvExample[];
}

/** An example of an environment file: its variables in order, also those behind a comment sign. */
export interface EnvExample {
  readonly path: string;
  readonly variables: readonly PlacedName[];
}

const exampleFile =
  /^(?:.*\/)?(?:\.env(?:\.[\w-]+)*\.(?:example|sample|template|dist)|(?:example|sample)\.env|env\.(?:example|sample|template))$/;

/** Facts of examples of environment files: names of variables, never their values. */
export const envFacts: FactSource<EnvFacts> = {
  name: "env",
  title: "Examples of environment files",
  description:
    "Reads `.env.example`, `.env.sample`, `.env.template` and their variants (`.env.compose.example`) in any folder: the names of variables, also of those that a comment sign turns off. Values are not taken, and real environment files are not read.",
  async observe(place) {
    const paths = place.tree.match(exampleFile).filter((path) => !isAsideFile(path));
    const { files, problems } = await readFactFiles(place, paths);
    const examples = files.map(({ path, text, lines }): EnvExample => {
      const variables = new Map<string, PlacedName>();
      for (const match of text.matchAll(/^([ \t]*(?:#[ \t]*)?(?:export[ \t]+)?)([A-Z_]\w*)=/gm)) {
        const [, before = "", name = ""] = match;
        const start = match.index + before.length;
        if (variables.has(name)) continue;
        variables.set(name, { name, path, span: lines.spanOf(start, start + name.length) });
      }
      return { path, variables: [...variables.values()] };
    });
    return { facts: { examples }, problems };
  },
};

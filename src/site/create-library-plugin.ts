/** Which project the site shows, and the modules that read it. */
export interface LibrarySource {
  /** The project's root; without it, it is found from the current folder as the CLI finds it. */
  readonly root?: string | undefined;
  /** As `readProject` takes it: a path, or `false` for none. */
  readonly configurationPath?: string | false | undefined;
  /** Whether pages show what `opswright check` finds. */
  readonly hasFindings?: boolean | undefined;
  /** Absolute path of the module that exports `readSiteLibrary`. */
  readonly reader: string;
}

const name = "opswright:library";
const resolved = `\0${name}`;

/**
 * Makes the Vite plugin that gives the site `opswright:library`: the CLI's own way of reading
 * runbooks, handed in by who configures the site, since `site` itself touches no files.
 *
 * No I/O.
 */
export function createLibraryPlugin(source: LibrarySource): {
  name: string;
  resolveId(id: string): string | undefined;
  load(id: string): string | undefined;
} {
  return {
    name,
    resolveId: (id) => (id === name ? resolved : undefined),
    load: (id) => (id === resolved ? writeLibraryModule(source) : undefined),
  };
}

function writeLibraryModule({ reader, ...options }: LibrarySource): string {
  return `
import { readSiteLibrary } from ${JSON.stringify(reader)};

export const readLibrary = () => readSiteLibrary(${JSON.stringify(options)});
`;
}

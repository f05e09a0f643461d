import type { SiteLibrary } from "../model/site-library.ts";

/** Which project the site shows, and who reads it. */
export interface LibrarySource {
  /** The project's root; without it, it is found from the current folder as the CLI finds it. */
  readonly root?: string | undefined;
  /** As `readProject` takes it: a path, or `false` for none. */
  readonly configurationPath?: string | false | undefined;
  /** Whether pages show what `opswright check` finds. */
  readonly hasFindings?: boolean | undefined;
  /** Where the built site goes, as an absolute path: what lies there is no runbook. */
  readonly outDir?: string | undefined;
  /** A folder that keeps what was compiled until the next build. */
  readonly cacheFolder?: string | undefined;
  /** The command line's own way of reading, `readSiteLibrary`: `site` itself touches no runbook. */
  readonly read: (options: Omit<LibrarySource, "read" | "onRead">) => Promise<SiteLibrary>;
  /** Is told each time that the project was read. */
  readonly onRead?: ((library: SiteLibrary) => void) | undefined;
}

const name = "opswright:library";
const resolved = `\0${name}`;
const key = Symbol.for(name);

/**
 * Makes the Vite plugin that gives the site `opswright:library`: the reading of a project, handed in
 * by who configures the site.
 *
 * It is handed over as the function that it is, in this very process, so that Vite need not take
 * the modules behind it through its own pipeline. No I/O but what the function does when it is called.
 */
export function createLibraryPlugin(source: LibrarySource): {
  name: string;
  resolveId(id: string): string | undefined;
  load(id: string): string | undefined;
} {
  const { read, onRead, ...options } = source;
  const readers = knownReaders();
  const number = readers.push(async () => {
    const library = await read(options);
    onRead?.(library);
    return library;
  });
  return {
    name,
    resolveId: (id) => (id === name ? resolved : undefined),
    load: (id) =>
      id === resolved
        ? `export const readLibrary = globalThis[Symbol.for(${JSON.stringify(name)})][${number - 1}];`
        : undefined,
  };
}

/** Each site's reader; one process can build several. */
function knownReaders(): (() => Promise<SiteLibrary>)[] {
  const place = globalThis as { [key]?: (() => Promise<SiteLibrary>)[] };
  return (place[key] ??= []);
}

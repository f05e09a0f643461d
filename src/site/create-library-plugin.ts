/** Which project the site shows, and the modules that read it. */
export interface LibrarySource {
  /** The project's root; without it, it is found from the current folder as the CLI finds it. */
  readonly root?: string | undefined;
  /** As `readProject` takes it: a path, or `false` for none. */
  readonly configurationPath?: string | false | undefined;
  /** Absolute paths of the modules that export `readProject` and `readRunbooks`. */
  readonly modules: { readonly readProject: string; readonly readRunbooks: string };
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

function writeLibraryModule({ root, configurationPath, modules }: LibrarySource): string {
  return `
import { readProject } from ${JSON.stringify(modules.readProject)};
import { readRunbooks } from ${JSON.stringify(modules.readRunbooks)};

export async function readLibrary() {
  const project = await readProject(${JSON.stringify({ root, configurationPath })});
  const { runbooks, sources } = await readRunbooks(project);
  const folder = project.root + "/" + project.configuration.runbooks;
  return { root: project.root, folder, problems: project.diagnostics, runbooks, sources };
}
`;
}

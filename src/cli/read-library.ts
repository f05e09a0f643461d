import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { Configuration } from "../model/configuration.ts";
import type { Runbook } from "../model/runbook.ts";
import type { CommonOptions } from "./command-context.ts";
import { readProject } from "../node/read-project.ts";
import { readNeededRunbooks, readRunbooks } from "../node/read-runbooks.ts";
import { openUserCache } from "../node/open-user-cache.ts";

/** A project with its runbooks, as the commands need it. */
export interface Library {
  /** Absolute path. */
  readonly root: string;
  readonly configuration: Configuration;
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
  readonly sources: ReadonlyMap<string, string>;
  /** Problems of the project itself; with an error among them nothing else counts. */
  readonly problems: readonly Diagnostic[];
}

/**
 * Reads the project and its runbooks; with `target` those alone that the target needs.
 *
 * Where the configuration is not valid the runbooks are left out. Throws `ProjectError`. Reads the
 * file system.
 */
export async function readLibrary(options: CommonOptions, target?: string): Promise<Library> {
  const project = await readProject({ root: options.root, configurationPath: options.config });
  const { root, configuration, diagnostics: problems } = project;
  if (problems.some(({ severity }) => severity === "error")) {
    return { root, configuration, runbooks: new Map(), sources: new Map(), problems };
  }
  const cache = await openUserCache();
  const { runbooks, sources } =
    target === undefined
      ? await readRunbooks(project, [], undefined, cache)
      : await readNeededRunbooks(project, target, cache);
  await cache?.tidy();
  return { root, configuration, runbooks, sources, problems };
}

/** The runbooks that could be compiled at all, by id. No I/O. */
export function compiledRunbooks(library: Library): ReadonlyMap<string, Runbook> {
  const compiled = new Map<string, Runbook>();
  for (const [id, { value }] of library.runbooks) if (value !== undefined) compiled.set(id, value);
  return compiled;
}

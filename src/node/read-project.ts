import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { configurationSchema, type Configuration } from "../model/configuration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";

/** A repository that has runbooks: its root, as an absolute path without symlinks, and its settings. */
export interface Project {
  readonly root: string;
  readonly configuration: Configuration;
  /** Problems of the configuration; with an error among them its defaults are in force. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A failing environment: a root that is not there, a file that cannot be read. */
export class ProjectError extends Error {
  override readonly name = "ProjectError";
}

const configurationFile = "opswright.config.json";

/**
 * Finds a project's root and reads its configuration.
 *
 * The root is `options.root`; without it, the nearest folder from the current one upwards that has
 * a configuration, a `runbooks` folder or a `.git`; else the current folder. `configurationPath` is
 * relative to the current folder; `false` reads none. Throws `ProjectError` where the root is no
 * folder. Reads the file system.
 */
export async function readProject(options: {
  readonly root?: string | undefined;
  readonly configurationPath?: string | false | undefined;
}): Promise<Project> {
  const start = path.resolve(options.root ?? ".");
  const root = options.root === undefined ? await findRoot(start) : start;
  if (!(await isFolder(root))) {
    throw new ProjectError(
      `There is no folder ${root}. Name the repository's root with --root DIR.`,
    );
  }
  const real = await realpath(root);
  const found = await readConfiguration(real, options.configurationPath);
  const configured = path.resolve(real, found.configuration.root);
  if (!(await isFolder(configured))) {
    throw new ProjectError(
      `There is no folder ${configured}. Correct \`root\` in the configuration.`,
    );
  }
  return { root: await realpath(configured), ...found };
}

async function findRoot(start: string): Promise<string> {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const signs = [configurationFile, "runbooks", ".git"].map((name) => path.join(folder, name));
    if ((await Promise.all(signs.map(exists))).some(Boolean)) return folder;
    if (path.dirname(folder) === folder) return start;
  }
}

async function readConfiguration(
  root: string,
  given: string | false | undefined,
): Promise<{ configuration: Configuration; diagnostics: readonly Diagnostic[] }> {
  const defaults = configurationSchema.parse({});
  if (given === false) return { configuration: defaults, diagnostics: [] };
  const file = given === undefined ? path.join(root, configurationFile) : path.resolve(given);
  const text = await readOptional(file);
  if (text === undefined && given !== undefined)
    throw new ProjectError(`There is no configuration ${file}.`);
  const source =
    text === undefined ? await readPackageConfiguration(root) : { name: path.basename(file), text };
  if (source === undefined) return { configuration: defaults, diagnostics: [] };
  const place = { path: source.name };
  let data: unknown;
  try {
    data = JSON.parse(source.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      configuration: defaults,
      diagnostics: [makeDiagnostic("configuration-syntax", { reason }, place)],
    };
  }
  const result = configurationSchema.safeParse(data);
  if (result.success) return { configuration: result.data, diagnostics: [] };
  const diagnostics = result.error.issues.map((issue) => {
    const reason = [issue.path.join("."), issue.message].filter((part) => part !== "").join(": ");
    return makeDiagnostic("configuration-syntax", { reason }, place);
  });
  return { configuration: defaults, diagnostics };
}

async function readPackageConfiguration(
  root: string,
): Promise<{ name: string; text: string } | undefined> {
  const text = await readOptional(path.join(root, "package.json"));
  if (text === undefined) return undefined;
  try {
    const own = (JSON.parse(text) as { opswright?: unknown }).opswright;
    return own === undefined
      ? undefined
      : { name: "package.json#opswright", text: JSON.stringify(own) };
  } catch {
    // A package.json that is broken is npm's to report.
    return undefined;
  }
}

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new ProjectError(`${file} cannot be read.`, { cause: error });
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

async function isFolder(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isDirectory() === true;
}

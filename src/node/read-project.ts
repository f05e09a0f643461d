import { readFile, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { Configuration } from "../model/configuration.ts";
import { defaultConfiguration } from "../model/default-configuration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";

/** A repository that has runbooks: its root, as an absolute path without symlinks, and its settings. */
export interface Project {
  readonly root: string;
  /** The folder where it was found: `root`, unless the configuration there names another one. */
  readonly foundIn: string;
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
 * folder. Where nothing says which folder holds runbooks and there is no `runbooks`, Markdown in the
 * root makes it the root. Reads the file system.
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
  const resolved = await realpath(configured);
  const { configuration, diagnostics, isFolderGiven } = found;
  return {
    root: resolved,
    foundIn: real,
    configuration: isFolderGiven ? configuration : await findRunbooks(resolved, configuration),
    diagnostics,
  };
}

/** Documents about a repository, which are no runbooks wherever they stand. */
const aboutRepository =
  /^(?:readme|change(?:s|log)|history|news|contribut(?:ing|ors)|licen[cs]e|copying|notice|code_of_conduct|security|support|authors|maintainers|governance|architecture|roadmap|todo|notes|claude|agents)\b/iu;

/**
 * Takes the root itself for the folder of runbooks where there is no other and Markdown stands in it.
 *
 * A repository that holds nothing but three runbooks then needs no configuration.
 */
async function findRunbooks(root: string, configuration: Configuration): Promise<Configuration> {
  if (await exists(path.join(root, configuration.runbooks))) return configuration;
  const names = await readdir(root).catch(() => []);
  const hasRunbooks = names.some(
    (name) => /^[^_.].*\.mdx?$/u.test(name) && !aboutRepository.test(name),
  );
  if (!hasRunbooks) return configuration;
  return { ...configuration, runbooks: ".", worlds: "_worlds", baseline: ".baseline.json" };
}

async function findRoot(start: string): Promise<string> {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const signs = [configurationFile, "runbooks", ".git"].map((name) => path.join(folder, name));
    if ((await Promise.all(signs.map(exists))).some(Boolean)) return folder;
    if (path.dirname(folder) === folder) return start;
  }
}

interface ReadConfiguration extends Omit<Project, "root" | "foundIn"> {
  /** True where the configuration names the folder of runbooks. */
  readonly isFolderGiven: boolean;
}

async function readConfiguration(
  root: string,
  given: string | false | undefined,
): Promise<ReadConfiguration> {
  const nothing = { configuration: defaultConfiguration, diagnostics: [], isFolderGiven: false };
  if (given === false) return nothing;
  const file = given === undefined ? path.join(root, configurationFile) : path.resolve(given);
  const text = await readOptional(file);
  if (text === undefined && given !== undefined)
    throw new ProjectError(`There is no configuration ${file}.`);
  const source =
    text === undefined ? await readPackageConfiguration(root) : { name: path.basename(file), text };
  if (source === undefined) return nothing;
  const place = { path: source.name };
  let data: unknown;
  try {
    data = JSON.parse(source.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      ...nothing,
      diagnostics: [makeDiagnostic("configuration-syntax", { reason }, place)],
    };
  }
  // Loaded where there is something to check: it takes longer than most configurations.
  const { configurationSchema } = await import("../model/configuration.ts");
  const result = configurationSchema.safeParse(data);
  if (result.success) {
    const isFolderGiven = typeof data === "object" && data !== null && "runbooks" in data;
    return { configuration: result.data, diagnostics: [], isFolderGiven };
  }
  const diagnostics = result.error.issues.map((issue) => {
    // What a name may be is said one level below: a map of names has no words for it.
    const message = (issue.code === "invalid_key" && issue.issues[0]?.message) || issue.message;
    const reason = [issue.path.join("."), message].filter((part) => part !== "").join(": ");
    return makeDiagnostic("configuration-syntax", { reason }, place);
  });
  return { ...nothing, diagnostics };
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

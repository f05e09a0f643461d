import path from "node:path";
import type { Project } from "../node/read-project.ts";
import type { SiteOptions } from "../site/create-site-configuration.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";

/** What each of the site's commands can be told. */
export interface SiteCommandOptions extends CommonOptions {
  readonly base?: string | undefined;
  readonly outDir?: string | undefined;
}

/** What the commands that serve can be told. */
export interface ServeSiteOptions extends SiteCommandOptions {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

/** A project whose site can be made, and how. */
export interface SiteProject {
  readonly project: Project;
  readonly runbookCount: number;
  /** Absolute path of the built site. */
  readonly outDir: string;
  /** Absolute path of the folder in which it is worked on. */
  readonly workspace: string;
  /** All but the places, which differ by command. */
  readonly options: Omit<SiteOptions, "packageRoot" | "stamp" | "outDir">;
}

/**
 * Reads the project and judges whether its site can be made; a number is the exit code where not.
 *
 * Throws `ProjectError` where there is no runbook. Reads the file system.
 */
export async function readSiteProject(
  context: CommandContext<SiteCommandOptions>,
  onRead: NonNullable<SiteOptions["library"]["onRead"]>,
  hasFindings: boolean,
): Promise<SiteProject | number> {
  const { options, terminal } = context;
  const { readProject } = await import("../node/read-project.ts");
  const project = await readProject({ root: options.root, configurationPath: options.config });
  const { exitCodeFor } = await import("../report/exit-code-for.ts");
  if (project.diagnostics.length > 0) {
    const { reportProblems } = await import("./report-problems.ts");
    reportProblems(context, project.diagnostics, new Map());
    if (exitCodeFor(project.diagnostics) !== 0) return exitCodeFor(project.diagnostics);
  }
  const { root, configuration } = project;
  const outDir = path.resolve(
    ...(options.outDir === undefined ? [root, configuration.site.outDir] : [options.outDir]),
  );
  const fault = await judgeOutDir(project, outDir);
  if (fault !== undefined) return context.fail(fault);
  const runbookCount = await countRunbooks(project, outDir);
  const logo = await readLogo(project);
  if ("fault" in logo) {
    terminal.writeError(`error: ${logo.fault}\n`);
    return 3;
  }
  const { findSiteFolder } = await import("../node/find-site-folder.ts");
  const { readSiteLibrary } = await import("../node/read-site-library.ts");
  return {
    project,
    runbookCount,
    outDir,
    workspace: await findSiteFolder(root),
    options: {
      base: options.base ?? configuration.site.base,
      url: configuration.site.url,
      logo: logo.file,
      library: {
        // Not the root: which one that is, is read again too.
        root: project.foundIn,
        configurationPath:
          typeof options.config === "string" ? path.resolve(options.config) : options.config,
        outDir,
        hasFindings,
        read: readSiteLibrary,
        onRead,
      },
    },
  };
}

/** What is in the folder of the site is deleted and is no runbook. */
async function judgeOutDir(
  { root, configuration }: Project,
  outDir: string,
): Promise<string | undefined> {
  const { isInside } = await import("../node/is-inside.ts");
  const runbooks = path.resolve(root, configuration.runbooks);
  if (isInside(root, outDir) || isInside(runbooks, outDir)) {
    return `The site cannot go to ${outDir}: the project is there. Name a folder of its own with --out-dir.`;
  }
  if (runbooks !== root && isInside(outDir, runbooks)) {
    return `The site cannot go to ${outDir}: runbooks are there. Name a folder beside them with --out-dir.`;
  }
  return undefined;
}

async function countRunbooks({ root, configuration }: Project, outDir: string): Promise<number> {
  const { findDocuments } = await import("../node/find-documents.ts");
  const { isInside } = await import("../node/is-inside.ts");
  const folder = path.resolve(root, configuration.runbooks);
  const documents = await findDocuments(root, folder, folder);
  const count = documents.filter(({ file }) => !isInside(file, outDir)).length;
  if (count > 0) return count;
  const { ProjectError } = await import("../node/read-project.ts");
  throw new ProjectError(
    `There are no runbooks in ${folder}. Put .md or .mdx files there, or name another folder ` +
      "under `runbooks` in the configuration.",
  );
}

async function readLogo(
  project: Project,
): Promise<{ readonly file: string | undefined } | { readonly fault: string }> {
  const { logo } = project.configuration.site;
  if (logo === undefined) return { file: undefined };
  const { readLogoFile } = await import("../node/read-logo-file.ts");
  return readLogoFile(project.root, logo);
}

import process from "node:process";
import type { SiteLibrary } from "../model/site-library.ts";
import { countNoun } from "../report/count-noun.ts";
import type { SiteServer } from "../site/serve-site.ts";
import type { CommandContext } from "./command-context.ts";
import { readSiteProject, type ServeSiteOptions } from "./site-options.ts";

/** Where a server listens, and where one after the other is tried unless one was named. */
const defaultPort = 4321;
const triedPorts = 20;

/**
 * Serves the project's site until it is told to end, and gives back the exit code.
 *
 * `dev` makes pages as they are asked for and shows what changes; `preview` serves what was built.
 * Starts a server; takes over SIGINT and SIGTERM.
 */
export async function serveProjectSite(
  context: CommandContext<ServeSiteOptions>,
  how: "dev" | "preview",
): Promise<number> {
  const { options, terminal } = context;
  const ended = waitForEnd();
  const say = (text: string): void => {
    if (options.quiet !== true) terminal.writeError(`${text}\n`);
  };
  const site = await readSiteProject(
    context,
    (library) => {
      say(describeFindings(library));
    },
    how === "dev",
  );
  if (typeof site === "number") return site;
  const { readSiteMark } = await import("../site/replace-folder.ts");
  const mark = how === "preview" ? await readSiteMark(site.outDir) : undefined;
  if (how === "preview" && mark === undefined) {
    const { ProjectError } = await import("../node/read-project.ts");
    throw new ProjectError(`There is no site in ${site.outDir}. Build it: opswright site build`);
  }
  const host = options.host ?? "127.0.0.1";
  const { findFreePort } = await import("../node/find-free-port.ts");
  const port = await findFreePort(
    host,
    options.port ?? defaultPort,
    options.port === undefined ? triedPorts : 1,
  );
  const { prepareWorkspace } = await import("../site/prepare-workspace.ts");
  const { developSite, previewSite } = await import("../site/serve-site.ts");
  const workspace = await prepareWorkspace(site.workspace);
  const serve = how === "dev" ? developSite : previewSite;
  const server: SiteServer = await serve(
    {
      ...site.options,
      library: { ...site.options.library, cacheFolder: workspace.cacheDir },
      base: options.base ?? mark?.base ?? site.options.base,
      packageRoot: workspace.folder,
      stamp: workspace.stamp,
      cacheDir: workspace.cacheDir,
      outDir: how === "preview" ? site.outDir : workspace.outDir,
    },
    { host, port },
    options.verbose === true ? "info" : "warn",
  );
  terminal.write(`${server.address}\n`);
  say(how === "dev" ? "Changes are shown as you save them. End with Ctrl-C." : "End with Ctrl-C.");
  await ended;
  await server.stop();
  return 0;
}

function describeFindings({ runbooks, findings }: SiteLibrary): string {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  return `Read ${countNoun(runbooks.size, "runbook")}: ${countNoun(errors, "error")}, ${countNoun(warnings, "warning")}.`;
}

/** Resolves when the process is told to end; it then ends by itself, with what it serves closed. */
function waitForEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        resolve();
      });
    }
    // Whoever started it with a channel to it has ended, perhaps by force.
    process.once("disconnect", resolve);
  });
}

import path from "node:path";
import type { SiteLibrary } from "../model/site-library.ts";
import { countNoun } from "../report/count-noun.ts";
import { formatDuration } from "../report/format-duration.ts";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";
import type { CommandContext } from "./command-context.ts";
import { readSiteProject, type SiteCommandOptions, type SiteProject } from "./site-options.ts";

type SiteContext = CommandContext<SiteCommandOptions>;

/** Builds the project's site, says what came of it, and gives back the exit code. Writes files. */
export async function buildProjectSite(context: SiteContext): Promise<number> {
  const { options, terminal } = context;
  const startedMs = performance.now();
  const problems = { error: 0, warning: 0, info: 0 };
  const site = await readSiteProject(context, (library) => countProblems(library, problems), false);
  if (typeof site === "number") return site;
  const { canBeReplaced, replaceFolder } = await import("../site/replace-folder.ts");
  const fault = await judgeOldSite(site, canBeReplaced);
  if (fault !== undefined) return context.fail(fault);

  const runbooks = countNoun(site.runbookCount, "runbook");
  const folder = site.project.configuration.runbooks;
  if (options.quiet !== true && options.json !== true) {
    terminal.writeError(
      `Building the site of ${runbooks} in ${folder === "." ? site.project.root : `${folder}/`} …\n`,
    );
  }
  const { prepareWorkspace } = await import("../site/prepare-workspace.ts");
  const { buildSite } = await import("../site/build-site.ts");
  const workspace = await prepareWorkspace(site.workspace);
  const { pageCount } = await buildSite(
    {
      ...site.options,
      library: { ...site.options.library, cacheFolder: workspace.cacheDir },
      packageRoot: workspace.folder,
      stamp: workspace.stamp,
      cacheDir: workspace.cacheDir,
      outDir: workspace.outDir,
    },
    options.verbose === true ? "info" : "warn",
  );
  const base = site.options.base ?? "/";
  await replaceFolder(workspace.outDir, site.outDir, { base });

  const seconds = formatDuration(performance.now() - startedMs);
  if (options.json === true) {
    const { outDir, runbookCount } = site;
    const document = { schemaVersion: 1, outDir, base, runbookCount, pageCount, problems };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
    return 0;
  }
  if (options.quiet === true) return 0;
  const place = escapeControlCharacters(nameFolder(site.outDir));
  const lines = [`${countNoun(pageCount, "page")} of ${runbooks} in ${place} (${seconds}).`];
  if (problems.error > 0) {
    lines.push(
      `${countNoun(problems.error, "error")} in runbooks, shown on their pages: opswright check`,
    );
  }
  lines.push(`Look at it: opswright site preview${await nameOptions(context)}`);
  terminal.write(`${lines.join("\n")}\n`);
  return 0;
}

function countProblems(library: SiteLibrary, counts: Record<string, number>): void {
  for (const { diagnostics } of library.runbooks.values()) {
    for (const { severity } of diagnostics) counts[severity] = (counts[severity] ?? 0) + 1;
  }
}

async function judgeOldSite(
  { outDir }: SiteProject,
  canBeReplaced: (folder: string) => Promise<boolean>,
): Promise<string | undefined> {
  return (await canBeReplaced(outDir))
    ? undefined
    : `${nameFolder(outDir)} holds files that Opswright did not build. Empty it, or name another folder with --out-dir.`;
}

function nameFolder(folder: string): string {
  const relative = path.relative("", folder);
  return `${relative.startsWith("..") ? folder : relative}/`;
}

/** The options with which `preview` finds the same site. */
async function nameOptions({ options }: SiteContext): Promise<string> {
  const { quoteShellWord } = await import("../node/quote-shell-word.ts");
  const given = [
    ["--root", options.root],
    ["--config", options.config === false ? undefined : options.config],
    ["--out-dir", options.outDir],
  ] as const;
  return given
    .flatMap(([name, value]) =>
      value === undefined
        ? []
        : [` ${name} ${/^[\w./@+-]+$/u.test(value) ? value : quoteShellWord(value)}`],
    )
    .join("");
}

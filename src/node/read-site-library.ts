import { JournalError } from "../run/journal-error.ts";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../model/problem.ts";
import type { SiteLibrary } from "../model/site-library.ts";
import { ledgerFileName, type VerificationLedger } from "../model/verification-ledger.ts";
import { readLedger } from "../parse/read-ledger.ts";
import { emptyLedger } from "../plan/merge-ledger.ts";
import { checkProject } from "./check-project.ts";
import { currentEnvironment } from "./current-environment.ts";
import { listRuns } from "./list-runs.ts";
import { openCompiledCache } from "./open-compiled-cache.ts";
import { readProject, type Project } from "./read-project.ts";
import { readRunbooks } from "./read-runbooks.ts";
import { todayHere } from "./today-here.ts";

/** Which project a site is made from, and how much of it. */
export interface SiteLibraryOptions {
  readonly root?: string | undefined;
  /** As `readProject` takes it: a path, or `false` for none. */
  readonly configurationPath?: string | false | undefined;
  /** Whether `opswright check` is asked too, without observers. */
  readonly hasFindings?: boolean | undefined;
  /** Where the built site goes, if not where the configuration says: what lies there is no runbook. */
  readonly outDir?: string | undefined;
  /** A folder that keeps what was compiled until the next time; emptied when our code changes. */
  readonly cacheFolder?: string | undefined;
}

/**
 * Reads a project as its site shows it: runbooks, what was verified, past runs, the day.
 *
 * Where the configuration is not valid its problems come alone. Throws `ProjectError` where the root
 * is no folder or `OPSWRIGHT_TODAY` no date. Reads the file system, the clock and, where findings are
 * wanted, git.
 */
export async function readSiteLibrary(options: SiteLibraryOptions): Promise<SiteLibrary> {
  const project = withOutDir(await readProject(options), options.outDir);
  const { root, configuration, diagnostics } = project;
  const folder = path.resolve(root, configuration.runbooks);
  const today = todayHere();
  const shared = { root, folder, site: configuration.site, problems: diagnostics, today };
  if (diagnostics.some(({ severity }) => severity === "error")) {
    const nothing = {
      runbooks: new Map(),
      sources: new Map(),
      ledger: emptyLedger,
    };
    return { ...shared, ...nothing, runs: [], findings: [] };
  }
  const { cacheFolder } = options;
  const cache =
    cacheFolder === undefined
      ? undefined
      : openCompiledCache(path.join(cacheFolder, "compiled-runbooks"));
  const trees = new Map<string, object>();
  const { runbooks, sources } = await readRunbooks(
    project,
    [],
    ({ source, tree }) => trees.set(source.path, tree),
    cache,
  );
  await cache?.tidy(0);
  const { runs, damaged } = await listRuns(path.resolve(root, configuration.runs));
  const [broken] = damaged;
  if (broken !== undefined) {
    // A page that leaves a run out says that it was not there.
    const hint = `${broken.hint} Restore it, or move the run's folder away.`;
    throw new JournalError(broken.reason, { hint });
  }
  return {
    ...shared,
    runbooks,
    sources,
    trees,
    ledger: await readOwnLedger(folder),
    runs: runs.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1)),
    findings: options.hasFindings === true ? await findProblems(project, today) : [],
  };
}

function withOutDir(project: Project, outDir: string | undefined): Project {
  if (outDir === undefined) return project;
  const { configuration } = project;
  return {
    ...project,
    configuration: { ...configuration, site: { ...configuration.site, outDir } },
  };
}

async function readOwnLedger(folder: string): Promise<VerificationLedger> {
  const text = await readFile(path.join(folder, ledgerFileName), "utf8").catch(() => undefined);
  const read = text === undefined ? undefined : readLedger(text);
  // What is wrong with it is told by the check; a page then says that nothing is verified.
  return read !== undefined && "ledger" in read ? read.ledger : emptyLedger;
}

async function findProblems(project: Project, today: string): Promise<readonly Problem[]> {
  const { problems } = await checkProject(project, {
    paths: [],
    observers: new Set(),
    today,
    environment: currentEnvironment(),
  });
  return problems;
}

import {
  applySeverities,
  checkConfiguredRules,
  listFindingCodes,
} from "../drift/apply-severities.ts";
import { applySuppressions } from "../drift/apply-suppressions.ts";
import { checkDrift } from "../drift/check-drift.ts";
import { collectDocument, type CollectedDocument } from "../drift/collect-document.ts";
import { createDriftDocument } from "../drift/drift-document.ts";
import { findSubject } from "../drift/find-subject.ts";
import { findSuppressions } from "../drift/find-suppressions.ts";
import { joinPath } from "../drift/file-tree.ts";
import type { DeclaredNames } from "../drift/fact-source.ts";
import type { Repository } from "../drift/ports.ts";
import type { ObserverName } from "../model/configuration.ts";
import type { Checked } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import type { ClaimCounts } from "../model/drift.ts";
import type { Runbook } from "../model/runbook.ts";
import type { Suppression } from "../model/suppression.ts";
import { createFileRepository } from "./file-repository.ts";
import { loadShellReader } from "./load-shell-reader.ts";
import type { Project } from "./read-project.ts";
import { readRunbooks } from "./read-runbooks.ts";

/** How a project is checked. */
export interface CheckSettings {
  /** Files or folders, relative to the current folder; none means all runbooks. */
  readonly paths: readonly string[];
  readonly observers: ReadonlySet<ObserverName>;
  /** Today as `2026-02-03`. */
  readonly today: string;
  /** The environment of programs that observers start. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where facts come from, if not from the project's own files as they are now. */
  readonly repository?: Repository | undefined;
}

/** All that a check found, and what it looked at. */
export interface CheckedProject {
  /** Those that were asked for, by id. */
  readonly runbooks: ReadonlyMap<string, Checked<Runbook>>;
  /** Texts by path, those of files that findings rest on included. */
  readonly sources: ReadonlyMap<string, string>;
  /** In no order. */
  readonly problems: readonly Problem[];
  readonly claims: ClaimCounts;
  readonly suppressedCount: number;
}

/**
 * Checks a project's documents: what each says by itself, and whether it agrees with the repository.
 *
 * The project's own problems come first; with an error among them nothing else is checked. Nothing
 * of a runbook is executed. Throws `ProjectError` where a path is not there. Reads the file system,
 * starts git and what the observers name.
 */
export async function checkProject(
  project: Project,
  settings: CheckSettings,
): Promise<CheckedProject> {
  const { configuration } = project;
  const own: readonly Problem[] = [
    ...project.diagnostics,
    ...checkConfiguredRules(configuration.rules),
  ];
  if (own.some(({ severity }) => severity === "error")) return emptyCheck(own);
  const readShell = await loadShellReader();
  const documents: CollectedDocument[] = [];
  const suppressions: Suppression[] = [];
  const library = await readRunbooks(project, settings.paths, (parsed, runbook) => {
    const subject = findSubject(runbook.id, configuration.subjects);
    const document = createDriftDocument(parsed, runbook, subject, readShell);
    documents.push(collectDocument(document));
    suppressions.push(...findSuppressions(parsed, document.lines));
  });
  const repository = settings.repository ?? openRepository(project, settings);
  const { findings, claims } = await checkDrift({
    documents,
    runbooks: library.known,
    repository,
    folders: {
      runbooks: joinPath("", configuration.runbooks),
      scripts: joinPath("", configuration.scripts),
      worlds: joinPath("", configuration.worlds),
    },
    declared: declaredNames(project),
    today: settings.today,
  });
  const found: readonly Problem[] = [
    ...own,
    ...[...library.runbooks.values()].flatMap(({ diagnostics }) => diagnostics),
    ...findings,
  ];
  const { problems, suppressedCount } = applySuppressions(
    applySeverities(found, configuration.rules),
    suppressions,
    listFindingCodes(),
  );
  return {
    runbooks: library.runbooks,
    sources: await addRelatedSources(library.sources, problems, repository),
    problems: applySeverities(problems, configuration.rules),
    claims,
    suppressedCount,
  };
}

/** The project's own files, git and observers, each looked up once. No I/O until it is asked. */
export function openRepository(
  { root, configuration }: Project,
  { observers, environment }: Pick<CheckSettings, "observers" | "environment">,
): Repository {
  const commands = Object.entries(configuration.facts).map(
    ([name, { run }]) => [name, run] as const,
  );
  return createFileRepository({ root, observers, commands: new Map(commands), environment });
}

function emptyCheck(problems: readonly Problem[]): CheckedProject {
  const claims = { total: 0, agreed: 0, differed: 0, unjudged: [] };
  return { runbooks: new Map(), sources: new Map(), problems, claims, suppressedCount: 0 };
}

function declaredNames({ configuration }: Project): ReadonlyMap<string, DeclaredNames> {
  return new Map(
    configuration.subjects.map(({ folder, branches, remotes }) => [
      joinPath("", folder),
      { branches, remotes },
    ]),
  );
}

/** The other side of a disagreement is shown with its line, as the document is. */
async function addRelatedSources(
  sources: ReadonlyMap<string, string>,
  problems: readonly Problem[],
  repository: Repository,
): Promise<ReadonlyMap<string, string>> {
  const all = new Map(sources);
  for (const problem of problems) {
    const related = "related" in problem ? (problem.related ?? []) : [];
    for (const path of [problem.path, ...related.map((place) => place.path)]) {
      if (path === undefined || all.has(path)) continue;
      const read = await repository.readText(path);
      if (read.kind === "text") all.set(path, read.text);
    }
  }
  return all;
}

import path from "node:path";
import { describe, test } from "vitest";
import { applyBaseline } from "../drift/apply-baseline.ts";
import { identifyFinding } from "../drift/identify-finding.ts";
import type { ObserverName } from "../model/configuration.ts";
import type { Problem } from "../model/problem.ts";
import { checkProject, type CheckedProject } from "../node/check-project.ts";
import { currentEnvironment } from "../node/current-environment.ts";
import { readBaseline } from "../node/read-baseline.ts";
import { ProjectError, readProject, type Project } from "../node/read-project.ts";
import { todayHere } from "../node/today-here.ts";
import { describeDiagnostic } from "../report/catalogue.ts";
import { renderDiagnosticCount, renderDiagnostics } from "../report/render-diagnostics.ts";
import { createTextStyle } from "../report/text-style.ts";
import { groupProblems, type ProblemGroup } from "./group-problems.ts";

/** How a project's runbooks are tested; every option can be left out. */
export interface RunbookTestOptions {
  /** The repository's root; default: the nearest one from the current folder upwards. */
  readonly root?: string | undefined;
  /** Files or folders of runbooks, relative to the root; default: all of them. */
  readonly paths?: readonly string[] | undefined;
  /** The configuration's file, relative to the current folder, or `false` for none. */
  readonly configuration?: string | false | undefined;
  /** The least that fails a test; default: `error`. */
  readonly failsOn?: "error" | "warning" | undefined;
}

/**
 * Defines Vitest tests for a project's runbooks: one `describe` a runbook, with tests that it is
 * sound, agrees with the repository and is the same as its scripts.
 *
 * A test fails with what `opswright check` prints: place, excerpt, difference, what to do. What the
 * baseline knows fails none. Call it at the top of a test file and wait for it. Nothing of a runbook
 * is executed. Throws `ProjectError` where the root, a path or any runbook is not there. Reads the file system,
 * starts git and what the configuration lets a check observe.
 *
 * @example
 * import { defineRunbookTests } from "opswright/vitest";
 * await defineRunbookTests();
 */
export async function defineRunbookTests(options: RunbookTestOptions = {}): Promise<void> {
  const project = await readProject({
    root: options.root,
    configurationPath: options.configuration,
  });
  const checked = await checkProject(project, {
    paths: (options.paths ?? []).map((one) => path.resolve(project.root, one)),
    observers: new Set<ObserverName>(project.configuration.observe),
    today: todayHere(),
    environment: currentEnvironment(),
  });
  if (checked.runbooks.size === 0 && checked.problems.length === 0) {
    // Tests of nothing would pass.
    throw new ProjectError(`There is no runbook below ${project.root}.`);
  }
  const told = await leaveOutKnown(project, checked);
  const severities = options.failsOn === "warning" ? ["error", "warning"] : ["error"];
  const failing = told.filter(({ severity }) => severities.includes(severity));
  const documents = [...checked.runbooks].map(([id, { value, diagnostics }]) => ({
    id,
    path: value?.path ?? diagnostics[0]?.path,
  }));
  for (const group of groupProblems(documents, failing)) defineGroup(group, checked.sources);
}

function defineGroup({ name, tests }: ProblemGroup, sources: ReadonlyMap<string, string>): void {
  describe(name, () => {
    for (const { title, problems } of tests) {
      test(title, () => {
        if (problems.length > 0) throw createFailure(problems, sources);
      });
    }
  });
}

function createFailure(problems: readonly Problem[], sources: ReadonlyMap<string, string>): Error {
  const style = createTextStyle({ columns: 100, hasColors: false });
  const text = renderDiagnostics(problems, sources, style);
  const failure = new Error(`${renderDiagnosticCount(problems)}\n\n${text}`);
  // Where Opswright throws it says nothing about the runbook.
  failure.stack = `${failure.name}: ${failure.message}`;
  return failure;
}

async function leaveOutKnown(
  project: Project,
  { problems, sources }: CheckedProject,
): Promise<readonly Problem[]> {
  const shown = project.configuration.baseline;
  const baseline = await readBaseline(path.resolve(project.root, shown), shown);
  if (baseline?.value === undefined) return [...problems, ...(baseline?.diagnostics ?? [])];
  return applyBaseline(problems, baseline.value, (problem) =>
    identifyFinding(problem, describeDiagnostic(problem).message, sources.get(problem.path ?? "")),
  ).problems;
}

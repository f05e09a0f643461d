import { attachFixes } from "../edit/attach-fixes.ts";
import { observers, type ObserverName } from "../model/configuration.ts";
import type { Problem } from "../model/problem.ts";
import { applyFixes } from "../node/apply-fixes.ts";
import { checkProject, type CheckedProject } from "../node/check-project.ts";
import type { Project } from "../node/read-project.ts";
import { orderDiagnostics } from "../report/order-diagnostics.ts";
import type { CheckOptions } from "./check-options.ts";
import { currentEnvironment } from "../node/current-environment.ts";
import { fixProblems, type FixedProject } from "./fix-problems.ts";
import { selectFindings, type FindingFilters, type SelectedFindings } from "./select-findings.ts";
import { todayHere } from "../node/today-here.ts";

/** One check: all that was found, and what of it is told. */
export interface CheckedTarget {
  readonly checked: CheckedProject;
  /** In the order of their places, each once, with their fixes. */
  readonly all: readonly Problem[];
  readonly selected: SelectedFindings;
}

/** Makes a check of a project, or of some of its documents, that can be repeated. */
export function createCheck(
  project: Project,
  paths: readonly string[],
  options: CheckOptions,
  filters: FindingFilters,
): () => Promise<CheckedTarget> {
  const settings = {
    paths,
    observers: chooseObservers(options, project),
    today: todayHere(),
    environment: currentEnvironment(),
  };
  return async () => {
    const checked = await checkProject(project, settings);
    const all = orderDiagnostics(attachFixes(checked.problems, checked.sources));
    return { checked, all, selected: selectFindings(all, checked.sources, filters) };
  };
}

/** Checks, and with `--fix` repairs what is told of it; see `fixProblems`. */
export async function makeFixes(
  check: () => Promise<CheckedTarget>,
  project: Project,
  options: CheckOptions,
): Promise<FixedProject<CheckedTarget>> {
  if (options.fix !== true) {
    return { checked: await check(), fixedCount: 0, files: [], waitingCount: 0 };
  }
  const isDryRun = options.dryRun === true;
  return fixProblems({
    check,
    apply: ({ checked, selected }) => {
      const fixes = selected.problems.flatMap(({ fix }) => fix ?? []);
      return applyFixes(project.root, fixes, checked.sources, { isDryRun });
    },
    isDryRun,
  });
}

function chooseObservers(options: CheckOptions, { configuration }: Project): Set<ObserverName> {
  const named = options.observe ?? configuration.observe;
  return new Set(observers.filter((name) => named.includes(name)));
}

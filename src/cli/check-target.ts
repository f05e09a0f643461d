import type { CheckedProject } from "../node/check-project.ts";
import type { CheckReport } from "../report/check-report/check-report.ts";
import { countNoun } from "../report/count-noun.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import { createCheck, makeFixes, type CheckedTarget } from "./check-and-fix.ts";
import { findOptionConflict, type CheckOptions } from "./check-options.ts";
import type { CommandContext } from "./command-context.ts";
import type { FixedProject } from "./fix-problems.ts";
import {
  readFindingFilters,
  selectFindings,
  writeBaselineFile,
  type FindingFilters,
  type SelectedFindings,
} from "./select-findings.ts";
import { showPatience } from "./show-patience.ts";
import { tellDifferences, tellReport } from "./tell-check.ts";

/**
 * Checks the project, or some of its documents, and gives back the exit code.
 *
 * Repairs, and writes a baseline or a report, where the options ask for it.
 */
export async function checkTarget(
  context: CommandContext<CheckOptions>,
  paths: readonly string[],
): Promise<number> {
  const { options, terminal, fail } = context;
  const conflict = findOptionConflict(options, paths);
  if (conflict !== undefined) return fail(conflict);
  const { readProject } = await import("../node/read-project.ts");
  const project = await readProject({ root: options.root, configurationPath: options.config });
  const filters = await readFindingFilters(project, options, fail);
  const check = createCheck(project, paths, options, filters);
  const fixed = await showPatience(terminal, "Checking runbooks…", () =>
    makeFixes(check, project, options),
  );
  const { checked } = fixed.checked;
  const { selected, remark } = await updateBaseline(fixed.checked, paths, options, filters);
  // A check that looked at nothing must not count as a success.
  const exitCode =
    checked.runbooks.size === 0 && selected.problems.length === 0
      ? 3
      : exitCodeFor(selected.problems, { maxWarnings: options.maxWarnings });
  if (options.dryRun === true) {
    tellDifferences(fixed, terminal);
    return exitCode;
  }
  const report: CheckReport = {
    problems: selected.problems,
    sources: checked.sources,
    documents: listDocuments(checked),
    claims: checked.claims,
    hidden: {
      suppressed: checked.suppressedCount,
      known: selected.knownCount,
      unchanged: selected.unchangedCount,
    },
    exitCode,
  };
  const remarks = [
    options.fix === true ? describeFixes(fixed) : "",
    remark,
    describeLimit(report, options),
  ].filter((text) => text !== "");
  await tellReport(context, report, {
    remarks,
    fixedCount: options.fix === true ? fixed.fixedCount : undefined,
    emptyNote: `No runbooks in ${project.configuration.runbooks}/ of ${project.root}: nothing was checked.`,
  });
  return exitCode;
}

/** Writes the baseline where that is asked for, else says what of it is not needed any more. */
async function updateBaseline(
  { checked, all, selected }: CheckedTarget,
  paths: readonly string[],
  options: CheckOptions,
  filters: FindingFilters,
): Promise<{ readonly selected: SelectedFindings; readonly remark: string }> {
  // Where nothing was checked nothing is known of what is gone.
  if (checked.runbooks.size === 0) return { selected, remark: "" };
  if (options.writeBaseline === true) {
    const baseline = await writeBaselineFile(all, checked.sources, filters);
    const count = baseline.findings.reduce((sum, entry) => sum + entry.count, 0);
    return {
      selected: selectFindings(all, checked.sources, { ...filters, baseline }),
      remark: `Wrote ${countNoun(count, "known finding")} to ${filters.baselineName}.`,
    };
  }
  const goneCount = selected.gone.reduce((sum, { count }) => sum + count, 0);
  if (paths.length > 0 || goneCount === 0) return { selected, remark: "" };
  const what = goneCount === 1 ? "1 finding is" : `${goneCount} findings are`;
  return {
    selected,
    remark: `${what} in ${filters.baselineName} and not there any more: run \`opswright check --write-baseline\`.`,
  };
}

function listDocuments({ runbooks }: CheckedProject): readonly string[] {
  return [...runbooks.values()]
    .flatMap(({ value, diagnostics }) => value?.path ?? diagnostics[0]?.path ?? [])
    .toSorted();
}

function describeFixes({ fixedCount, files, waitingCount }: FixedProject<CheckedTarget>): string {
  if (fixedCount === 0) return "There was nothing to fix.";
  const waiting =
    waitingCount === 0 ? "" : ` ${countNoun(waitingCount, "fix", "fixes")} could not be made.`;
  return `Fixed ${countNoun(fixedCount, "problem")} in ${countNoun(files.length, "file")}.${waiting}`;
}

function describeLimit({ exitCode, problems }: CheckReport, { maxWarnings }: CheckOptions): string {
  if (exitCode !== 5 || maxWarnings === undefined) return "";
  if (problems.some(({ severity }) => severity === "error")) return "";
  return `At most ${countNoun(maxWarnings, "warning is", "warnings are")} allowed by --max-warnings.`;
}

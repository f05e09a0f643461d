import path from "node:path";
import { applyBaseline, makeBaseline, type BaselineResult } from "../drift/apply-baseline.ts";
import { identifyFinding, type FindingIdentity } from "../drift/identify-finding.ts";
import { selectChanged } from "../drift/select-changed.ts";
import type { Baseline, BaselineEntry } from "../model/baseline.ts";
import type { Problem } from "../model/problem.ts";
import { readBaseline } from "../node/read-baseline.ts";
import { readChangedFiles } from "../node/read-changed-files.ts";
import { ProjectError, type Project } from "../node/read-project.ts";
import { writeFileWhole } from "../node/write-file-whole.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { describeDiagnostic } from "../report/catalogue.ts";
import type { CheckOptions } from "./check-options.ts";

/** Which findings are told: read once, before anything is checked. */
export interface FindingFilters {
  /** Where the baseline is, absolute, and as the reader knows it. */
  readonly baselineFile: string;
  readonly baselineName: string;
  readonly baseline: Baseline | undefined;
  /** Paths that changed; undefined where all count. */
  readonly changed: ReadonlySet<string> | undefined;
  /** What is wrong with the baseline. */
  readonly problems: readonly Problem[];
}

/** What is told, and how much is not. */
export interface SelectedFindings {
  readonly problems: readonly Problem[];
  readonly knownCount: number;
  readonly unchangedCount: number;
  /** Entries of the baseline that do not occur any more. */
  readonly gone: readonly BaselineEntry[];
}

/**
 * Reads the baseline and what changed, as the options ask.
 *
 * The configured baseline is used only where it is there. `fail` ends with a usage error: an unknown
 * revision. Throws `ProjectError` where a named baseline is not there, or there is no git. Reads the
 * file system, starts git.
 */
export async function readFindingFilters(
  project: Project,
  options: CheckOptions,
  fail: (message: string) => never,
): Promise<FindingFilters> {
  const { baseline: given, writeBaseline, changedSince } = options;
  const configured = project.configuration.baseline;
  const isNamed = typeof given === "string";
  const baselineFile = isNamed ? path.resolve(given) : path.resolve(project.root, configured);
  const baselineName = isNamed ? given : configured;
  const read = given === false ? undefined : await readBaseline(baselineFile, baselineName);
  if (isNamed && read === undefined && writeBaseline !== true) {
    throw new ProjectError(`There is no baseline ${given}. Write it with --write-baseline.`);
  }
  return {
    baselineFile,
    baselineName,
    baseline: read?.value,
    // What is about to be written anew need not be read.
    problems: writeBaseline === true ? [] : (read?.diagnostics ?? []),
    changed:
      changedSince === undefined ? undefined : await readChanges(project.root, changedSince, fail),
  };
}

async function readChanges(
  root: string,
  revision: string,
  fail: (message: string) => never,
): Promise<ReadonlySet<string>> {
  const changes = await readChangedFiles(root, revision);
  if (changes.kind === "changed") return changes.paths;
  const nearest = findNearest(revision, changes.names);
  const hint = changes.isShallow
    ? explainShallow(revision)
    : nearest === undefined
      ? "It must be a branch, a tag or a commit; run `git fetch` where it is one of a remote."
      : `(Did you mean ${nearest}?)`;
  return fail(`git knows no revision '${revision}' here\n${hint}`);
}

/** A shallow clone has one branch, and `git fetch origin main` gives no other one a name. */
function explainShallow(revision: string): string {
  if (/^[0-9a-f]{7,40}$/u.test(revision)) {
    return `This clone is shallow: run \`git fetch origin ${revision}\` first.`;
  }
  const branch = revision.replace(/^(?:refs\/remotes\/)?origin\//u, "");
  return (
    `This clone is shallow: run \`git fetch origin ${branch}:refs/remotes/origin/${branch}\` first,\n` +
    `and say \`--changed-since origin/${branch}\`.`
  );
}

/** Takes what the baseline knows and what did not change from the problems. No I/O. */
export function selectFindings(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
  filters: FindingFilters,
): SelectedFindings {
  const { baseline, changed } = filters;
  const fresh: BaselineResult =
    baseline === undefined
      ? { problems, knownCount: 0, gone: [] }
      : applyBaseline(problems, baseline, createIdentify(sources));
  const told =
    changed === undefined
      ? fresh.problems
      : selectChanged(fresh.problems, changed, sources, (problem) => {
          const { message, hint } = describeDiagnostic(problem);
          return `${message} ${hint}`;
        });
  return {
    problems: [...filters.problems, ...told],
    knownCount: fresh.knownCount,
    unchangedCount: fresh.problems.length - told.length,
    gone: fresh.gone,
  };
}

/**
 * Writes the baseline of all findings, and says what is in it.
 *
 * Throws `ProjectError` where it cannot be written.
 */
export async function writeBaselineFile(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
  { baselineFile, baselineName }: FindingFilters,
): Promise<Baseline> {
  const baseline = makeBaseline(problems, createIdentify(sources));
  try {
    await writeFileWhole(baselineFile, `${JSON.stringify(baseline, undefined, 2)}\n`);
  } catch (error) {
    throw new ProjectError(`The baseline ${baselineName} cannot be written.`, { cause: error });
  }
  return baseline;
}

function createIdentify(
  sources: ReadonlyMap<string, string>,
): (problem: Problem) => FindingIdentity {
  return (problem) =>
    identifyFinding(problem, describeDiagnostic(problem).message, sources.get(problem.path ?? ""));
}

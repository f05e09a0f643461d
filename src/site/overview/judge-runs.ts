import type { RunSummary, StepSummary } from "../../model/run-event.ts";

/** How many of a runbook's latest runs are counted: older ones tell of another text. */
const mostRuns = 50;

/** What past runs of one runbook tell together. */
export interface RunStatistics {
  /** Runs of it, the latest first. */
  readonly runs: readonly RunSummary[];
  /** Of `runs`, those that came to an end of their own. */
  readonly endedCount: number;
  readonly completedCount: number;
  /** Of those that were completed; half took longer. */
  readonly medianMs?: number | undefined;
  /** Steps that were run, those that failed most often first. */
  readonly steps: readonly StepStatistics[];
  /** The step that failed most often, if any did. */
  readonly failsMost?: StepStatistics | undefined;
}

/** What past runs tell of one step. */
export interface StepStatistics {
  readonly stepId: string;
  readonly title: string;
  readonly runCount: number;
  readonly failedCount: number;
  readonly medianMs?: number | undefined;
}

/** The id of the runbook that a run is of: of `db/restore:rollback`, `db/restore`. No I/O. */
export function runbookOfRun({ target }: Pick<RunSummary, "target">): string {
  return /^[^:#]*/.exec(target)?.[0] ?? target;
}

/** The procedure that a run is of, where its target names one. No I/O. */
export function procedureOfRun({ target }: Pick<RunSummary, "target">): string | undefined {
  return /:(.+)$/s.exec(target)?.[1];
}

/** Whether an outcome speaks for the runbook or against it; `open` where it says nothing. No I/O. */
export function judgeOutcome(outcome: RunSummary["outcome"]): "good" | "bad" | "open" {
  if (outcome === "completed") return "good";
  return ["running", "refused", "interrupted"].includes(outcome) ? "open" : "bad";
}

/**
 * Counts what past runs tell of one runbook, from its latest 50; drills, which may be meant to fail, are
 * no part of it. `runs` are the project's, the latest first. No I/O.
 */
export function judgeRuns(runs: readonly RunSummary[], id: string): RunStatistics {
  const own = runs.filter((run) => !run.isRehearsal && runbookOfRun(run) === id).slice(0, mostRuns);
  const completed = own.filter(({ outcome }) => outcome === "completed");
  const steps = judgeSteps(own).toSorted((one, other) => other.failedCount - one.failedCount);
  const [first] = steps;
  return {
    runs: own,
    endedCount: own.filter(({ outcome }) => judgeOutcome(outcome) !== "open").length,
    completedCount: completed.length,
    medianMs: findMedian(completed.map(({ durationMs }) => durationMs)),
    steps,
    failsMost: first !== undefined && first.failedCount > 0 ? first : undefined,
  };
}

/**
 * Names what is shown of each runbook's past runs, by its id: where the name is the same, so is what is
 * shown. `runs` has the latest first. No I/O.
 */
export function nameRuns(runs: readonly RunSummary[]): ReadonlyMap<string, string> {
  const names = new Map<string, string[]>();
  for (const run of runs) {
    const id = runbookOfRun(run);
    const own = names.get(id) ?? [];
    if (own.length === mostRuns) continue;
    names.set(id, [...own, `${run.run}=${run.outcome}`]);
  }
  return new Map([...names].map(([id, own]) => [id, own.join(" ")]));
}

const failed = new Set<StepSummary["outcome"]>(["failed", "mismatched", "timed-out"]);

/** Whether a step was run and did not do what it should. No I/O. */
export function hasFailed({ outcome }: Pick<StepSummary, "outcome">): boolean {
  return failed.has(outcome);
}

function judgeSteps(runs: readonly RunSummary[]): readonly StepStatistics[] {
  const byId = new Map<string, StepSummary[]>();
  for (const { steps } of runs) {
    for (const step of steps) {
      if (step.outcome !== "passed" && !hasFailed(step)) continue;
      byId.set(step.stepId, [...(byId.get(step.stepId) ?? []), step]);
    }
  }
  return [...byId].map(([stepId, steps]) => ({
    stepId,
    title: steps[0]?.title ?? stepId,
    runCount: steps.length,
    failedCount: steps.filter(hasFailed).length,
    medianMs: findMedian(
      steps.filter((step) => !hasFailed(step)).map(({ durationMs }) => durationMs),
    ),
  }));
}

function findMedian(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined).toSorted((one, other) => one - other);
  if (known.length === 0) return undefined;
  const middle = known.length >> 1;
  const upper = known[middle] ?? 0;
  return known.length % 2 === 1 ? upper : ((known[middle - 1] ?? upper) + upper) / 2;
}

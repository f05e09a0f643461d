import type { RunOutcome, RunPhase } from "../../model/run-event.ts";
import type { RunProgress, StepProgress } from "../run-view/run-progress.ts";

/** A run as other programs read it; `outcome` and what follows it are `null` while it goes on. */
export interface RunDocument {
  readonly schemaVersion: 1;
  readonly run: string;
  readonly target: string;
  readonly title: string;
  readonly planDigest: string;
  readonly startedAt: string;
  readonly user: string;
  readonly host: string;
  readonly outcome: RunOutcome | null;
  readonly exitCode: number | null;
  readonly reason: string | null;
  readonly durationMs: number | null;
  /** Inputs that were given other values on the way, by whom, after which step had failed. */
  readonly changedInputs: readonly {
    readonly name: string;
    readonly stepId: string;
    readonly by: string;
    readonly changedAt: string;
  }[];
  /** Shells that people had opened; `closedAt` is `null` where no end is on record. */
  readonly shells: readonly {
    readonly stepId: string;
    readonly by: string;
    readonly openedAt: string;
    readonly closedAt: string | null;
  }[];
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    readonly phase: RunPhase;
    readonly outcome: StepProgress["outcome"];
    readonly attempts: number;
    readonly durationMs: number | null;
    readonly exitCode: number | null;
    readonly reason: string | null;
    readonly difference: string | null;
  }[];
}

/** Makes the document of a run; the inputs' values are left out. No I/O. */
export function runToJson(progress: RunProgress): RunDocument {
  const { run, plan, startedAt, user, host, ended, steps } = progress;
  return {
    schemaVersion: 1,
    run,
    target: plan.target,
    title: plan.title,
    planDigest: plan.digest,
    startedAt,
    user,
    host,
    outcome: ended?.outcome ?? null,
    exitCode: ended?.exitCode ?? null,
    reason: ended?.reason ?? null,
    durationMs: ended?.durationMs ?? null,
    changedInputs: progress.changes.map(({ name, stepId, by, atMs }) => ({
      name,
      stepId,
      by,
      changedAt: new Date(atMs).toISOString(),
    })),
    shells: progress.shells.map(({ stepId, by, openedAtMs, closedAtMs }) => ({
      stepId,
      by,
      openedAt: new Date(openedAtMs).toISOString(),
      closedAt: closedAtMs === undefined ? null : new Date(closedAtMs).toISOString(),
    })),
    steps: steps.map((step) => ({
      id: step.stepId,
      title: step.title,
      phase: step.phase,
      outcome: step.outcome,
      attempts: step.attempts,
      durationMs: step.durationMs ?? null,
      exitCode: step.exitCode ?? null,
      reason: step.reason ?? null,
      difference: step.difference ?? null,
    })),
  };
}

import type { Plan, PlannedStep } from "../model/plan.ts";
import type { RunOutcome, RunPhase, RunSummary } from "../model/run-event.ts";
import { askRollback } from "./ask-person.ts";
import { createRecorder } from "./create-recorder.ts";
import type { Recorder } from "./create-recorder.ts";
import { JournalError } from "./journal-error.ts";
import type { Session } from "./ports.ts";
import type { RunContext, RunOptions, RunPorts } from "./run-context.ts";
import { runStep } from "./run-step.ts";
import type { StepEnd } from "./run-step.ts";
import { SessionError } from "./session-error.ts";
import { summariseRun } from "./summarise-run.ts";

export type { RunOptions, RunPorts } from "./run-context.ts";

/** How a run ended. */
export interface RunResult {
  readonly outcome: RunOutcome;
  readonly exitCode: 0 | 4 | 6 | 7 | 130;
  readonly summary: RunSummary;
}

interface Ending {
  readonly outcome: RunOutcome;
  readonly exitCode: RunResult["exitCode"];
  readonly reason?: string | undefined;
}

/**
 * Runs a plan: its steps in order, and after a failure those of its `onFailure`, as far as
 * `options.rollback` and the person allow.
 *
 * Every event is flushed to the journal before it is acted on and then given to `ports.observe`. The
 * session is closed and `run-ended` is on record when this returns, whatever happened; a session
 * that fails is outcome `failed` with exit code 6. Rethrows what it did not expect, and
 * `JournalError` where the run can no longer be recorded.
 */
export async function runPlan(
  plan: Plan,
  ports: RunPorts,
  options: RunOptions,
): Promise<RunResult> {
  const startedMs = ports.clock.elapsedMs();
  const recorder = createRecorder({
    journal: ports.journal,
    observe: (event) => ports.observe(event),
    now: () => ports.clock.now(),
  });
  const { run, host, user, pid, directory, version } = options;
  await recorder.record({
    type: "run-started",
    run,
    plan,
    host,
    user,
    pid,
    directory,
    version,
    ...(options.isRehearsal && { isRehearsal: true }),
  });
  const end = (ending: { outcome: RunOutcome; exitCode: number; reason?: string | undefined }) =>
    recorder.record({
      type: "run-ended",
      ...ending,
      durationMs: Math.round(ports.clock.elapsedMs() - startedMs),
    });
  let ending: Ending;
  try {
    ending = await runInSession(plan, ports, options, recorder);
  } catch (error) {
    // Without a journal there is nothing left to record that in.
    if (!(error instanceof JournalError)) {
      await end({ outcome: "failed", exitCode: 1, reason: `Opswright failed: ${String(error)}` });
    }
    throw error;
  }
  await end(ending);
  const { outcome, exitCode } = ending;
  return { outcome, exitCode, summary: summariseRun(recorder.events) };
}

async function runInSession(
  plan: Plan,
  ports: RunPorts,
  options: RunOptions,
  recorder: Recorder,
): Promise<Ending> {
  const interactive = findInteractive(plan);
  if (interactive !== undefined) {
    return {
      outcome: "failed",
      exitCode: 6,
      reason: `Nothing was run: step ${interactive} is interactive, which this version cannot run yet. Leave it out (--skip ${interactive}) and do it by hand.`,
    };
  }
  let session: Session | undefined;
  try {
    session = await ports.openSession();
    await recorder.record({
      type: "session-started",
      pid: session.pid,
      generation: session.generation,
    });
    const { person, clock } = ports;
    const context = { session, recorder, person, clock, options };
    const ending = await runPhases(plan, context);
    await session.close();
    return ending;
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    return { outcome: "failed", exitCode: 6, reason: `${error.message} ${error.hint}` };
  } finally {
    await session?.close().catch(() => {
      // What brought us here is the better thing to tell; a close that failed alone was told above.
    });
  }
}

/** The first step that needs a terminal: it must be told before anything has run. */
function findInteractive(plan: Plan): string | undefined {
  return [...plan.steps, ...(plan.onFailure?.steps ?? [])].find(
    (step) => step.kind === "command" && step.attributes.interactive === true,
  )?.id;
}

async function runPhases(plan: Plan, context: RunContext): Promise<Ending> {
  const end = await runPhase(context, "main", plan.title, plan.steps);
  switch (end.kind) {
    case "go-on":
      return { outcome: "completed", exitCode: 0 };
    case "refused":
      return { outcome: "refused", exitCode: 7, reason: end.reason };
    case "interrupted":
      return { outcome: "interrupted", exitCode: 130, reason: end.reason };
    case "failed":
      return rollBack(plan, context, end);
  }
}

/** Runs steps until one says stop; `step` is that one's id. */
async function runPhase(
  context: RunContext,
  phase: RunPhase,
  title: string,
  steps: readonly PlannedStep[],
): Promise<StepEnd & { readonly step?: string }> {
  const ids = steps.map((step) => step.id);
  await context.recorder.record({ type: "phase-started", phase, title, steps: ids });
  for (const step of steps) {
    if (context.options.interrupted.aborted) {
      return { kind: "interrupted", reason: `The run was interrupted before step ${step.id}.` };
    }
    const end = await runStep(context, step, phase);
    if (end.kind !== "go-on") return { ...end, step: step.id };
  }
  return { kind: "go-on" };
}

async function rollBack(
  plan: Plan,
  context: RunContext,
  failure: { readonly reason: string; readonly step?: string },
): Promise<Ending> {
  const { recorder, options } = context;
  const failed: Ending = { outcome: "failed", exitCode: 4, reason: failure.reason };
  const rollback = plan.onFailure;
  if (rollback === undefined) return failed;
  const command = `opswright run ${plan.runbook}:${rollback.procedure}`;
  const notRolledBack = async (why: string): Promise<Ending> => {
    await recorder.record({
      type: "notice",
      text: `Nothing was rolled back: ${why} To do it: ${command}`,
    });
    return failed;
  };
  if (options.rollback === "never") return notRolledBack("--rollback never was given.");
  const answer = await askRollback(context, failure.step ?? "", {
    title: rollback.title,
    stepCount: rollback.steps.length,
  });
  if (answer.kind === "interrupted") {
    await notRolledBack("the run was interrupted.");
    return { outcome: "interrupted", exitCode: 130, reason: failure.reason };
  }
  if (answer.kind === "skip") return notRolledBack(`${answer.by} said no.`);
  if (answer.kind !== "yes") return notRolledBack(answer.reason);

  const end = await runPhase(context, "rollback", rollback.title, rollback.steps);
  switch (end.kind) {
    case "go-on":
      return { outcome: "rolled-back", exitCode: 4, reason: failure.reason };
    case "interrupted":
      return { outcome: "interrupted", exitCode: 130, reason: end.reason };
    default:
      return {
        outcome: "rollback-failed",
        exitCode: 4,
        reason: `${failure.reason} Then the rollback stopped: ${end.reason}`,
      };
  }
}

import { listSteps } from "../plan/list-steps.ts";
import { listRollback } from "./list-rollback.ts";
import type { Plan, PlannedStep } from "../model/plan.ts";
import type { RunOutcome, RunPhase, RunSummary } from "../model/run-event.ts";
import { askRollback } from "./ask-person.ts";
import type { Recorder } from "./create-recorder.ts";
import type { RunPosition } from "./find-position.ts";
import { targetOf } from "../plan/target-of.ts";
import { isForSystem, systemOf } from "./is-for-system.ts";
import { JournalError } from "./journal-error.ts";
import { findFallenServer, reviveServers, stopServers } from "./mind-servers.ts";
import type { PersonTerminal, Session } from "./ports.ts";
import type { RunContext, RunOptions } from "./run-context.ts";
import { runStep, takeBackMarks } from "./run-step.ts";
import type { FailedEnd, StepEnd } from "./run-step.ts";
import { SessionError } from "./session-error.ts";
import { keepServers, settleFailure } from "./settle-failure.ts";
import { summariseRun } from "./summarise-run.ts";

/** How a run ended. */
export interface RunResult {
  readonly outcome: RunOutcome;
  readonly exitCode: 0 | 4 | 6 | 7 | 130;
  readonly summary: RunSummary;
}

/** How a run is to end on record. */
export interface Ending {
  readonly outcome: RunOutcome;
  readonly exitCode: RunResult["exitCode"];
  readonly reason?: string | undefined;
}

/**
 * Does a run's work and puts its end on record, whatever happens in between.
 *
 * `durationMs` tells how long the run has taken by then. Rethrows what nobody expected, and
 * `JournalError` where the run can no longer be recorded.
 */
export async function concludeRun(
  recorder: Recorder,
  durationMs: () => number,
  work: () => Promise<Ending>,
): Promise<RunResult> {
  const end = (ending: { outcome: RunOutcome; exitCode: number; reason?: string | undefined }) =>
    recorder.record({
      type: "run-ended",
      ...ending,
      durationMs: Math.max(0, Math.round(durationMs())),
    });
  let ending: Ending;
  try {
    ending = await work();
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

/**
 * Opens a session, works in it, and closes it, whatever happens; one that fails is outcome `failed` with
 * exit code 6.
 */
export async function workInSession<Opened extends { readonly session: Session }>(
  recorder: Recorder,
  { plan, options }: { readonly plan: Plan; readonly options: RunOptions },
  open: (cancelled: AbortSignal) => Promise<Opened>,
  work: (opened: Opened) => Promise<Ending>,
): Promise<Ending> {
  let session: Session | undefined;
  const cancelled = AbortSignal.any([options.cancelStep(), options.interrupted]);
  try {
    for (const target of plan.targets ?? []) {
      const address = "ssh" in target ? target.ssh : target.exec.join(" ");
      recorder.note({
        type: "notice",
        text: `Connecting to the target ${target.name}: ${address}`,
      });
    }
    const opened = await open(cancelled);
    ({ session } = opened);
    const { pid, generation } = session;
    await recorder.record({ type: "session-started", pid, generation });
    for (const text of session.takeNotices?.() ?? []) recorder.note({ type: "notice", text });
    await recordSystems(recorder, session);
    const ending = findWrongSystem(plan, session, options) ?? (await work(opened));
    await session.close();
    return ending;
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    if (session === undefined && cancelled.aborted) {
      const reason = "The run was interrupted before its session was there.";
      return { outcome: "interrupted", exitCode: 130, reason };
    }
    return { outcome: "failed", exitCode: 6, reason: `${error.message} ${error.hint}` };
  } finally {
    await session?.close().catch(() => {
      // What brought us here is the better thing to tell; a close that failed alone was told above.
    });
  }
}

/** Puts on record which operating systems the targets have, and tells where one is another than before. */
async function recordSystems(recorder: Recorder, { systems = new Map() }: Session): Promise<void> {
  const events = [...recorder.events];
  for (const [target, system] of systems) {
    const before = events.findLast(
      (event) => event.type === "target-connected" && event.target === target,
    );
    await recorder.record({ type: "target-connected", target, system });
    if (before?.type !== "target-connected" || before.system === system) continue;
    const text = `The target ${target} is ${system} now, and was ${before.system} before: steps are chosen by what it is now.`;
    recorder.note({ type: "notice", text });
  }
}

/** How a run ends none of whose commands is for the system of the machine on which it would run. */
function findWrongSystem(
  plan: Plan,
  { systems = new Map() }: Session,
  { system: local }: RunOptions,
): Ending | undefined {
  const commands = plan.steps.filter((step) => step.kind === "command");
  // What a person does is for every system, and targets may be the rollback's alone.
  if (systems.size === 0 || commands.length === 0) return undefined;
  const all = { local, targets: systems };
  if (commands.some((step) => isForSystem(step, all) !== false)) return undefined;
  const each = commands.map((step) => {
    const target = targetOf(step);
    const machine = target === undefined ? "this machine" : `the target ${target}`;
    return `Step ${step.id} is for ${step.attributes.os?.join(", ") ?? ""}, and ${machine} is ${systemOf(step, all)}.`;
  });
  const reason = `Nothing was run: no step is for the machine that it would run on. ${each.join(" ")}`;
  return { outcome: "failed", exitCode: 6, reason };
}

/** The first step that needs a terminal where there is none: it must be told before anything has run. */
export function refuseInteractive(
  plan: Plan,
  terminal: PersonTerminal | undefined,
): Ending | undefined {
  if (terminal !== undefined) return undefined;
  const step = listSteps(plan).find(
    (one) => one.kind === "command" && one.attributes.interactive === true,
  )?.id;
  if (step === undefined) return undefined;
  return {
    outcome: "refused",
    exitCode: 7,
    reason: `Nothing was run: step ${step} is connected to a person's terminal, and there is none. Run it at a terminal, or leave it out (--skip ${step}) and do it by hand.`,
  };
}

/** Where the phases of a run begin: at the beginning, or where an earlier runner left them. */
export interface PhaseStart {
  readonly position: Pick<RunPosition, "phase" | "doneCount" | "failure">;
  /** Does the first step in place of `runStep`. */
  readonly first?: ((step: PlannedStep, phase: RunPhase) => Promise<StepEnd>) | undefined;
  /** True where that step has begun: its shell does nothing else before it has ended. */
  readonly isUnderWay?: boolean | undefined;
}

/**
 * Runs the phases of a plan from where they are to begin; default: the beginning. In the end the servers
 * that its steps have begun are stopped.
 */
export async function runPhases(
  plan: Plan,
  context: RunContext,
  start: PhaseStart = { position: { phase: undefined, doneCount: 0 } },
): Promise<Ending> {
  const ending = await runAllPhases(plan, context, start);
  const left = await stopServers(plan, context);
  if (left.length === 0) return ending;
  const each = left.map(({ step }) => `${step.id} on ${targetOf(step)}`).join(", ");
  const { run } = context.options;
  const reason = `The connection to a target was lost, so its server could not be stopped: ${each}. To stop it: opswright resume ${run}, or opswright runs clean ${run}`;
  if (ending.outcome === "completed") return { outcome: "failed", exitCode: 6, reason };
  context.recorder.note({ type: "notice", text: reason });
  return ending;
}

async function runAllPhases(plan: Plan, context: RunContext, start: PhaseStart): Promise<Ending> {
  const { position } = start;
  if (position.phase === "rollback") {
    const failure = position.failure ?? { reason: "A step failed." };
    return runRollback(plan, context, failure, start);
  }
  const end = await runPhase(
    plan,
    context,
    { phase: "main", title: plan.title, steps: plan.steps },
    start,
  );
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
  plan: Plan,
  context: RunContext,
  { phase, title, steps }: { phase: RunPhase; title: string; steps: readonly PlannedStep[] },
  { position, first, isUnderWay = false }: PhaseStart,
): Promise<StepEnd & { readonly step?: string }> {
  const hasBegun = position.phase === phase;
  const begin = hasBegun ? position.doneCount : 0;
  if (!hasBegun) {
    const ids = steps.map((step) => step.id);
    await context.recorder.record({ type: "phase-started", phase, title, steps: ids });
  } else if (!isUnderWay) {
    const fallen = await keepServers(plan, context, phase, reviveServers);
    if (fallen !== undefined) return fallen;
  }
  for (const [index, step] of steps.entries()) {
    if (index < begin) continue;
    if (context.options.interrupted.aborted) {
      return { kind: "interrupted", reason: `The run was interrupted before step ${step.id}.` };
    }
    const isFirst = index === begin && hasBegun && first !== undefined;
    // What went before a step that is under way is begun again behind it.
    const keep = isUnderWay && index === begin + 1 ? reviveServers : findFallenServer;
    const fallen =
      isFirst && isUnderWay ? undefined : await keepServers(plan, context, phase, keep);
    if (fallen !== undefined) return fallen;
    const end = await (isFirst ? first(step, phase) : runStep(context, step, phase));
    const settled =
      end.kind === "failed" ? await settleFailure(plan, context, { step, phase, end }) : end;
    if (settled.kind === "go-on") continue;
    // A step that printed the wrong thing has not passed either: its rollback, or whoever does it again
    // later, begins where it began.
    if (settled.kind === "failed") await takeBackMarks(context, step, settled.marksOf);
    return { ...settled, step: step.id };
  }
  return { kind: "go-on" };
}

async function rollBack(
  plan: Plan,
  context: RunContext,
  failure: FailedEnd & { readonly step?: string },
): Promise<Ending> {
  const { recorder, options } = context;
  const failed: Ending = { outcome: "failed", exitCode: 4, reason: failure.reason };
  const rollback = listRollback(plan, recorder.events);
  if (rollback === undefined) return failed;
  // A drill's world is gone by then.
  const how = options.isRehearsal === true ? "" : ` To do it: opswright rollback ${options.run}`;
  const notRolledBack = async (why: string): Promise<Ending> => {
    await recorder.record({
      type: "notice",
      text: `Nothing was rolled back: ${why}${how}`,
    });
    return failed;
  };
  const start: PhaseStart = { position: { phase: "main", doneCount: 0 } };
  const { chosen } = failure;
  if (chosen?.next === "roll-back") return runRollback(plan, context, failure, start);
  if (chosen?.next === "abort") return notRolledBack(`${chosen.by} stopped the run.`);
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

  return runRollback(plan, context, failure, start);
}

/** Runs the steps of a plan's rollback, from where they are to begin; `failure` says what it is for. */
export async function runRollback(
  plan: Plan,
  context: RunContext,
  failure: { readonly reason: string },
  start: PhaseStart,
): Promise<Ending> {
  const { title = "", steps = [] } = listRollback(plan, context.recorder.events) ?? {};
  const end = await runPhase(plan, context, { phase: "rollback", title, steps }, start);
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

import type { Plan, PlannedCommand, PlannedStep } from "../model/plan.ts";
import type { RunEvent, RunPhase } from "../model/run-event.ts";
import { targetOf } from "../plan/target-of.ts";
import { askLost, askUnknown, questionOfLosses } from "./ask-person.ts";
import { createRecorder } from "./create-recorder.ts";
import { findPosition } from "./find-position.ts";
import { listInForce, listToTakeBack } from "./list-in-force.ts";
import type { OpenStep, RunPosition } from "./find-position.ts";
import { followScript } from "./follow-script.ts";
import type { Secret } from "./list-secrets.ts";
import { nameScriptKey } from "./name-script-key.ts";
import type { RecoveredSession } from "./ports.ts";
import type {
  ResumePorts,
  RunContext,
  RunOptions,
  ScriptPlace,
  UnknownChoice,
} from "./run-context.ts";
import {
  concludeRun,
  refuseInteractive,
  runPhases,
  runRollback,
  workInSession,
} from "./run-phases.ts";
import type { Ending, RunResult } from "./run-phases.ts";
import { endCommand, runStep } from "./run-step.ts";
import type { StepEnd } from "./run-step.ts";

/** How a run is to go on. */
export interface ResumeOptions extends RunOptions {
  /** What is to become of a step of which nobody knows how it ended; absent: a person is asked. */
  readonly unknown?: UnknownChoice | undefined;
  /** `roll-back` runs the steps of the plan's rollback instead of those that are left. */
  readonly intent: "go-on" | "roll-back";
  /** The step of the main phase, one that was come to, from which on all is done again. */
  readonly from?: string | undefined;
  /**
   * By how much the machine's clock was set since a runner of the run began; undefined where that
   * cannot be told.
   */
  readonly findClockShiftMs?: ((runner: RunnerEvent) => number | undefined) | undefined;
}

/** The first event of one of the run's runners. */
export type RunnerEvent = RunEvent & { readonly type: "run-started" | "run-resumed" };

/**
 * Goes on with a run whose runner has died, or that has ended before its last step.
 *
 * `events` is its whole journal, and the plan in it is what is done. A step that is still running is
 * waited for; one that ended meanwhile is judged by its record; one that never began is begun; one of
 * which none of that can be known is `unknown`, and a person decides. A step that had failed is run
 * again. Promises as `runPlan` does, and runs nothing twice that nobody has asked for.
 *
 * To roll back, no step may be going on, and the plan must have a rollback that has not begun.
 */
export async function resumeRun(
  events: readonly RunEvent[],
  ports: ResumePorts,
  options: ResumeOptions,
): Promise<RunResult> {
  const [start] = events;
  if (start?.type !== "run-started") throw new Error("a run's first event is run-started");
  const { plan } = start;
  const { person, clock, server, terminal } = ports;
  const recorder = createRecorder({
    journal: ports.journal,
    observe: (event) => ports.observe(event),
    now: () => clock.now(),
    past: events,
  });
  const { host, user, pid, version, machine } = options;
  await recorder.record({ type: "run-resumed", host, user, pid, version, machine });
  for (const text of options.notices ?? []) recorder.note({ type: "notice", text });
  if (options.from !== undefined) {
    await recorder.record({ type: "rewound", stepId: options.from, by: user });
  }
  const position = findPosition(plan, recorder.events);
  return concludeRun(
    recorder,
    () => clock.now().getTime() - Date.parse(start.time) - (options.findClockShiftMs?.(start) ?? 0),
    async () =>
      refuseInteractive(plan, terminal) ??
      workInSession(
        recorder,
        { plan, options },
        (cancelled) => ports.recoverSession(findGoing(position), cancelled),
        async (recovered) => {
          const { session } = recovered;
          // Also where the runner that went back has died before it came to this.
          const marks = listToTakeBack(recorder.events);
          if (marks.length > 0) await session.takeBack(marks);
          const attempts = new Map(position.attempts);
          const context = {
            session,
            recorder,
            person,
            clock,
            server,
            terminal,
            learnSecrets: (secrets: readonly Secret[]) => ports.learnSecrets(secrets),
            options,
            attempts,
          };
          const runner = events.findLast(
            (event) => event.type === "run-started" || event.type === "run-resumed",
          );
          const clockShiftMs = (runner && options.findClockShiftMs?.(runner)) ?? 0;
          const resumption = { position, recovered, unknown: options.unknown, clockShiftMs };
          return options.intent === "go-on"
            ? goOn(plan, context, resumption)
            : takeBack(plan, context, resumption);
        },
      ),
  );
}

/** The script that was going on. */
function findGoing({ open, phase }: RunPosition): ScriptPlace | undefined {
  if (open === undefined || open.step.kind !== "command") return undefined;
  const key = nameScriptKey(open.step, phase ?? "main", open.attempt);
  return { key, target: targetOf(open.step) };
}

interface Resumption {
  readonly position: RunPosition;
  readonly recovered: RecoveredSession;
  readonly unknown: UnknownChoice | undefined;
  /** By how much the machine's clock was set since the last runner began; 0 where nobody knows. */
  readonly clockShiftMs: number;
}

async function takeBack(plan: Plan, context: RunContext, resumption: Resumption): Promise<Ending> {
  const stopped = await tellLosses(context, resumption);
  if (stopped !== undefined) return stopped;
  const reason = `${context.options.user} asked for the rollback.`;
  return runRollback(plan, context, { reason }, { position: { phase: "main", doneCount: 0 } });
}

/** Asks whether to go on where a part of the shell's state is gone; gives back how the run ends where not. */
async function tellLosses(
  context: RunContext,
  { recovered: { losses } }: Resumption,
): Promise<Ending | undefined> {
  if (losses.length === 0) return undefined;
  const { title, text } = questionOfLosses(losses);
  const isAccepted = context.recorder.events.some(
    (event) =>
      event.type === "question-answered" &&
      event.question === `${title}\n${text}` &&
      event.answer.startsWith("yes"),
  );
  if (isAccepted) return undefined;
  const answer = await askLost(context, losses);
  if (answer.kind === "yes") return undefined;
  if (answer.kind === "interrupted") {
    return { outcome: "interrupted", exitCode: 130, reason: "The run was interrupted." };
  }
  const reason = "reason" in answer ? answer.reason : "A person stopped it.";
  return { outcome: "refused", exitCode: 7, reason };
}

async function goOn(plan: Plan, context: RunContext, resumption: Resumption): Promise<Ending> {
  const stopped = await tellLosses(context, resumption);
  if (stopped !== undefined) return stopped;
  const { position } = resumption;
  return runPhases(plan, context, {
    position,
    isUnderWay: resumption.recovered.fate === "begun",
    first: (step, phase) => resumeStep(context, step, phase, resumption),
  });
}

async function resumeStep(
  context: RunContext,
  step: PlannedStep,
  phase: RunPhase,
  { position, recovered, unknown, clockShiftMs }: Resumption,
): Promise<StepEnd> {
  const { recorder } = context;
  const { open } = position;
  if (open?.step.kind === "command") {
    switch (recovered.fate) {
      case "begun":
        if (position.isUnknown) await tellReopened(context, open, phase);
        return finishStep(context, open.step, phase, { open, recovered, clockShiftMs });
      case "not-begun":
        recorder.note({
          type: "notice",
          text: `Nothing of step ${step.id} had run when its ${position.isUnknown ? "connection was lost" : "runner died"}.`,
        });
        return runStep(context, step, phase);
      default:
        if (position.isUnknown) break;
        await recorder.record({
          type: "step-ended",
          stepId: step.id,
          phase,
          outcome: "unknown",
          durationMs: 0,
          reason:
            "It had begun, and both its runner and its shell were ended, so how it ended is not known.",
        });
        return decide(context, step, phase, unknown);
    }
  }
  if (position.isUnknown) return decide(context, step, phase, unknown);
  const isAgain = listInForce(recorder.events).some(
    (event) => event.type === "step-started" && event.phase === phase && event.stepId === step.id,
  );
  if (open === undefined && isAgain) {
    recorder.note({ type: "notice", text: `Step ${step.id} had not passed: it is done again.` });
  }
  return runStep(context, step, phase);
}

/** Puts on record that a step of which nothing was known is followed again, in the attempt that it was. */
async function tellReopened(
  { recorder }: RunContext,
  { step, attempt }: OpenStep,
  phase: RunPhase,
): Promise<void> {
  const target = targetOf(step) ?? "";
  recorder.note({
    type: "notice",
    text: `The target ${target} is connected again, and tells how step ${step.id} goes.`,
  });
  await recorder.record({ type: "step-started", stepId: step.id, phase, attempt });
}

/** Waits for the end of a step that has lived on, or takes it from the record. */
async function finishStep(
  context: RunContext,
  step: PlannedCommand,
  phase: RunPhase,
  {
    open,
    recovered,
    clockShiftMs,
  }: { readonly open: OpenStep } & Pick<Resumption, "recovered" | "clockShiftMs">,
): Promise<StepEnd> {
  const { finish } = recovered;
  if (finish === undefined) throw new Error("a script that has begun has an end");
  const startedMs = Date.parse(open.startedAt);
  const spanMs = context.clock.now().getTime() - startedMs;
  // The clock may have been set before the step began or after: none is ended for time that never passed.
  const passedMs = Math.max(0, Math.min(spanMs, spanMs - clockShiftMs));
  const key = nameScriptKey(step, phase, open.attempt);
  const result = await followScript(context, step, phase, {
    key,
    // A limit that passed while nobody watched is enforced now.
    timeoutMs: step.timeoutMs === undefined ? undefined : Math.max(1, step.timeoutMs - passedMs),
    carryOut: finish,
  });
  return endCommand(context, step, phase, {
    key,
    result: { ...result, durationMs: Math.max(result.durationMs, passedMs) },
  });
}

/** Has a person, or an option in their place, say what is to become of an unknown step. */
async function decide(
  context: RunContext,
  step: PlannedStep,
  phase: RunPhase,
  unknown: UnknownChoice | undefined,
): Promise<StepEnd> {
  const answer = await askUnknown(context, step, unknown);
  switch (answer.kind) {
    case "yes":
      return runStep(context, step, phase);
    case "skip":
      await context.recorder.record({
        type: "step-ended",
        stepId: step.id,
        phase,
        outcome: "skipped",
        durationMs: 0,
        reason: `${answer.by} said that it is done.`,
      });
      return { kind: "go-on" };
    case "interrupted":
      return { kind: "interrupted", reason: "The run was interrupted." };
    case "unavailable":
      return { kind: "refused", reason: answer.reason };
    default:
      // Nothing is rolled back on top of what nobody knows.
      return {
        kind: "refused",
        reason: `How step ${step.id} ended is not known: look at what it did, then go on.`,
      };
  }
}

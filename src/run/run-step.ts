import type { PlannedCommand, PlannedManual, PlannedStep } from "../model/plan.ts";
import type { StepCondition } from "../model/runbook.ts";
import { evaluateCondition } from "../plan/evaluate-condition.ts";
import { targetOf } from "../plan/target-of.ts";
import type { RunEventBody, RunPhase } from "../model/run-event.ts";
import { askAfterCancel, askManual, askPermission } from "./ask-person.ts";
import { isForSystem, systemOf } from "./is-for-system.ts";
import { acceptsExitCode, judgeScript } from "./judge-script.ts";
import { nameScriptKey } from "./name-script-key.ts";
import { awaitServer } from "./await-server.ts";
import { listMatched, listValues } from "./capture-values.ts";
import { followScript } from "./follow-script.ts";
import { findRetryDelay } from "./find-retry-delay.ts";
import { nameAttempts } from "./find-position.ts";
import { letsGoOn } from "./lets-go-on.ts";
import type { ScriptResult } from "./ports.ts";
import type { RunContext } from "./run-context.ts";
import { SessionError } from "./session-error.ts";
import { tellNewShell } from "./tell-new-shell.ts";

/** Whether a run goes on after a step, and if not, why. */
export type StepEnd =
  | { readonly kind: "go-on" }
  | { readonly kind: "refused" | "interrupted"; readonly reason: string }
  | FailedEnd;

/** A step has failed, and what is known of what comes next. */
export interface FailedEnd {
  readonly kind: "failed";
  readonly reason: string;
  /** The key of its script where that ended well, and so has left its marks on the shell. */
  readonly marksOf?: string | undefined;
  /** What a person has chosen; absent where nobody was asked. */
  readonly chosen?: { readonly next: "roll-back" | "abort"; readonly by: string } | undefined;
}

const goOn: StepEnd = { kind: "go-on" };

/**
 * Does one step: asks for the words that it needs, runs it, judges it, and puts all of that on
 * record. Throws `SessionError` where the session fails.
 */
export function runStep(context: RunContext, step: PlannedStep, phase: RunPhase): Promise<StepEnd> {
  const unmet = findUnmetCondition(context, step);
  if (unmet !== undefined) {
    context.recorder.note({
      type: "step-ended",
      stepId: step.id,
      phase,
      outcome: "skipped",
      durationMs: 0,
      reason: `It is done only if ${unmet.text}.`,
    });
    return Promise.resolve(goOn);
  }
  return step.kind === "manual"
    ? runManual(context, step, phase)
    : runCommand(context, step, phase);
}

/** The first condition that does not hold for the inputs and what earlier steps have captured. */
function findUnmetCondition(
  { recorder }: RunContext,
  { conditions }: PlannedStep,
): StepCondition | undefined {
  if (conditions.length === 0) return undefined;
  const values = listValues(recorder.events);
  return conditions.find(({ expression }) => !evaluateCondition(expression, values));
}

async function runManual(
  context: RunContext,
  step: PlannedManual,
  phase: RunPhase,
): Promise<StepEnd> {
  const { recorder, clock } = context;
  const startedMs = clock.elapsedMs();
  const attempt = nextAttempt(context, step, phase);
  await recorder.record({ type: "step-started", stepId: step.id, phase, attempt });
  const answer = await askManual(context, step);
  const ended = {
    type: "step-ended",
    stepId: step.id,
    phase,
    durationMs: Math.round(clock.elapsedMs() - startedMs),
  } as const;
  switch (answer.kind) {
    case "yes":
      recorder.note({ ...ended, outcome: "passed" });
      return goOn;
    case "skip":
      recorder.note({ ...ended, outcome: "skipped", reason: `${answer.by} skipped it.` });
      return goOn;
    case "failed":
      await recorder.record({ ...ended, outcome: "failed", reason: answer.reason });
      return { kind: "failed", reason: `Step ${step.id} failed. ${answer.reason}` };
    case "no":
    case "unavailable":
      await recorder.record({ ...ended, outcome: "cancelled", reason: answer.reason });
      return { kind: "refused", reason: answer.reason };
    case "interrupted":
      return interrupt(context, { ...ended, outcome: "cancelled" });
  }
}

async function runCommand(
  context: RunContext,
  step: PlannedCommand,
  phase: RunPhase,
): Promise<StepEnd> {
  const { recorder, options, session } = context;
  const systems = { local: options.system, targets: session.systems ?? new Map() };
  const isForIt = isForSystem(step, systems);
  if (isForIt === undefined) throw new Error(`no target has told the system of step ${step.id}`);
  if (!isForIt) {
    const target = targetOf(step);
    const machine = target === undefined ? "this" : `the target ${target}`;
    recorder.note({
      type: "step-ended",
      stepId: step.id,
      phase,
      outcome: "skipped",
      durationMs: 0,
      reason: `It is for ${step.attributes.os?.join(", ") ?? ""}; ${machine} is ${systemOf(step, systems)}.`,
    });
    return goOn;
  }
  const permission = await askPermission(context, step);
  switch (permission.kind) {
    case "yes":
      break;
    case "skip":
      recorder.note({
        type: "step-ended",
        stepId: step.id,
        phase,
        outcome: "skipped",
        durationMs: 0,
        reason: `${permission.by} skipped it.`,
      });
      return goOn;
    case "no":
    case "failed":
    case "unavailable":
      return { kind: "refused", reason: permission.reason };
    case "interrupted":
      return { kind: "interrupted", reason: "The run was interrupted before the step began." };
  }
  return attemptCommand(context, step, phase);
}

async function attemptCommand(
  context: RunContext,
  step: PlannedCommand,
  phase: RunPhase,
): Promise<StepEnd> {
  const attempt = nextAttempt(context, step, phase);
  await context.recorder.record({ type: "step-started", stepId: step.id, phase, attempt });
  const key = nameScriptKey(step, phase, attempt);
  const result = await followScript(context, step, phase, {
    key,
    timeoutMs: step.timeoutMs,
    carryOut: async (request) => {
      await tellNewShell(context);
      return context.session.runScript(request);
    },
  });
  return endCommand(context, step, phase, { key, result });
}

/** Counts a step's attempts over all runners of the run. */
function nextAttempt({ attempts }: RunContext, step: PlannedStep, phase: RunPhase): number {
  const name = nameAttempts(phase, step.id);
  const attempt = (attempts.get(name) ?? 0) + 1;
  attempts.set(name, attempt);
  return attempt;
}

/** Judges what came of a command and puts it on record; one that may be tried again is. */
export async function endCommand(
  context: RunContext,
  step: PlannedCommand,
  phase: RunPhase,
  { key, result }: { readonly key: string; readonly result: ScriptResult },
): Promise<StepEnd> {
  const { recorder } = context;
  const isServer = step.attributes.background === true && result.ended === "exited";
  const startedMs = context.clock.elapsedMs();
  const judgement = await (isServer
    ? awaitServer(context, step, key, result).catch((error: unknown) =>
        rethrowUnknown(context, step, phase, { error, startedMs }),
      )
    : judgeScript(step, result, {
        known: listMatched(recorder.events),
        directory: targetOf(step) === undefined ? context.options.directory : undefined,
      }));
  await context.inspectResult?.(step, result, judgement);
  const ended = {
    type: "step-ended",
    stepId: step.id,
    phase,
    ...judgement,
    // Of a server, that it was begun is no exit code.
    exitCode: isServer ? undefined : result.exitCode,
    durationMs: Math.round(
      result.durationMs + (isServer ? context.clock.elapsedMs() - startedMs : 0),
    ),
    stdoutBytes: result.stdoutBytes,
    stderrBytes: result.stderrBytes,
  } as const;
  if (judgement.outcome === "cancelled") return interrupt(context, ended);
  if (judgement.outcome === "passed") {
    // The next step's conditions may ask for what was captured.
    if (judgement.captured === undefined) recorder.note(ended);
    else await recorder.record(ended);
    return goOn;
  }
  const retryInMs = findRetryDelay(step, phase, judgement.outcome, recorder.events);
  if (retryInMs !== undefined) {
    await recorder.record({ ...ended, retryInMs });
    return retryCommand(context, step, phase, { key, ended, retryInMs });
  }
  await recorder.record(ended);
  if (letsGoOn(step, judgement.outcome)) return goOn;
  return {
    kind: "failed",
    reason: `Step ${step.id} ${words[judgement.outcome]}: ${judgement.reason}`,
    marksOf: hasLeftMarks(step, ended.exitCode) ? key : undefined,
  };
}

/** Puts on record that nobody knows what became of a server whose session has failed, and throws that on. */
async function rethrowUnknown(
  { recorder, clock }: RunContext,
  step: PlannedCommand,
  phase: RunPhase,
  { error, startedMs }: { readonly error: unknown; readonly startedMs: number },
): Promise<never> {
  if (error instanceof SessionError) {
    await recorder.record({
      type: "step-ended",
      stepId: step.id,
      phase,
      outcome: "unknown",
      durationMs: Math.round(clock.elapsedMs() - startedMs),
      reason: `It was begun, and whether it is ready is not known. ${error.message}`,
    });
  }
  throw error;
}

/** A script that ended well and printed the wrong thing has left its marks on the shell. */
function hasLeftMarks(step: PlannedCommand, exitCode: number | undefined): boolean {
  return exitCode !== undefined && acceptsExitCode(step, exitCode);
}

/**
 * Does a step that has failed once more, from the state before it; what was asked before it ran is not
 * asked again. `marksOf` is that of its failure. Throws `SessionError`.
 */
export async function retryStep(
  context: RunContext,
  step: PlannedStep,
  phase: RunPhase,
  marksOf: string | undefined,
): Promise<StepEnd> {
  if (step.kind === "manual") return runManual(context, step, phase);
  await takeBackMarks(context, step, marksOf);
  return attemptCommand(context, step, phase);
}

/** Brings the shell back to what it was before a script that ended well, and failed its step all the same. */
export async function takeBackMarks(
  { session }: RunContext,
  step: PlannedStep,
  key: string | undefined,
): Promise<void> {
  if (step.kind !== "command" || key === undefined) return;
  await session.takeBack([{ key, interpreter: step.interpreter, target: targetOf(step) }]);
}

/** Tries a command once more by itself, from the state before it. */
async function retryCommand(
  context: RunContext,
  step: PlannedCommand,
  phase: RunPhase,
  { key, ended, retryInMs }: FailedAttempt,
): Promise<StepEnd> {
  const { clock, options } = context;
  await takeBackMarks(context, step, hasLeftMarks(step, ended.exitCode) ? key : undefined);
  const stopped = AbortSignal.any([options.cancelStep(), options.interrupted]);
  await clock.wait(retryInMs, stopped);
  if (!stopped.aborted) return attemptCommand(context, step, phase);
  const reason = "It was cancelled while it waited for its next attempt.";
  return interrupt(context, { ...ended, outcome: "cancelled", reason });
}

interface FailedAttempt {
  readonly key: string;
  readonly ended: RunEventBody & { readonly type: "step-ended" };
  readonly retryInMs: number;
}

const words: Readonly<Record<string, string>> = {
  failed: "failed",
  mismatched: "did not give the expected output",
  "timed-out": "timed out",
  unknown: "is in an unknown state",
};

/** After a cancelled step: a second Ctrl-C ends the run at once, else the person decides. */
async function interrupt(
  context: RunContext,
  ended: RunEventBody & { readonly type: "step-ended" },
): Promise<StepEnd> {
  const { recorder, options } = context;
  await recorder.record({ ...ended, reason: ended.reason ?? "The run was interrupted." });
  const stopped = { kind: "interrupted", reason: `Step ${ended.stepId} was interrupted.` } as const;
  if (options.interrupted.aborted) return stopped;
  const answer = await askAfterCancel(context, ended.stepId);
  return answer.kind === "yes" ? goOn : stopped;
}

import { listSteps } from "../../plan/list-steps.ts";
import type { Plan, PlannedStep } from "../../model/plan.ts";
import type { RunEvent, RunOutcome, RunPhase, StepOutcome } from "../../model/run-event.ts";
import type { InputChange } from "./input-changes.ts";
import type { ShellProgress } from "./list-interventions.ts";
import { addStepOutput, type OutputTail } from "../../run/output-tail.ts";
import { nameSteps } from "./step-names.ts";

/** A step of a run as far as it has come. */
export interface StepProgress extends OutputTail {
  readonly stepId: string;
  readonly phase: RunPhase;
  /** The step's place in its phase, from 1. */
  readonly number: number;
  /** On one line; with the id where several steps have one title. */
  readonly title: string;
  /** Absent where the plan does not hold the step. */
  readonly planned: PlannedStep | undefined;
  outcome: StepOutcome | "pending" | "running";
  attempts: number;
  startedAtMs: number;
  durationMs: number | undefined;
  exitCode: number | undefined;
  reason: string | undefined;
  difference: string | undefined;
  /** Present where the step is tried again, so long after it failed. */
  retryInMs: number | undefined;
  /** When it was at work, once for each attempt. */
  readonly spans: StepSpan[];
}

/** From when to when a step was at work; `toMs` is absent while it is. */
export interface StepSpan {
  readonly fromMs: number;
  toMs: number | undefined;
  outcome: StepProgress["outcome"];
}

/** What a person was asked, and what was said to it; times are milliseconds since the epoch. */
export interface QuestionProgress {
  /** Absent where the question is about the run. */
  readonly stepId: string | undefined;
  readonly phase: RunPhase;
  readonly question: string;
  readonly askedAtMs: number;
  answer: { readonly text: string; readonly by: string; readonly atMs: number } | undefined;
}

/** From when to when a runner had the run, and who that was. */
export interface RunnerSpan {
  readonly user: string;
  readonly host: string;
  readonly fromMs: number;
  /** The time of the last event that it left. */
  toMs: number;
}

/** A run as its events tell it, up to the last one read. */
export interface RunProgress {
  readonly run: string;
  readonly plan: Plan;
  readonly host: string;
  readonly user: string;
  readonly startedAt: string;
  /** Where the run's session began. */
  readonly directory: string;
  /** Opswright's own. */
  readonly version: string;
  readonly isRehearsal: boolean;
  /** What each step of the plan is called, by its id. */
  readonly names: ReadonlyMap<string, string>;
  /** The plan's steps by id, those of its rollback included. */
  readonly planned: ReadonlyMap<string, PlannedStep>;
  /** Only `addStep` adds to them. */
  readonly steps: StepProgress[];
  /** The same by phase and id, since each event looks for one. */
  readonly found: Map<string, StepProgress>;
  /** How many steps each phase has. */
  readonly counts: Record<RunPhase, number>;
  readonly questions: QuestionProgress[];
  /** Inputs that were given other values on the way, in order. */
  readonly changes: InputChange[];
  /** Shells that people had opened on the way, in order. */
  readonly shells: ShellProgress[];
  /** The operating system of each target, as it told when it was connected last. */
  readonly systems: Map<string, string>;
  readonly notices: { readonly text: string; readonly atMs: number }[];
  /** One for each process that has had the run. */
  readonly runners: RunnerSpan[];
  phase: RunPhase;
  current: StepProgress | undefined;
  ended:
    | {
        readonly outcome: RunOutcome;
        readonly exitCode: number;
        readonly reason: string | undefined;
        readonly durationMs: number;
      }
    | undefined;
}

/**
 * Begins the progress of a run with its first event.
 *
 * The steps of the main phase are there from the start, so that what was never run can be told. No
 * I/O.
 */
export function startRunProgress(event: RunEvent & { readonly type: "run-started" }): RunProgress {
  const { run, plan, host, user, time, directory, version } = event;
  const startedAtMs = Date.parse(time);
  const names = nameSteps(plan);
  const planned = new Map(
    listSteps(plan)
      .toReversed()
      .map((step) => [step.id, step] as const),
  );
  const progress: RunProgress = {
    run,
    plan,
    host,
    user,
    startedAt: time,
    directory,
    version,
    isRehearsal: event.isRehearsal === true,
    names,
    planned,
    steps: [],
    found: new Map(),
    counts: { main: 0, rollback: 0 },
    questions: [],
    changes: [],
    shells: [],
    systems: new Map(),
    notices: [],
    runners: [{ user, host, fromMs: startedAtMs, toMs: startedAtMs }],
    phase: "main",
    current: undefined,
    ended: undefined,
  };
  for (const { id, number } of plan.steps) addStep(progress, id, "main", number);
  return progress;
}

/** Brings a progress up to date with one more event, in place. No I/O. */
export function applyRunEvent(progress: RunProgress, event: RunEvent): void {
  const atMs = Date.parse(event.time);
  if (event.type === "run-resumed") {
    const { user, host } = event;
    progress.ended = undefined;
    progress.runners.push({ user, host, fromMs: atMs, toMs: atMs });
  } else if (event.type === "target-connected") {
    progress.systems.set(event.target, event.system);
  } else if (event.type === "rewound") {
    goBack(progress, event.stepId);
  } else if (event.type === "phase-started") {
    progress.phase = event.phase;
    for (const [index, stepId] of event.steps.entries()) {
      if (findStep(progress, stepId, event.phase) === undefined) {
        addStep(progress, stepId, event.phase, index + 1);
      }
    }
  } else if (event.type === "step-started") {
    startStep(progress, openStep(progress, event.stepId, event.phase), event.attempt, atMs);
  } else if (event.type === "step-output") {
    if (progress.current !== undefined) addStepOutput(progress.current, event.text);
  } else if (event.type === "step-ended") {
    endStep(openStep(progress, event.stepId, event.phase), event, atMs);
    progress.current = undefined;
  } else if (event.type === "question-asked") {
    const { stepId, question } = event;
    const { phase } = progress;
    progress.questions.push({ stepId, phase, question, askedAtMs: atMs, answer: undefined });
  } else if (event.type === "question-answered") {
    const asked = progress.questions.findLast(({ question }) => question === event.question);
    if (asked !== undefined) asked.answer = { text: event.answer, by: event.by, atMs };
  } else if (event.type === "input-changed") {
    const { stepId, name, from, to, isSecret, by } = event;
    progress.changes.push({ stepId, name, from, to, isSecret, by, atMs });
  } else if (event.type === "shell-opened") {
    const { stepId, by } = event;
    progress.shells.push({ stepId, by, openedAtMs: atMs, closedAtMs: undefined });
  } else if (event.type === "shell-closed") {
    const shell = progress.shells.at(-1);
    if (shell !== undefined) shell.closedAtMs = atMs;
  } else if (event.type === "notice") {
    progress.notices.push({ text: event.text, atMs });
  } else if (event.type === "run-ended") {
    const { outcome, exitCode, reason, durationMs } = event;
    progress.ended = { outcome, exitCode, reason, durationMs };
    progress.current = undefined;
  }
  const runner = progress.runners.at(-1);
  if (runner !== undefined) runner.toMs = Math.max(runner.toMs, atMs);
}

/** What steps have done stays told by their spans and attempts. */
function goBack({ steps }: RunProgress, stepId: string): void {
  const from = steps.findIndex((step) => step.phase === "main" && step.stepId === stepId);
  for (const step of from === -1 ? [] : steps.slice(from)) {
    if (step.phase !== "main") continue;
    step.outcome = "pending";
    step.durationMs = undefined;
    step.exitCode = undefined;
    step.reason = undefined;
    step.difference = undefined;
  }
}

function startStep(progress: RunProgress, step: StepProgress, attempt: number, atMs: number): void {
  step.outcome = "running";
  step.attempts = attempt;
  step.startedAtMs = atMs;
  step.outputTail = "";
  step.hasLongerOutput = false;
  step.outputLength = 0;
  step.spans.push({ fromMs: atMs, toMs: undefined, outcome: "running" });
  progress.current = step;
}

function endStep(
  step: StepProgress,
  event: RunEvent & { readonly type: "step-ended" },
  atMs: number,
): void {
  step.outcome = event.outcome;
  step.durationMs = event.durationMs;
  step.exitCode = event.exitCode;
  step.reason = event.reason;
  step.difference = event.difference;
  step.retryInMs = event.retryInMs;
  const span = step.spans.at(-1);
  if (span === undefined || span.toMs !== undefined) return;
  span.toMs = atMs;
  span.outcome = event.outcome;
}

/** Reads a whole run; undefined where its first event is missing. No I/O. */
export function readRunProgress(events: Iterable<RunEvent>): RunProgress | undefined {
  let progress: RunProgress | undefined;
  for (const event of events) {
    if (event.type === "run-started") progress = startRunProgress(event);
    else if (progress !== undefined) applyRunEvent(progress, event);
  }
  return progress;
}

/** The ids of the steps of the main phase that have passed. No I/O. */
export function listPassed({ steps }: Pick<RunProgress, "steps">): ReadonlySet<string> {
  return new Set(
    steps
      .filter(({ phase, outcome }) => phase === "main" && outcome === "passed")
      .map(({ stepId }) => stepId),
  );
}

/** How many steps a phase has. No I/O. */
export function countPhaseSteps({ counts }: RunProgress, phase: RunPhase): number {
  return counts[phase];
}

/** Tells whether a step ended in a way that stops a run. No I/O. */
export function isFailedOutcome(outcome: StepProgress["outcome"]): boolean {
  return ["failed", "mismatched", "timed-out", "cancelled", "unknown"].includes(outcome);
}

/**
 * Tells whether a step must be explained to whoever reads the run: it stopped the run, or a person went
 * on without it after it had failed. No I/O.
 */
export function needsExplanation({ outcome, spans }: StepProgress): boolean {
  return (
    isFailedOutcome(outcome) ||
    (outcome === "skipped" && spans.some((span) => isFailedOutcome(span.outcome)))
  );
}

/** A step of a phase by its id; of two, which no plan has, the first. No I/O. */
export function findStep(
  progress: RunProgress,
  stepId: string,
  phase: RunPhase,
): StepProgress | undefined {
  return progress.found.get(`${phase} ${stepId}`);
}

function openStep(progress: RunProgress, stepId: string, phase: RunPhase): StepProgress {
  return (
    findStep(progress, stepId, phase) ??
    addStep(progress, stepId, phase, countPhaseSteps(progress, phase) + 1)
  );
}

function addStep(
  progress: RunProgress,
  stepId: string,
  phase: RunPhase,
  number: number,
): StepProgress {
  const step = pendingStep(stepId, phase, number, progress);
  progress.steps.push(step);
  const name = `${phase} ${stepId}`;
  if (!progress.found.has(name)) progress.found.set(name, step);
  progress.counts[phase] += 1;
  return step;
}

function pendingStep(
  stepId: string,
  phase: RunPhase,
  number: number,
  { names, planned: known }: Pick<RunProgress, "names" | "planned">,
): StepProgress {
  const planned = known.get(stepId);
  return {
    stepId,
    phase,
    number,
    title: names.get(stepId) ?? stepId,
    planned,
    outcome: "pending",
    attempts: 0,
    startedAtMs: 0,
    durationMs: undefined,
    exitCode: undefined,
    reason: undefined,
    difference: undefined,
    retryInMs: undefined,
    outputTail: "",
    hasLongerOutput: false,
    outputLength: 0,
    spans: [],
  };
}

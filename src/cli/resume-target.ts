import { hasRollback } from "../plan/list-steps.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";
import type { RunEvent } from "../model/run-event.ts";
import type { AdoptedJournal } from "../node/file-journal.ts";
import { currentInputs, type InputChange } from "../report/run-view/input-changes.ts";
import { listPassed } from "../report/run-view/run-progress.ts";
import { isForSystem } from "../run/is-for-system.ts";
import type { ResumeOptions } from "../run/resume-run.ts";
import type { UnknownChoice } from "../run/run-context.ts";
import { createRunSecrets } from "../run/create-run-secrets.ts";
import { listSecrets } from "../run/list-secrets.ts";
import type { CommandContext } from "./command-context.ts";
import { conductRun, type Conduct } from "./conduct-run.ts";
import { openEventStream, type EventStream } from "./event-stream.ts";
import { findNeededAnswers } from "./find-needed-answers.ts";
import { currentSystem } from "./find-wrong-systems.ts";
import { findWayBackProblem } from "./find-way-back-problem.ts";
import { findRun, type FoundRun } from "./find-run.ts";
import { prepareAnew, type PreparedAnew } from "./prepare-anew.ts";
import {
  createAnsweringPerson,
  readGivenAnswers,
  type GivenAnswers,
} from "./read-given-answers.ts";
import { readLateSecrets } from "./read-late-secrets.ts";
import { readLibrary, type Library } from "./read-library.ts";
import { refuseRun } from "./refuse-run.ts";
import { readConsent, type RunCommandOptions } from "./run-options.ts";
import { inputValues, sessionEnvironment } from "./session-environment.ts";
import { finishRun } from "./finish-run.ts";

/** Options of `opswright resume`. */
export interface ResumeCommandOptions extends RunCommandOptions {
  readonly unknown?: UnknownChoice | undefined;
  /** The id of a step. */
  readonly from?: string | undefined;
}

type ResumeContext = CommandContext<ResumeCommandOptions>;

/** Why a run cannot go on, with what to do; undefined where it can. */
function findOver({ summary: { run, outcome } }: FoundRun): string | undefined {
  const over = overOutcomes[outcome];
  return over === undefined ? undefined : `the run ${run} cannot go on\n${over}`;
}

/** A run that has reached its end has nothing to go on with. */
const overOutcomes: Readonly<Record<string, string>> = {
  completed:
    "It is completed: there is nothing left to do. To do a part of it again: opswright resume --from STEP",
  "rolled-back": "It was rolled back. To try again, start a new run.",
};

/**
 * Goes on with a run where it was left: after the death of its runner, a failure, or an interruption;
 * gives back the exit code.
 *
 * The plan is the one that the run began with; where the runbook has changed since, that is told. Ends
 * with 2 where there is no such run, or nothing to go on with, and with 6 where its runner lives.
 */
export async function resumeTarget(context: ResumeContext, given: string): Promise<number> {
  const found = await findRun(context, given);
  const { from } = context.options;
  const problem = from === undefined ? findOver(found) : findWayBackProblem(found, from);
  if (problem !== undefined) return context.fail(problem);
  return takeUp(found, "go-on", context);
}

/**
 * Runs the rollback of a run that has ended or died, from the state that its shell had; gives back the
 * exit code, which is 0 where all of it passed.
 *
 * Ends with 2 where the run has no rollback, has one behind it, or was left in the middle of a step.
 */
export async function rollBackTarget(context: ResumeContext, given: string): Promise<number> {
  const found = await findRun(context, given);
  const { run } = found.summary;
  const { plan, steps } = found.progress;
  if (!hasRollback(plan, listPassed(found.progress))) {
    const hint = `No step of it that has passed names one in undo, nor its procedure in onFailure, in ${plan.runbook}.`;
    return context.fail(`the run ${run} has no rollback\n${hint}`);
  }
  if (steps.some(({ phase }) => phase === "rollback")) {
    const isOver = found.summary.outcome === "rolled-back";
    const hint = isOver ? "It has passed." : `To go on with it: opswright resume ${run}`;
    return context.fail(`the rollback of ${run} has begun before\n${hint}`);
  }
  const open = steps.find(({ outcome }) => outcome === "running");
  if (open !== undefined && found.summary.outcome === "died") {
    const hint = `Its step ${open.stepId} may still be running. To go on with it: opswright resume ${run}\nTo end it: opswright runs clean ${run}`;
    return context.fail(`the run ${run} died in the middle of a step\n${hint}`);
  }
  return takeUp(found, "roll-back", context);
}

/** Takes a run over and does with it what is intended. */
async function takeUp(
  found: FoundRun,
  intent: ResumeOptions["intent"],
  context: ResumeContext,
): Promise<number> {
  const events = await openEventStream(context);
  try {
    return await takeOver(found, { intent, events }, context);
  } finally {
    await events.close();
  }
}

/** What is to be done with a run that is taken over, and who reads along. */
interface Intent extends Pick<ResumeOptions, "intent"> {
  readonly events: EventStream;
}

async function takeOver(
  found: FoundRun,
  { intent, events }: Intent,
  context: ResumeContext,
): Promise<number> {
  const { options } = context;
  if (found.summary.isRehearsal === true) return takeOverDrill(found, { intent, events }, context);
  const answers = await readGivenAnswers(found.progress.plan, context);
  const problems =
    answers.diagnostics.length > 0
      ? answers.diagnostics
      : findMissingAnswers(found, intent, answers, context);
  if (problems.length > 0) {
    return refuseRun(problems, { events, sources: answers.sources }, context);
  }
  const library = await readLibrary(options, found.progress.plan.target);
  // As people have changed its inputs: so they are for its shell, and for what it needs of today.
  const plan = { ...found.progress.plan, inputs: currentInputs(found.progress) };
  const anew = await readAnew(plan, { library, events }, context);
  if (typeof anew === "number") return anew;
  const { environment, prepared, notices } = anew;
  const adopted = await adopt(found, context);
  if (adopted === undefined) return 6;
  const { directory } = readStart(adopted.events);
  const secrets = createRunSecrets(listSecrets(plan, environment));
  const { result, progress } = await conduct(
    adopted,
    {
      directory,
      environment,
      notices: [...notices, ...describeChangedSecrets(found.progress.changes)],
      intent,
      events,
      person: await createAnsweringPerson(answers, { ...prepared, secrets }, context),
      ...readConsent(options),
      // A rollback of its own has no such option: of its steps a person decides.
      rollback: intent === "roll-back" ? "ask" : options.rollback,
      isRehearsal: false,
      secrets,
    },
    context,
  );
  const exitCode = await finishRun({ plan, result, progress, environment, library }, context);
  return intent === "roll-back" && result.outcome === "rolled-back" ? 0 : exitCode;
}

/** Takes over a drill, whose world answers for a person. */
async function takeOverDrill(
  found: FoundRun,
  { intent, events }: Intent,
  context: ResumeContext,
): Promise<number> {
  if (intent === "roll-back") {
    return context.fail(
      `the run ${found.summary.run} was a drill, which rolls back by itself\nTo go on with it: opswright resume ${found.summary.run}`,
    );
  }
  const { resumeDrill } = await import("./resume-drill.ts");
  return resumeDrill(
    found,
    await readLibrary(context.options),
    async (drill) => {
      const adopted = await adopt(found, context);
      if (adopted === undefined) return 6;
      const { plan } = readStart(adopted.events);
      const { result } = await conduct(
        adopted,
        {
          ...drill,
          notices: [],
          intent,
          events,
          assumeYes: false,
          rollback: "auto",
          isRehearsal: true,
          secrets: createRunSecrets(listSecrets(plan, drill.environment)),
        },
        context,
      );
      return result;
    },
    context,
  );
}

/** Takes a run's journal over; undefined, and told, where another process has the run. */
async function adopt(
  found: FoundRun,
  { terminal }: ResumeContext,
): Promise<AdoptedJournal | undefined> {
  const { adoptFileJournal } = await import("../node/file-journal.ts");
  const adopted = await adoptFileJournal(found.directory);
  if ("journal" in adopted) return adopted;
  terminal.writeError(
    `error: The run ${found.summary.run} has a runner: process ${adopted.pid} on ${adopted.host}, since ${adopted.since}.\nWait for it to end, or end it; then run this again.\n`,
  );
  return undefined;
}

/** What the run needs of today; the exit code where a secret has no value. */
async function readAnew(
  plan: Plan,
  { library, events }: { readonly library: Library; readonly events: EventStream },
  context: ResumeContext,
): Promise<
  | {
      readonly environment: Readonly<Record<string, string>>;
      readonly prepared: PreparedAnew["prepared"];
      readonly notices: readonly string[];
    }
  | number
> {
  const { terminal, options } = context;
  const isAsking = terminal.isInteractive && options.json !== true;
  const refuse = (problems: readonly Diagnostic[]): number =>
    refuseRun(problems, { events, sources: library.sources }, context);
  try {
    const { prepared, notices, missing } = await prepareAnew(plan, library, context, isAsking);
    if (missing.length > 0) return refuse(missing);
    const lacking = sessionEnvironment(plan, prepared);
    const { definitions } = prepared;
    const read = await readLateSecrets(
      { plan, environment: lacking, definitions, directory: library.root },
      context,
    );
    if (read.isInterrupted) {
      terminal.writeError("Interrupted. Nothing was run.\n");
      return 130;
    }
    if (read.diagnostics.length > 0) return refuse(read.diagnostics);
    return { environment: { ...lacking, ...read.values }, prepared, notices };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "AskingCancelled") throw error;
    terminal.writeError(`${error.message} Nothing was run.\n`);
    return 7;
  }
}

/** No value of a secret is kept, so that of a place which is older than the change may be there again. */
function describeChangedSecrets(changes: readonly InputChange[]): readonly string[] {
  const names = new Set(changes.flatMap(({ name, isSecret }) => (isSecret === true ? [name] : [])));
  if (names.size === 0) return [];
  return [
    `Changed in this run, and kept nowhere: ${[...names].join(", ")}. What counts is the value that was read now; where the shell has lived on, its own.`,
  ];
}

/** Answers that the steps which are left would need, where nobody can be asked: none is begun then. */
function findMissingAnswers(
  { progress: { plan, steps, systems: targets } }: FoundRun,
  intent: ResumeOptions["intent"],
  { given }: GivenAnswers,
  { terminal, options }: ResumeContext,
): readonly Diagnostic[] {
  if (terminal.isInteractive && options.json !== true) return [];
  const isBack = intent === "roll-back" || steps.some(({ phase }) => phase === "rollback");
  const phase = isBack ? "rollback" : "main";
  // One that is going on has had its answer.
  const inPhase = steps.filter((step) => step.phase === phase);
  const back = inPhase.findIndex(({ stepId }) => stepId === options.from);
  const over = new Set(
    (back === -1 ? inPhase : inPhase.slice(0, back))
      .filter(({ outcome }) => ["passed", "skipped", "running"].includes(outcome))
      .map(({ stepId }) => stepId),
  );
  const all = isBack ? [...(plan.undo ?? []), ...(plan.onFailure?.steps ?? [])] : plan.steps;
  const systems = { local: currentSystem(), targets };
  const left = all.filter((step) => !over.has(step.id) && isForSystem(step, systems) !== false);
  return findNeededAnswers({ ...plan, steps: left }, { ...readConsent(options), given });
}

function readStart([start]: readonly RunEvent[]): { plan: Plan; directory: string } {
  if (start?.type !== "run-started") throw new Error("a run's first event is run-started");
  return start;
}

async function conduct(
  { journal, events: past }: AdoptedJournal,
  {
    environment,
    notices,
    intent,
    secrets,
    ...how
  }: Intent &
    Omit<Conduct, "journal" | "clock" | "past"> & {
      readonly environment: Readonly<Record<string, string>>;
      readonly notices: readonly string[];
    },
  context: ResumeContext,
): ReturnType<typeof conductRun> {
  const { options } = context;
  const { createSystemClock } = await import("../node/system-clock.ts");
  const { openRunSessions, recoverRunSessions } = await import("../node/open-run-sessions.ts");
  const { resumeRun } = await import("../run/resume-run.ts");
  const { findClockShiftMs } = await import("../node/read-machine-moment.ts");
  const { plan } = readStart(past);
  const sessions = {
    runDirectory: journal.directory,
    directory: how.directory,
    environment,
    secrets: secrets.known,
    plan,
    inputs: inputValues(plan, environment),
    canAsk: context.terminal.isInteractive && options.json !== true,
  };
  return conductRun(
    {
      ...how,
      journal,
      clock: createSystemClock(),
      past,
      secrets,
    },
    context,
    (ports, runOptions) =>
      resumeRun(
        past,
        {
          ...ports,
          openSession: (cancelled) => openRunSessions({ ...sessions, cancelled }),
          recoverSession: (going, cancelled) =>
            recoverRunSessions({ ...sessions, cancelled }, going),
        },
        {
          ...runOptions,
          unknown: options.unknown,
          notices,
          intent,
          from: options.from,
          findClockShiftMs: ({ time, machine }) => findClockShiftMs(new Date(time), machine),
        },
      ),
  );
}

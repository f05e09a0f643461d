import type { Diagnostic } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import type { Plan } from "../model/plan.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import { createRunSecrets } from "../run/create-run-secrets.ts";
import { isForSystem } from "../run/is-for-system.ts";
import { listLateSecrets } from "../run/list-late-secrets.ts";
import { listSecrets } from "../run/list-secrets.ts";
import type { CommandContext } from "./command-context.ts";
import { openEventStream, type EventStream } from "./event-stream.ts";
import { readConsent, type RunCommandOptions } from "./run-options.ts";
import { findNeededAnswers } from "./find-needed-answers.ts";
import {
  currentSystem,
  findWrongSystems,
  knownSystems,
  toolsForSystem,
} from "./find-wrong-systems.ts";
import { finishRun } from "./finish-run.ts";
import { judgePlanTies } from "./judge-plan-ties.ts";
import { preparePlan, type PreparedPlan } from "./prepare-plan.ts";
import {
  createAnsweringPerson,
  readGivenAnswers,
  type GivenAnswers,
} from "./read-given-answers.ts";
import { readLibrary, type Library } from "./read-library.ts";
import { readLateSecrets } from "./read-late-secrets.ts";
import { refuseRun } from "./refuse-run.ts";
import { reportProblems } from "./report-problems.ts";
import { sessionEnvironment } from "./session-environment.ts";
import { probeTools } from "../node/probe-tools.ts";
import { probeContracts } from "../node/probe-contracts.ts";
import { executePlan } from "./execute-plan.ts";

type RunContext = CommandContext<RunCommandOptions>;

/**
 * Plans a target, checks all that can be checked before, and runs it; gives back the exit code.
 *
 * Nothing runs where a problem is found, an answer would be missing, or a tool or contract is not
 * there.
 */
export async function runTarget(context: RunContext, target: string): Promise<number> {
  const events = await openEventStream(context);
  try {
    return await checkAndRun(target, events, context);
  } finally {
    await events.close();
  }
}

async function checkAndRun(
  target: string,
  events: EventStream,
  context: RunContext,
): Promise<number> {
  const stop = (problems: readonly Problem[], from: Pick<Library, "sources">): number =>
    refuseRun(problems, { events, sources: from.sources }, context);
  const library = await readLibrary(context.options, target);
  if (exitCodeFor(library.problems) !== 0) return stop(library.problems, library);
  const prepared = await prepare(target, library, context);
  if (prepared === undefined) return 7;
  const { checked } = prepared;
  const plan = checked.value;
  const { findings, sources } = await judgePlanTies(plan, library);
  const answers = plan === undefined ? undefined : await readGivenAnswers(plan, context);
  const known: readonly Problem[] = [
    ...checked.diagnostics,
    ...findings,
    ...(answers?.diagnostics ?? []),
  ];
  if (plan === undefined || answers === undefined || exitCodeFor(known) !== 0) {
    const all = new Map([...sources, ...(answers?.sources ?? [])]);
    return stop(known, { sources: all });
  }
  const lacking = sessionEnvironment(plan, prepared);
  const late = listLateSecrets(plan, lacking);
  // A probe may need what is yet to be read, and what is to be read is there once it has been.
  const { now, later } = divideContracts(plan.contracts, late.length > 0);
  const seen = { ...lacking, ...Object.fromEntries(late.map(({ name }) => [name, "read"])) };
  const problems = [
    ...findWrongSystems(plan, currentSystem()),
    ...(await probeTools(toolsForSystem(plan, currentSystem()), lacking)),
    ...(await probeContracts(now, seen, library.root)),
    ...missingAnswers(plan, answers, context),
  ];
  if (exitCodeFor(problems) !== 0) return stop(problems, library);
  const { definitions } = prepared;
  const read = await readLateSecrets(
    { plan, environment: lacking, definitions, directory: library.root },
    context,
  );
  if (read.isInterrupted) {
    context.terminal.writeError("Interrupted. Nothing was run.\n");
    return 130;
  }
  const environment = { ...lacking, ...read.values };
  problems.push(
    ...read.diagnostics,
    ...(read.diagnostics.length > 0 ? [] : await probeContracts(later, environment, library.root)),
  );
  if (exitCodeFor(problems) !== 0) return stop(problems, library);
  const warnings = [...checked.diagnostics, ...problems];
  if (context.options.json !== true && context.options.quiet !== true && warnings.length > 0) {
    reportProblems(context, warnings, library.sources);
    context.terminal.writeError("\n");
  }
  return execute(plan, { prepared, environment, answers, library, events }, context);
}

/** Makes the plan and asks for missing inputs where a person is there; undefined where it gave up. */
async function prepare(
  target: string,
  library: Library,
  context: RunContext,
): Promise<PreparedPlan | undefined> {
  if (!canAsk(context)) return preparePlan(target, library, context);
  try {
    return await preparePlan(target, library, context, async (missing) => {
      const { askInputs } = await import("./ask-inputs.ts");
      return askInputs(missing);
    });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "AskingCancelled") throw error;
    context.terminal.writeError(`${error.message} Nothing was run.\n`);
    return undefined;
  }
}

function canAsk({ options, terminal }: RunContext): boolean {
  return terminal.isInteractive && options.json !== true;
}

function missingAnswers(
  plan: Plan,
  { given }: GivenAnswers,
  context: RunContext,
): readonly Diagnostic[] {
  if (canAsk(context)) return [];
  const systems = knownSystems();
  const steps = plan.steps.filter((step) => isForSystem(step, systems) !== false);
  return findNeededAnswers({ ...plan, steps }, { ...readConsent(context.options), given });
}

type Contracts = Plan["contracts"];

/** Contracts that are checked with all else, and those whose probe is run when secrets have been read. */
function divideContracts(
  contracts: Contracts,
  hasLateSecrets: boolean,
): { readonly now: Contracts; readonly later: Contracts } {
  if (!hasLateSecrets) return { now: contracts, later: [] };
  const isOwn = ({ definition }: Contracts[number]): boolean => definition.probe === undefined;
  return { now: contracts.filter(isOwn), later: contracts.filter((one) => !isOwn(one)) };
}

async function execute(
  plan: Plan,
  {
    prepared,
    environment,
    answers,
    library,
    events,
  }: {
    readonly prepared: PreparedPlan;
    readonly environment: Readonly<Record<string, string>>;
    readonly answers: GivenAnswers;
    readonly library: Library;
    readonly events: EventStream;
  },
  context: RunContext,
): Promise<number> {
  const secrets = createRunSecrets(listSecrets(plan, environment));
  const { result, progress } = await executePlan(
    plan,
    {
      library,
      environment,
      directory: library.root,
      person: await createAnsweringPerson(answers, { ...prepared, secrets }, context),
      ...readConsent(context.options),
      rollback: context.options.rollback,
      isRehearsal: false,
      secrets,
      events,
    },
    context,
  );
  return finishRun({ plan, result, progress, environment, library }, context);
}

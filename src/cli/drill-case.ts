import path from "node:path";
import process from "node:process";
import { judgeDrill } from "../drill/judge-drill.ts";
import { substituteVariables } from "../drill/substitute-variables.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Plan } from "../model/plan.ts";
import type { RunSummary } from "../model/run-event.ts";
import type { WorldCase, WorldDefinition } from "../model/world.ts";
import type { ProjectWorld } from "../node/find-world.ts";
import type { RaisedWorld } from "../node/raised-world.ts";
import { planTarget } from "../plan/plan-target.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import { formatDuration } from "../report/format-duration.ts";
import {
  escapeControlCharacters,
  sanitiseProgramOutput,
} from "../report/sanitise-terminal-text.ts";
import { createRunSecrets } from "../run/create-run-secrets.ts";
import { listSecrets } from "../run/list-secrets.ts";
import type { Person } from "../run/ports.ts";
import type { CommandContext } from "./command-context.ts";
import { currentEnvironment } from "../node/current-environment.ts";
import type { DrillOptions } from "./drill-options.ts";
import { openEventStream } from "./event-stream.ts";
import { executePlan } from "./execute-plan.ts";
import type { Library } from "./read-library.ts";
import type { RecordedVerification, VerifyingRun } from "./record-verification.ts";
import { currentSystem, toolsForSystem } from "./find-wrong-systems.ts";
import { judgePlanTies } from "./judge-plan-ties.ts";
import { reportProblems } from "./report-problems.ts";

/** How one rehearsal ended. */
export interface DrillResult {
  readonly name: string;
  readonly target: string;
  /** 0 where the run ended as expected and the world's verification agreed. */
  readonly exitCode: number;
  readonly sentence: string;
}

type DrillContext = CommandContext<DrillOptions>;

/**
 * Rehearses one case: raises its world, runs the plan in it, verifies, and tears the world down
 * whatever happened.
 *
 * Side effects: those of the world's programs and the runbook's commands, inside the world; what
 * passed is entered into the ledger of verifications.
 */
export async function drillCase(
  world: ProjectWorld,
  worldCase: WorldCase,
  library: Library,
  context: DrillContext,
): Promise<DrillResult> {
  const definition = world.definition.value;
  if (definition === undefined) throw new Error(`The world ${world.name} was chosen unread.`);
  const end = (exitCode: number, sentence: string): DrillResult => {
    const { name, target } = worldCase;
    say(context, exitCode === 0 ? `✓ Drill passed. ${sentence}` : `✗ Drill failed. ${sentence}`);
    return { name, target, exitCode, sentence };
  };
  say(
    context,
    `\nDrill of ${worldCase.target}, case ${worldCase.name}, in the world ${world.name}`,
  );
  if (worldCase.summary !== undefined) say(context, `  ${worldCase.summary}`);
  const problems = await probeWorld(definition);
  if (exitCodeFor(problems) !== 0) {
    reportProblems(context, problems, library.sources);
    const hint =
      definition.provision === undefined ? "" : ` Install it with: ${definition.provision}`;
    return end(6, `The world needs a program that is not there.${hint}`);
  }
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  try {
    return await inWorld(
      world,
      definition,
      worldCase,
      context,
      interruption.signal,
      async (raised) => {
        const plan = await makePlan(raised, worldCase, library, context);
        if (typeof plan === "number")
          return end(plan, "The case cannot be planned; nothing was run.");
        const lacking = await probePlan(plan, raised);
        if (exitCodeFor(lacking) !== 0) {
          return end(reportProblems(context, lacking, library.sources), "Nothing was run.");
        }
        const rehearsed = await rehearse(plan, definition, raised, worldCase, library, context);
        const { code, sentence, summary } = rehearsed;
        if (code !== 0 || !context.options.ledger) return end(code, sentence);
        const how = `world:${world.name}`;
        const recorded = await enterPassed({ plan, summary, how }, raised, library);
        if (!recorded.isWritten) return end(6, `${sentence} But ${recorded.sentence}`);
        say(context, `  ${recorded.sentence}`);
        return end(code, sentence);
      },
    );
  } catch (error) {
    const { WorldError } = await import("../node/raised-world.ts");
    if (!(error instanceof WorldError)) throw error;
    if (interruption.signal.aborted) return end(130, "It was interrupted; the world is torn down.");
    context.terminal.writeError(
      `${sanitiseProgramOutput(error.output, { keepsColours: false })}\n`,
    );
    return end(6, `${error.message} The world is torn down.`);
  } finally {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, interrupt);
  }
}

async function inWorld(
  world: ProjectWorld,
  definition: WorldDefinition,
  worldCase: WorldCase,
  context: DrillContext,
  interrupted: AbortSignal,
  use: (raised: RaisedWorld) => Promise<DrillResult>,
): Promise<DrillResult> {
  const { raiseWorld } = await import("../node/raised-world.ts");
  const started = performance.now();
  const raised = await raiseWorld({
    source: world.source,
    definition,
    worldCase,
    environment: process.env,
    onLine: (line) => {
      if (context.options.verbose === true)
        say(context, `  ${sanitiseProgramOutput(line, { keepsColours: false })}`);
    },
    interrupted,
  });
  say(
    context,
    `  The world stands in ${raised.directory} (${formatDuration(performance.now() - started)}).`,
  );
  const isKept = context.options.keep === true;
  try {
    return await use(raised);
  } finally {
    const { exitCode, output } = await raised.tearDown(isKept);
    if (isKept) tellKeys(raised, context);
    else if (exitCode === 0) say(context, "  The world is torn down.");
    else
      context.terminal.writeError(
        `The world's teardown ended with exit code ${exitCode}:\n${sanitiseProgramOutput(output, { keepsColours: false })}\n`,
      );
  }
}

async function makePlan(
  raised: RaisedWorld,
  worldCase: WorldCase,
  library: Library,
  context: DrillContext,
): Promise<Plan | number> {
  const inputs = new Map<string, string>();
  for (const [name, value] of Object.entries(worldCase.inputs ?? {})) {
    const { text, unknown } = substituteVariables(String(value), raised.environment);
    if (unknown.length > 0) {
      context.terminal.writeError(
        `error: the input ${name} of the case ${worldCase.name} names ${unknown.join(", ")}, which the world does not set\n`,
      );
      return 3;
    }
    inputs.set(name, text);
  }
  const checked = planTarget({
    target: worldCase.target,
    runbooks: library.runbooks,
    inputs,
    selection: { only: [], skip: [] },
  });
  const { findings, sources } = await judgePlanTies(checked.value, library);
  const problems = [...checked.diagnostics, ...findings];
  if (checked.value !== undefined && exitCodeFor(problems) === 0) return checked.value;
  return reportProblems(context, problems, sources);
}

async function rehearse(
  plan: Plan,
  definition: WorldDefinition,
  raised: RaisedWorld,
  worldCase: WorldCase,
  library: Library,
  context: DrillContext,
): Promise<{ code: number; sentence: string; summary: RunSummary }> {
  const { createTerminalPerson } = await import("../node/terminal-person.ts");
  const { createWorldPerson } = await import("../node/world-person.ts");
  const fallback: Person = createTerminalPerson({
    isInteractive: context.terminal.isInteractive,
    escapeText: escapeControlCharacters,
  });
  const environment = { ...raised.environment, ...inputEnvironment(plan) };
  const { result } = await executePlan(
    plan,
    {
      library,
      environment,
      secrets: createRunSecrets(listSecrets(plan, environment)),
      directory: raised.workingDirectory,
      person: createWorldPerson(plan, definition, raised, fallback),
      assumeYes: false,
      allowDestructive: definition.allow?.includes("destructive") === true,
      rollback: "auto",
      isRehearsal: true,
      events: await openEventStream(context),
    },
    context,
  );
  const { summary } = result;
  if (result.outcome === "interrupted") {
    return { code: 130, sentence: "It was interrupted.", summary };
  }
  const verdict = judgeDrill(worldCase, summary);
  if (!verdict.isAsExpected) {
    const code = result.exitCode === 0 ? 4 : result.exitCode;
    return { code, sentence: verdict.sentence, summary };
  }
  if (worldCase.verify === undefined) return { code: 0, sentence: verdict.sentence, summary };
  const { exitCode, output } = await raised.runProgram(worldCase.verify);
  const name = path.basename(worldCase.verify);
  if (exitCode === 0) {
    return { code: 0, sentence: `${verdict.sentence} Verified: ${name}.`, summary };
  }
  context.terminal.writeError(`${sanitiseProgramOutput(output, { keepsColours: false })}\n`);
  const sentence = `${verdict.sentence} But ${name} disagrees (exit code ${exitCode}).`;
  return { code: 4, sentence, summary };
}

async function enterPassed(
  run: Pick<VerifyingRun, "plan" | "summary" | "how">,
  raised: RaisedWorld,
  library: Library,
): Promise<RecordedVerification> {
  const { recordVerification } = await import("./record-verification.ts");
  const { environment, workingDirectory: directory } = raised;
  return recordVerification({ ...run, environment, directory }, library);
}

function inputEnvironment(plan: Plan): Record<string, string> {
  return Object.fromEntries(
    plan.inputs.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}

async function probeWorld(definition: WorldDefinition): Promise<readonly Diagnostic[]> {
  const { probeTools } = await import("../node/probe-tools.ts");
  const tools = Object.entries(definition.requires ?? {}).map(([name, tool]) => ({
    name,
    definition: tool,
    neededBy: ["the world"],
  }));
  return probeTools(tools, currentEnvironment());
}

async function probePlan(plan: Plan, raised: RaisedWorld): Promise<readonly Diagnostic[]> {
  const { probeTools } = await import("../node/probe-tools.ts");
  const { probeContracts } = await import("../node/probe-contracts.ts");
  const environment = { ...raised.environment };
  return [
    ...(await probeTools(toolsForSystem(plan, currentSystem()), environment)),
    ...(await probeContracts(plan.contracts, environment, raised.workingDirectory)),
  ];
}

/** Told even where little is wanted: a world that nobody can find would stand for ever. */
function tellKeys(raised: RaisedWorld, { terminal }: DrillContext): void {
  const enter = path.join(raised.directory, "enter");
  const down = path.join(raised.directory, "down");
  terminal.writeError(
    `  The world is kept. Look around in it:  ${enter}\n  Take it down when you are done:        ${down}\n`,
  );
}

function say({ options, terminal }: DrillContext, line: string): void {
  if (options.json !== true && options.quiet !== true) terminal.write(`${line}\n`);
}

import path from "node:path";
import process from "node:process";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { WorldCase, WorldDefinition } from "../model/world.ts";
import type { ProjectWorld } from "../node/find-world.ts";
import type { RaisedWorld } from "../node/raised-world.ts";
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
import { planRehearsal, type Rehearsal } from "./plan-rehearsal.ts";
import {
  judgeRehearsal,
  sayOfDrill as say,
  tearDownWorld,
  type JudgedRehearsal,
} from "./judge-rehearsal.ts";
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
        const made = await planRehearsal(raised, { world, worldCase, library }, context);
        if ("exitCode" in made) return end(made.exitCode, made.sentence);
        const { plan } = made;
        const rehearsed = await rehearse(made, definition, raised, worldCase, library, context);
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
    if (isKept) {
      await raised.tearDown(true);
      tellKeys(raised, context);
    } else await tearDownWorld(raised, context);
  }
}

async function rehearse(
  { plan, environment }: Rehearsal,
  definition: WorldDefinition,
  raised: RaisedWorld,
  worldCase: WorldCase,
  library: Library,
  context: DrillContext,
): Promise<JudgedRehearsal> {
  const { createTerminalPerson } = await import("../node/terminal-person.ts");
  const { createWorldPerson } = await import("../node/world-person.ts");
  const fallback: Person = createTerminalPerson({
    isInteractive: context.terminal.isInteractive,
    escapeText: escapeControlCharacters,
  });
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
      prepareRun: async (runDirectory) => {
        const { writeWorldCard } = await import("../node/world-card.ts");
        await writeWorldCard(runDirectory, raised.card);
      },
    },
    context,
  );
  return judgeRehearsal({ plan, environment, result }, { raised, worldCase }, context);
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

async function probeWorld(definition: WorldDefinition): Promise<readonly Diagnostic[]> {
  const { probeTools } = await import("../node/probe-tools.ts");
  const tools = Object.entries(definition.requires ?? {}).map(([name, tool]) => ({
    name,
    definition: tool,
    neededBy: ["the world"],
  }));
  return probeTools(tools, currentEnvironment());
}

/** Told even where little is wanted: a world that nobody can find would stand for ever. */
function tellKeys(raised: RaisedWorld, { terminal }: DrillContext): void {
  const enter = path.join(raised.directory, "enter");
  const down = path.join(raised.directory, "down");
  terminal.writeError(
    `  The world is kept. Look around in it:  ${enter}\n  Take it down when you are done:        ${down}\n`,
  );
}

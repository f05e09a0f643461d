import path from "node:path";
import { judgeDrill } from "../drill/judge-drill.ts";
import type { Plan } from "../model/plan.ts";
import type { RunSummary } from "../model/run-event.ts";
import type { WorldCase } from "../model/world.ts";
import type { RaisedWorld } from "../node/raised-world.ts";
import { sanitiseProgramOutput } from "../report/sanitise-terminal-text.ts";
import { createRedactor } from "../run/create-redactor.ts";
import { listSecrets } from "../run/list-secrets.ts";
import type { RunResult } from "../run/run-plan.ts";
import type { CommandContext } from "./command-context.ts";

/** How a rehearsal is judged: the drill's exit code, and why. */
export interface JudgedRehearsal {
  readonly code: number;
  readonly sentence: string;
  readonly summary: RunSummary;
}

/**
 * Judges how a rehearsal has ended: as its case expects, and then by the case's own `verify`, whose words
 * are told where it disagrees. Runs that program in the world.
 */
export async function judgeRehearsal(
  {
    plan,
    environment,
    result,
  }: {
    readonly plan: Plan;
    readonly environment: Readonly<Record<string, string>>;
    readonly result: RunResult;
  },
  { raised, worldCase }: { readonly raised: RaisedWorld; readonly worldCase: WorldCase },
  context: CommandContext,
): Promise<JudgedRehearsal> {
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
  const told = createRedactor(listSecrets(plan, environment))?.redactText(output) ?? output;
  context.terminal.writeError(`${sanitiseProgramOutput(told, { keepsColours: false })}\n`);
  const sentence = `${verdict.sentence} But ${name} disagrees (exit code ${exitCode}).`;
  return { code: 4, sentence, summary };
}

/** Takes a world down, and tells how that went. */
export async function tearDownWorld(raised: RaisedWorld, context: CommandContext): Promise<void> {
  const { exitCode, output } = await raised.tearDown(false);
  if (exitCode === 0) sayOfDrill(context, "  The world is torn down.");
  else tellFailedTeardown(exitCode, output, context);
}

/** Tells that a world was not taken down as it should have been. */
export function tellFailedTeardown(
  exitCode: number,
  output: string,
  { terminal }: CommandContext,
): void {
  const shown = sanitiseProgramOutput(output, { keepsColours: false });
  terminal.writeError(`The world's teardown ended with exit code ${exitCode}:\n${shown}\n`);
}

/** Prints a line of a drill's own, where a person reads along. */
export function sayOfDrill({ options, terminal }: CommandContext, line: string): void {
  if (options.json !== true && options.quiet !== true) terminal.write(`${line}\n`);
}

import path from "node:path";
import type { Plan } from "../model/plan.ts";
import type { RunProgress } from "../report/run-view/run-progress.ts";
import type { RunResult } from "../run/run-plan.ts";
import type { CommandContext } from "./command-context.ts";
import type { Library } from "./read-library.ts";
import type { RunCommandOptions } from "./run-options.ts";

type RunContext = CommandContext<RunCommandOptions>;

/** A run that has come to its end. */
export interface FinishedRun {
  readonly plan: Plan;
  readonly result: RunResult;
  readonly progress: RunProgress | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly library: Library;
}

/**
 * Does what the options ask for after a run: enters what passed into the ledger, writes reports; gives
 * back the exit code, which is 6 where the run passed and one of these cannot be written.
 */
export async function finishRun(finished: FinishedRun, context: RunContext): Promise<number> {
  const { result } = finished;
  const isEntered =
    context.options.ledger !== true ||
    result.outcome !== "completed" ||
    (await enterPassed(finished, context));
  const exitCode = await writeReports(finished, context, result.exitCode);
  return isEntered || exitCode !== 0 ? exitCode : 6;
}

/** Enters what a run verified into the ledger; false where it cannot be written. */
async function enterPassed(
  { plan, result: { summary }, environment, library }: FinishedRun,
  { terminal, options }: RunContext,
): Promise<boolean> {
  const { recordVerification } = await import("./record-verification.ts");
  const run = { plan, summary, how: "live", environment, directory: library.root };
  const { isWritten, sentence } = await recordVerification(run, library);
  if (!isWritten) terminal.writeError(`error: ${sentence}\n`);
  else if (options.json !== true && options.quiet !== true) terminal.writeError(`${sentence}\n`);
  return isWritten;
}

/** Writes the reports that were asked for; where one cannot be written a run that passed ends with 6. */
async function writeReports(
  { progress, library }: FinishedRun,
  { options, terminal }: RunContext,
  exitCode: number,
): Promise<number> {
  if (options.report === undefined || progress === undefined) return exitCode;
  const { writeRunReports } = await import("./write-run-reports.ts");
  const directory = path.join(library.root, library.configuration.runs, progress.run);
  const problems = await writeRunReports(options.report, { progress, directory });
  for (const problem of problems) terminal.writeError(`error: ${problem}\n`);
  return problems.length === 0 || exitCode !== 0 ? exitCode : 6;
}

import path from "node:path";
import process from "node:process";
import type { RunSummary } from "../model/run-event.ts";
import type { ReadPositions } from "../node/read-step-output.ts";
import { findNearest } from "../parse/find-nearest.ts";
import type { RunProgress } from "../report/run-view/run-progress.ts";
import { stringifyHarmless } from "../report/stringify-harmless.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";
import { findRun, type FoundRun } from "./find-run.ts";
import { createLogPrinter } from "./log-printer.ts";

/** Options of `opswright runs logs`. */
export interface LogsOptions extends CommonOptions {
  readonly step?: string | undefined;
  readonly follow?: true | undefined;
}

type LogsContext = CommandContext<LogsOptions>;

/**
 * Prints what the steps of a run printed; with `--follow` goes on until the run ends or its runner has
 * died, which is told. Gives back the exit code, 130 after Ctrl-C. Reads the run's folder.
 */
export async function printLogs(context: LogsContext, given: string): Promise<number> {
  const found = await findRun(context, given);
  checkStep(found, context);
  const print = await createRunPrinter(found.directory, context);
  if (context.options.follow !== true) {
    await print(found.progress);
    print.end();
    return 0;
  }
  const outcome = await followRun(found.directory, print);
  print.end();
  if (outcome === "left") return 130;
  tellEnd(found.summary.run, outcome, context);
  return 0;
}

/** A step of a rollback that has not begun counts, too. */
function checkStep({ summary, progress }: FoundRun, { options, fail }: LogsContext): void {
  const wanted = options.step;
  const ids = [...progress.steps.map(({ stepId }) => stepId), ...progress.planned.keys()];
  if (wanted === undefined || ids.includes(wanted)) return;
  const nearest = findNearest(wanted, ids);
  const hint = nearest === undefined ? "" : `\n(Did you mean ${nearest}?)`;
  fail(`the run ${summary.run} has no step '${wanted}'${hint}`);
}

/** How far a run has been printed, and whether it is to go on. */
interface Following {
  readonly positions: ReadPositions;
  readonly left: AbortSignal;
}

/** Prints what steps have printed, all of it or what is new; `end` ends the last line. */
interface RunPrinter {
  (progress: RunProgress, following?: Following): Promise<void>;
  end(): void;
}

async function createRunPrinter(
  directory: string,
  { options, terminal }: LogsContext,
): Promise<RunPrinter> {
  const { readStepOutput } = await import("../node/read-step-output.ts");
  const printer = createLogPrinter(terminal, { hasTitles: options.step === undefined });
  let last = "";
  const print = async ({ steps }: RunProgress, following?: Following): Promise<void> => {
    for (const step of steps) {
      const { stepId, phase } = step;
      if (options.step !== undefined && stepId !== options.step) continue;
      for await (const piece of readStepOutput(directory, step, following?.positions)) {
        if (following?.left.aborted === true) return;
        // One step can be in both phases.
        if (last !== `${phase} ${stepId}`) printer.endStep();
        last = `${phase} ${stepId}`;
        if (options.json === true) {
          terminal.write(`${stringifyHarmless({ stepId, phase, ...piece })}\n`);
        } else {
          printer.print(stepId, piece);
        }
      }
    }
  };
  return Object.assign(print, { end: () => printer.endStep() });
}

/** Prints until the run is over and gives back how; `left` after SIGINT or SIGTERM, which it takes. */
async function followRun(
  directory: string,
  print: RunPrinter,
): Promise<RunSummary["outcome"] | "left"> {
  const { watchRun } = await import("../node/watch-run.ts");
  const watch = watchRun(directory);
  const leaving = new AbortController();
  const leave = (): void => {
    leaving.abort();
    watch.close();
  };
  process.on("SIGINT", leave);
  process.on("SIGTERM", leave);
  const following: Following = { positions: new Map(), left: leaving.signal };
  try {
    for (let isQuiet = true; ; isQuiet = !(await watch.waitForChange())) {
      if (leaving.signal.aborted) return "left";
      // First how the run stands: whatever was printed before its end is then read after it.
      const { outcome, progress } = await readState(directory, isQuiet);
      await print(progress, following);
      if (leaving.signal.aborted) return "left";
      if (outcome !== "running") return outcome;
    }
  } finally {
    process.off("SIGINT", leave);
    process.off("SIGTERM", leave);
    watch.close();
  }
}

/** How a run stands; whether its runner lives is looked up where `isQuiet`, which takes its time. */
async function readState(
  directory: string,
  isQuiet: boolean,
): Promise<{ outcome: RunSummary["outcome"]; progress: RunProgress }> {
  const { journalFileName, readJournal } = await import("../node/read-journal.ts");
  const { summariseRecordedRun } = await import("../node/list-runs.ts");
  const { readRunProgress } = await import("../report/run-view/run-progress.ts");
  const events = await readJournal(path.join(directory, journalFileName));
  const progress = readRunProgress(events);
  if (progress === undefined) throw new Error(`the journal in ${directory} has lost its beginning`);
  const known = progress.ended?.outcome ?? "running";
  return { outcome: isQuiet ? summariseRecordedRun(events).outcome : known, progress };
}

function tellEnd(
  run: string,
  outcome: RunSummary["outcome"],
  { options, terminal }: LogsContext,
): void {
  if (outcome === "died") {
    terminal.writeError(
      `The runner of ${run} has died: what its step prints is not seen until it goes on.\nGo on: opswright resume ${run}\n`,
    );
  } else if (options.quiet !== true) {
    terminal.writeError(`The run ${run} has ended: ${outcome}.\n`);
  }
}

import path from "node:path";
import process from "node:process";
import type { Plan } from "../model/plan.ts";
import type { RunEvent } from "../model/run-event.ts";
import { createRunView } from "../report/run-view/create-run-view.ts";
import {
  applyRunEvent,
  startRunProgress,
  type RunProgress,
} from "../report/run-view/run-progress.ts";
import type { Person } from "../run/ports.ts";
import type { RunResult } from "../run/run-plan.ts";
import type { CommandContext } from "./command-context.ts";
import { openLiveView, type LiveView } from "./live-view.ts";
import { packageVersion } from "./package-version.ts";
import type { Library } from "./read-library.ts";
import { currentSystem } from "./find-wrong-systems.ts";
import { takeRunSignals } from "./run-signals.ts";

const graceMs = 5000;

/** What a run needs beyond its plan. */
export interface Execution {
  readonly library: Library;
  /** The whole environment of the session. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the session starts, absolute. */
  readonly directory: string;
  readonly person: Person;
  readonly assumeYes: boolean;
  readonly allowDestructive: boolean;
  readonly rollback: "ask" | "auto" | "never";
  /** True in a drill. */
  readonly isRehearsal: boolean;
}

/** How a run ended, and what it told of each step; absent where it told nothing. */
export interface Executed {
  readonly result: RunResult;
  readonly progress: RunProgress | undefined;
}

/**
 * Runs a checked plan in a bash session of its own, with the journal on disk and the view on the
 * terminal; Ctrl-C is the run's until it ends.
 *
 * Side effects: the commands', files below the runs folder, signal handlers while it lasts.
 */
export async function executePlan(
  plan: Plan,
  execution: Execution,
  context: CommandContext,
): Promise<Executed> {
  const { library, environment, directory } = execution;
  const { createFileJournal } = await import("../node/file-journal.ts");
  const { openBashSession } = await import("../node/bash-session.ts");
  const { readOperator } = await import("../node/read-operator.ts");
  const { createSystemClock } = await import("../node/system-clock.ts");
  const { runPlan } = await import("../run/run-plan.ts");
  const clock = createSystemClock();
  const journal = await createFileJournal(path.join(library.root, library.configuration.runs), {
    label: plan.target,
    clock,
  });
  let progress: RunProgress | undefined;
  const view = openView(context, execution.isRehearsal);
  const signals = takeRunSignals(() => view.settle());
  try {
    const result = await runPlan(
      plan,
      {
        openSession: async () =>
          openBashSession({
            runDirectory: journal.directory,
            directory,
            environment: { ...environment },
          }),
        journal,
        person: execution.person,
        clock,
        observe: (event) => {
          // Of output, which can be of any size, the progress keeps the end alone.
          if (event.type === "run-started") progress = startRunProgress(event);
          else if (progress !== undefined) applyRunEvent(progress, event);
          view.observe(event);
        },
      },
      {
        run: journal.run,
        ...readOperator(),
        pid: process.pid,
        directory,
        version: packageVersion,
        isRehearsal: execution.isRehearsal || undefined,
        system: currentSystem(),
        assumeYes: execution.assumeYes,
        allowDestructive: execution.allowDestructive,
        rollback: execution.rollback,
        graceMs,
        cancelStep: signals.cancelStep,
        interrupted: signals.interrupted,
      },
    );
    return { result, progress };
  } finally {
    signals.release();
    view.close();
    await journal.close();
  }
}

function openView({ terminal, options }: CommandContext, isRehearsal: boolean): LiveView {
  if (options.json === true) {
    const print = (event: RunEvent) => terminal.write(`${JSON.stringify(event)}\n`);
    return { observe: print, settle: () => {}, close: () => {} };
  }
  const verbosity =
    options.quiet === true ? "quiet" : options.verbose === true ? "verbose" : "normal";
  const { style, isInteractive } = terminal;
  return openLiveView(createRunView({ style, isInteractive, verbosity, isRehearsal }), terminal);
}

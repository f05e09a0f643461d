import process from "node:process";
import type { RunEvent } from "../model/run-event.ts";
import type { FileJournal } from "../node/file-journal.ts";
import { createRunView } from "../report/run-view/create-run-view.ts";
import {
  applyRunEvent,
  readRunProgress,
  startRunProgress,
  type RunProgress,
} from "../report/run-view/run-progress.ts";
import type { RunSecrets } from "../run/create-run-secrets.ts";
import type { Clock, Person } from "../run/ports.ts";
import type { RunOptions, RunPorts } from "../run/run-context.ts";
import type { RunResult } from "../run/run-plan.ts";
import { redactJournal } from "../run/redact-journal.ts";
import type { CommandContext } from "./command-context.ts";
import { describeShortSecrets } from "./describe-short-secrets.ts";
import type { EventStream } from "./event-stream.ts";
import { openLiveView, type LiveView } from "./live-view.ts";
import { packageVersion } from "./package-version.ts";
import { currentSystem } from "./find-wrong-systems.ts";
import { takeRunSignals } from "./run-signals.ts";
import { createReadinessCheck } from "../node/check-readiness.ts";
import { findPersonTerminal } from "../node/person-terminal.ts";
import { readOperator } from "../node/read-operator.ts";
import { readMachineMoment } from "../node/read-machine-moment.ts";

const graceMs = 5000;

/** What a run is given by the command that starts it or goes on with it. */
export interface Conduct {
  readonly journal: FileJournal;
  readonly clock: Clock;
  readonly person: Person;
  /** Where the session starts, absolute. */
  readonly directory: string;
  readonly assumeYes: boolean;
  readonly allowDestructive: boolean;
  readonly rollback: "ask" | "auto" | "never";
  /** True in a drill. */
  readonly isRehearsal: boolean;
  /** Where its events go for other programs; whoever opened it closes it. */
  readonly events: EventStream;
  /** What is on record already, of a run that is resumed. */
  readonly past?: readonly RunEvent[] | undefined;
  /** What no event of the run may hold. */
  readonly secrets: RunSecrets;
}

/** How a run ended, and what it told of each step; absent where it told nothing. */
export interface Conducted {
  readonly result: RunResult;
  readonly progress: RunProgress | undefined;
}

/**
 * Has a run do its work with the view on the terminal; Ctrl-C is the run's until it ends.
 *
 * Side effects: the run's, signal handlers while it lasts, the journal is closed.
 */
export async function conductRun(
  conduct: Conduct,
  context: CommandContext,
  work: (ports: Omit<RunPorts, "openSession">, options: RunOptions) => Promise<RunResult>,
): Promise<Conducted> {
  const { journal, clock, person, events, past = [], secrets } = conduct;
  const canAsk = context.terminal.isInteractive && context.options.json !== true;
  let progress: RunProgress | undefined = readRunProgress(past);
  const view = openView(context, conduct);
  events.beforeWarning(() => view.settle());
  const signals = takeRunSignals(() => view.settle());
  const personTerminal = canAsk ? findPersonTerminal(signals.takeInterrupts) : undefined;
  try {
    const result = await work(
      {
        journal: redactJournal(journal, secrets),
        learnSecrets: (more) => describeShortSecrets(secrets.learn(more)),
        person,
        clock,
        server: createReadinessCheck(),
        terminal: personTerminal && {
          device: personTerminal.device,
          lend: (signal) => {
            view.settle();
            return personTerminal.lend(signal);
          },
        },
        observe: (event) => {
          // Of output, which can be of any size, the progress keeps the end alone.
          if (event.type === "run-started") progress = startRunProgress(event);
          else if (progress !== undefined) applyRunEvent(progress, event);
          view.observe(event);
          events.print(event);
        },
      },
      {
        run: journal.run,
        ...readOperator(),
        pid: process.pid,
        directory: conduct.directory,
        version: packageVersion,
        machine: readMachineMoment(),
        isRehearsal: conduct.isRehearsal || undefined,
        system: currentSystem(),
        assumeYes: conduct.assumeYes,
        allowDestructive: conduct.allowDestructive,
        rollback: conduct.rollback,
        graceMs,
        cancelStep: signals.cancelStep,
        interrupted: signals.interrupted,
      },
    );
    return { result, progress };
  } finally {
    signals.release();
    view.close();
    journal.close();
  }
}

function openView(
  { terminal, options }: CommandContext,
  { isRehearsal, past = [] }: Conduct,
): LiveView {
  if (options.json === true) {
    return { observe: () => {}, settle: () => {}, close: () => {} };
  }
  const verbosity =
    options.quiet === true ? "quiet" : options.verbose === true ? "verbose" : "normal";
  const { style, isInteractive } = terminal;
  const view = createRunView({ style, isInteractive, verbosity, isRehearsal });
  view.recall(past);
  return openLiveView(view, terminal);
}

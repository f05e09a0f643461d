import path from "node:path";
import type { Plan } from "../model/plan.ts";
import type { CommandContext } from "./command-context.ts";
import { conductRun, type Conduct, type Conducted } from "./conduct-run.ts";
import { describeShortSecrets } from "./describe-short-secrets.ts";
import type { Library } from "./read-library.ts";
import { inputValues } from "./session-environment.ts";
import { createFileJournal } from "../node/file-journal.ts";
import { openRunSessions } from "../node/open-run-sessions.ts";
import { createSystemClock } from "../node/system-clock.ts";
import { runPlan } from "../run/run-plan.ts";

/** What a run needs beyond its plan. */
export interface Execution extends Omit<Conduct, "journal" | "clock" | "past"> {
  readonly library: Library;
  /** The whole environment of the session. */
  readonly environment: Readonly<Record<string, string>>;
  /** Called with the run's folder before anything of it is on record. */
  readonly prepareRun?: ((runDirectory: string) => Promise<void>) | undefined;
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
): Promise<Conducted> {
  const { library, environment, directory, secrets } = execution;
  const clock = createSystemClock();
  const journal = await createFileJournal(path.join(library.root, library.configuration.runs), {
    label: plan.target,
    clock,
  });
  const runDirectory = journal.directory;
  await execution.prepareRun?.(runDirectory);
  return conductRun({ ...execution, journal, clock }, context, (ports, options) =>
    runPlan(
      plan,
      {
        ...ports,
        openSession: (cancelled) =>
          openRunSessions({
            cancelled,
            runDirectory,
            directory,
            environment: { ...environment },
            secrets: secrets.known,
            plan,
            inputs: inputValues(plan, environment),
            canAsk: context.terminal.isInteractive && context.options.json !== true,
          }),
      },
      { ...options, notices: describeShortSecrets(secrets.redactor?.shortNames ?? []) },
    ),
  );
}

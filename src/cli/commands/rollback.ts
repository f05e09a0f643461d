import type { Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { addInputOptions } from "../input-options.ts";
import { addRunOptions } from "../run-options.ts";
import type { ResumeCommandOptions } from "../resume-target.ts";

/** Defines `opswright rollback [RUN]`. */
export function defineRollback(command: Command, finish: FinishCommand): void {
  const withInputs = addInputOptions(
    command.argument("[run]", "the run's id or its beginning; default: the last one"),
  );
  addRunOptions(withInputs, { hasRollback: false })
    .addHelpText(
      "after",
      `
Runs the procedure that the run's own one names in onFailure, with the values and
the shell's state of that run. For a run that failed, was interrupted, or turned out
to be wrong after it had completed.

Examples:
  $ opswright rollback
  $ opswright rollback 20261122-204512 --yes --allow destructive`,
    )
    .action(
      commandAction<ResumeCommandOptions>(command, finish, async (context, [run = "last"]) => {
        const { rollBackTarget } = await import("../resume-target.ts");
        return rollBackTarget(context, run);
      }),
    );
}

import type { Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { addPlanOptions } from "../input-options.ts";
import { addRunOptions, type RunCommandOptions } from "../run-options.ts";

/** Defines `opswright run TARGET`. */
export function defineRun(command: Command, finish: FinishCommand): void {
  addRunOptions(
    addPlanOptions(
      command.argument("<target>", "what to run: RUNBOOK, RUNBOOK:PROCEDURE or RUNBOOK#STEP"),
    ),
  )
    .option("--dry-run", "show the plan and run nothing, as `opswright plan` does")
    .addHelpText(
      "after",
      `
The whole plan is checked before its first command. Ctrl-C once cancels the
step and asks, twice ends the run. With --json each line is one event; with
--events the view stays, and the events go to another program or a file.
What was left half-way goes on with: opswright resume

Examples:
  $ opswright run deployment
  $ opswright run deployment:rollback --input COMMIT=4f2a91c
  $ opswright run deployment --from push      after putting right what failed
  $ opswright run deployment --answers night.yaml   upload: done, push: yes, …
  $ opswright run nightly --yes --allow destructive --report junit=run.xml
  $ opswright run deployment --events 3 3> >(notify-channel)`,
    )
    .action(
      commandAction<RunCommandOptions>(command, finish, async (context, [target = ""]) => {
        if (context.options.dryRun === true) {
          const { showPlan } = await import("./plan.ts");
          return showPlan(context, target);
        }
        const { runTarget } = await import("../run-target.ts");
        return runTarget(context, target);
      }),
    );
}

import type { Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import type { TangleOptions } from "../tangle-target.ts";

/** Defines `opswright tangle TARGET`. */
export function defineTangle(command: Command, finish: FinishCommand): void {
  command
    .argument("<target>", "what to make it of: RUNBOOK, RUNBOOK:PROCEDURE or RUNBOOK#STEP")
    .option("--output <file>", "write it there, executable; default: print it")
    .option("--force", "replace a file that is there")
    .option("--tie", "with --output: tie the runbook's blocks to the script's regions")
    .addHelpText(
      "after",
      `
Makes one bash script: inputs from the environment, a region for each step,
conditions as tests, manual steps as prompts. Nothing is run. With --tie,
\`opswright check\` sees to it that the script stays the same as the runbook.

Examples:
  $ opswright tangle deployment
  $ opswright tangle backup-restore:backup --output scripts/backup.sh
  $ opswright tangle restart --output scripts/restart.sh --tie`,
    )
    .action(
      commandAction<TangleOptions>(command, finish, async (context, [target = ""]) => {
        const { tangleTarget } = await import("../tangle-target.ts");
        return tangleTarget(context, target);
      }),
    );
}

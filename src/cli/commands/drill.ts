import { Option, type Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import type { DrillOptions } from "../drill-options.ts";

/** Defines `opswright drill TARGET`. */
export function defineDrill(command: Command, finish: FinishCommand): void {
  command
    .argument("[target]", "what to rehearse: RUNBOOK or RUNBOOK:PROCEDURE")
    .addOption(
      new Option("--case <name>", "a case of the target; can be repeated").argParser(
        (text, previous: readonly string[] | undefined) => [...(previous ?? []), text],
      ),
    )
    .option("--all", "every case of the target, or of the world where no target is named")
    .option("--world <name>", "the world; needed where several rehearse the target")
    .option("--keep", "leave the world standing, and say how to look around in it")
    .option("--no-ledger", "enter nothing that passed into the runbooks' .verified.json")
    .option("--list", "list the worlds and their cases, and run nothing")
    .addHelpText(
      "after",
      `
A drill sets a disposable world up, runs the procedure in it for real, asks the world's own
verification, and tears it down. Without --case it takes the target's first case.

Examples:
  $ opswright drill --list
  $ opswright drill deployment
  $ opswright drill deployment --case broken-release
  $ opswright drill deployment:rollback --all
  $ opswright drill deployment --keep`,
    )
    .action(
      commandAction<DrillOptions>(command, finish, async (context, [target]) => {
        const { drillTarget } = await import("../drill-target.ts");
        return drillTarget(context, target);
      }),
    );
}

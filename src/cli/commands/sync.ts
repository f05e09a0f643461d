import { Option, type Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import type { SyncOptions } from "../sync-target.ts";

/** Defines `opswright sync [PATH…]`. */
export function defineSync(command: Command, finish: FinishCommand): void {
  command
    .argument("[path...]", "files or folders; default: all runbooks")
    .addOption(
      new Option("--from <side>", "which side is right; the other one is written").choices([
        "docs",
        "scripts",
      ]),
    )
    .option("--create", "with --from docs: make scripts and regions that are not there")
    .option("--dry-run", "print the difference, write nothing")
    .addHelpText(
      "after",
      `
A block that says script=PATH#REGION is that region of that file: from a line
with opswright:begin REGION to one with opswright:end REGION, in comments.
Nothing else of either file is touched. Without --from, lists what differs.

Examples:
  $ opswright sync
  $ opswright sync --from scripts
  $ opswright sync runbooks/backup.mdx --from docs --dry-run
  $ opswright sync --from docs --create`,
    )
    .action(
      commandAction<SyncOptions>(command, finish, async (context, paths) => {
        const { syncTarget } = await import("../sync-target.ts");
        return syncTarget(context, paths);
      }),
    );
}

import { InvalidArgumentError, Option, type Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { addPlanOptions } from "../input-options.ts";
import type { ReportRequest, RunCommandOptions } from "../run-options.ts";

/** Defines `opswright run TARGET`. */
export function defineRun(command: Command, finish: FinishCommand): void {
  addPlanOptions(
    command.argument("<target>", "what to run: RUNBOOK, RUNBOOK:PROCEDURE or RUNBOOK#STEP"),
  )
    .option("--yes", "answer yes to manual steps and confirmations; never to destructive steps")
    .addOption(
      new Option("--allow <what>", "run destructive steps without asking")
        .choices(["destructive"])
        .argParser(readAllowed),
    )
    .addOption(
      new Option("--rollback <when>", "what to do after a failure")
        .choices(["ask", "auto", "never"])
        .default("ask"),
    )
    .addOption(
      new Option(
        "--report <format=file>",
        "write a report: junit, markdown or json; can be repeated",
      ).argParser(collectReport),
    )
    .option(
      "--ledger",
      "where the run completes, enter what passed into the runbooks' .verified.json",
    )
    .option("--dry-run", "show the plan and run nothing, as `opswright plan` does")
    .addHelpText(
      "after",
      `
The whole plan is checked before its first command. Ctrl-C once cancels the
step and asks, twice ends the run. With --json each line is one event.

Examples:
  $ opswright run deployment
  $ opswright run deployment:rollback --input COMMIT=4f2a91c
  $ opswright run deployment --from push      after putting right what failed
  $ opswright run nightly --yes --allow destructive --report junit=run.xml`,
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

function readAllowed(text: string, previous: readonly string[] = []): readonly string[] {
  if (text !== "destructive") throw new InvalidArgumentError("Only destructive can be allowed.");
  return [...previous, text];
}

function collectReport(
  text: string,
  previous: readonly ReportRequest[] = [],
): readonly ReportRequest[] {
  const [, format, file] = /^(junit|markdown|json)=(.+)$/su.exec(text) ?? [];
  if (format === undefined || file === undefined) {
    throw new InvalidArgumentError("It must be junit=FILE, markdown=FILE or json=FILE.");
  }
  return [...previous, { format: format as ReportRequest["format"], file }];
}

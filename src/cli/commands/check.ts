import { InvalidArgumentError, Option, type Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { checkTarget, type CheckOptions } from "../check-target.ts";

/** Defines `opswright check [PATH…]`. */
export function defineCheck(command: Command, finish: FinishCommand): void {
  command
    .argument("[path...]", "files or folders; default: all runbooks")
    .addOption(
      new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
    )
    .option("--max-warnings <count>", "more warnings than this are findings", readCount)
    .addOption(
      new Option(
        "--observe <names>",
        "programs to ask: shellcheck, help (of declared tools), commands (of the configuration), none",
      ).argParser(readObservers),
    )
    .addHelpText(
      "after",
      `
Nothing of a runbook is executed. What runbooks say is compared with the files of the repository
and with git. A claim that nothing can judge is counted as not judged: --verbose says why.

Examples:
  $ opswright check
  $ opswright check docs/runbooks/restart.md
  $ opswright check --max-warnings 0
  $ opswright check --observe help       do the tools have these options?`,
    )
    .action(
      commandAction<CheckOptions>(command, finish, async (context, paths) =>
        checkTarget(context, paths),
      ),
    );
}

function readCount(text: string): number {
  if (!/^\d+$/u.test(text)) throw new InvalidArgumentError("It must be a number from 0 up.");
  return Number(text);
}

function readObservers(text: string, previous: readonly string[] | undefined): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  for (const name of names) {
    if (!["shellcheck", "help", "commands", "none"].includes(name)) {
      throw new InvalidArgumentError("It must be of shellcheck, help, commands, none.");
    }
  }
  return [...(previous ?? []), ...names];
}

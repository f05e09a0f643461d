import { InvalidArgumentError, Option, type Command } from "commander";
import { commandAction, type FinishCommand } from "../command-context.ts";
import { checkFormats, type CheckOptions } from "../check-options.ts";

/** Defines `opswright check [PATH…]`. */
export function defineCheck(command: Command, finish: FinishCommand): void {
  command
    .argument("[path...]", "files or folders; default: all runbooks")
    .addOption(new Option("--format <format>", "how to print; default: text").choices(checkFormats))
    .option("--output <file>", "write that format into a file, and print the text")
    .option("--max-warnings <count>", "more warnings than this are findings", readCount)
    .option("--fix", "repair what needs no judgement, then check again")
    .option("--dry-run", "with --fix: print the difference, write nothing")
    .option("--changed-since <revision>", "only what a change since then can have caused")
    .option("--baseline <file>", "known findings; default: runbooks/.baseline.json, if it is there")
    .option("--no-baseline", "tell known findings too")
    .option("--write-baseline", "take all findings of now as known")
    .addOption(
      new Option(
        "--observe <names>",
        "programs to ask: shellcheck, help (of declared tools), commands (of the configuration), none",
      ).argParser(readObservers),
    )
    .addHelpText(
      "after",
      `
Nothing of a runbook is executed. What runbooks say is compared with the files
of the repository and with git. A claim that nothing can judge is counted as
not judged: --verbose says why.

Formats: text, json, sarif (2.1.0), junit, github (annotations of a workflow),
markdown (a summary for a pull request).

Examples:
  $ opswright check
  $ opswright check docs/runbooks/restart.md
  $ opswright check --max-warnings 0
  $ opswright check --fix --dry-run
  $ opswright check --changed-since origin/main
  $ opswright check --format sarif --output check.sarif
  $ opswright check --write-baseline     begin with an old repository
  $ opswright check --observe help       do the tools have these options?`,
    )
    .action(
      commandAction<CheckOptions>(command, finish, async (context, paths) => {
        const { checkTarget } = await import("../check-target.ts");
        return checkTarget(context, paths);
      }),
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

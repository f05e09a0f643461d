import { Command, Option } from "commander";
import type { FinishCommand } from "./command-context.ts";
import { commandTable, type CommandEntry } from "./command-table.ts";
import { packageVersion } from "./package-version.ts";
import { decideColors } from "./terminal.ts";
import process from "node:process";

const exitCodesHelp = `
A TARGET is a runbook (deployment), a procedure of it (deployment:rollback),
or a section or step of it (deployment#push).

Exit codes:
  0    done, nothing wrong
  1    a bug in Opswright
  2    the command line is wrong
  3    a runbook, an input or the configuration is not valid
  4    a step failed
  5    findings
  6    the environment lacks something: a tool, a contract, a target
  7    a person's answer is needed, or was no
  130  interrupted

Examples:
  $ opswright list                      what is there
  $ opswright plan deployment           what would be done
  $ opswright run deployment            do it, step by step
  $ opswright run deployment:rollback --input COMMIT=4f2a91c
  $ opswright check                     is every runbook sound?`;

/**
 * Builds the command line: every command by name and summary, those in `loaded` with all they take.
 *
 * Errors are thrown as commander's, never end the process. No I/O but loading modules.
 */
export async function createProgram(options: {
  readonly loaded: readonly CommandEntry[];
  readonly finish: FinishCommand;
}): Promise<Command> {
  const program = new Command("opswright");
  program
    .description("Runbooks that run, and prove that they still work.")
    .usage("[options] COMMAND")
    .version(packageVersion, "-V, --version", "print Opswright's version")
    .helpOption("-h, --help", "print help for a command")
    .helpCommand("help [command]", "Print help for a command")
    .exitOverride()
    .showHelpAfterError(
      "Run `opswright --help` to see the commands, `opswright COMMAND --help` for one.",
    )
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      getErrHasColors: () => hasErrorColors(),
      outputError: (text, write) => {
        write(hasErrorColors() ? text.replace(/^error:/u, "\u001B[1;31merror:\u001B[0m") : text);
      },
    })
    .addHelpText("after", exitCodesHelp);
  addCommonOptions(program);
  for (const entry of commandTable) {
    const command = program.command(entry.name, { hidden: entry.isHidden === true });
    command.description(entry.summary);
    if (options.loaded.includes(entry)) (await entry.load())(command, options.finish);
  }
  return program;
}

function addCommonOptions(program: Command): void {
  program
    .option("--root <dir>", "the repository's root; default: the nearest one from here upwards")
    .option("--config <file>", "the configuration; default: opswright.config.json in the root")
    .option("--no-config", "read no configuration")
    .option("--json", "print JSON for other programs, and nothing else")
    .option("--no-color", "print no colours; so does NO_COLOR")
    .addOption(
      new Option("--quiet", "print what is wrong and the result, no more").conflicts("verbose"),
    )
    .addOption(new Option("--verbose", "print all there is to know"));
}

/** Commander's own words are printed before the options are known, so these are looked up by hand. */
function hasErrorColors(): boolean {
  const hasColorOption = !process.argv.includes("--no-color");
  return decideColors({
    hasColorOption,
    environment: process.env,
    isTerminal: process.stderr.isTTY,
  });
}

import { InvalidArgumentError, Option, type Command } from "commander";
import { countNoun } from "../../report/count-noun.ts";
import { diagnosticsToJson } from "../../report/diagnostics-to-json.ts";
import { exitCodeFor } from "../../report/exit-code-for.ts";
import { renderDiagnosticCount, renderDiagnostics } from "../../report/render-diagnostics.ts";
import { commandAction, type CommonOptions, type FinishCommand } from "../command-context.ts";
import { collectProblems, readLibrary, type Library } from "../read-library.ts";

interface CheckOptions extends CommonOptions {
  readonly format: "text" | "json";
  readonly maxWarnings?: number | undefined;
}

/** Defines `opswright check [PATH…]`. */
export function defineCheck(command: Command, finish: FinishCommand): void {
  command
    .argument("[path...]", "files or folders; default: all runbooks")
    .addOption(
      new Option("--format <format>", "how to print").choices(["text", "json"]).default("text"),
    )
    .option("--max-warnings <count>", "more warnings than this are findings", readCount)
    .addHelpText(
      "after",
      "\nNothing of a runbook is executed.\n\nExamples:\n  $ opswright check\n  $ opswright check docs/runbooks/restart.md\n  $ opswright check --max-warnings 0",
    )
    .action(
      commandAction<CheckOptions>(command, finish, async ({ options, terminal }, paths) => {
        const library = await readLibrary(options, paths);
        const diagnostics = collectProblems(library);
        // A check that looked at nothing must not count as a success.
        const exitCode =
          library.runbooks.size === 0 && diagnostics.length === 0
            ? 3
            : exitCodeFor(diagnostics, { maxWarnings: options.maxWarnings });
        if (options.json === true || options.format === "json") {
          terminal.write(`${JSON.stringify(diagnosticsToJson(diagnostics), undefined, 2)}\n`);
          return exitCode;
        }
        const told = options.quiet
          ? diagnostics.filter(({ severity }) => severity !== "info")
          : diagnostics;
        const text = renderDiagnostics(told, library.sources, terminal.style);
        if (text !== "") terminal.write(`${text}\n`);
        if (exitCode === 5 && options.maxWarnings !== undefined) {
          const limit = countNoun(options.maxWarnings, "warning is", "warnings are");
          terminal.write(`At most ${limit} allowed by --max-warnings.\n`);
        }
        terminal.write(`${describeResult(library)}\n`);
        return exitCode;
      }),
    );
}

function describeResult(library: Library): string {
  const count = countNoun(library.runbooks.size, "runbook");
  const problems = renderDiagnosticCount(collectProblems(library));
  if (library.runbooks.size === 0 && problems === "") {
    return `No runbooks in ${library.configuration.runbooks}/ of ${library.root}: nothing was checked.`;
  }
  return problems === ""
    ? `Checked ${count}: no problems.`
    : `Checked ${count}: ${problems}.\nRun \`opswright explain CODE\` to read more about a code.`;
}

function readCount(text: string): number {
  if (!/^\d+$/u.test(text)) throw new InvalidArgumentError("It must be a number from 0 up.");
  return Number(text);
}

import { InvalidArgumentError, Option, type Command } from "commander";
import { parseDurationMs } from "../../parse/parse-duration.ts";
import {
  commandAction,
  type CommandContext,
  type CommonOptions,
  type FinishCommand,
} from "../command-context.ts";
import type { CleanOptions } from "../clean-runs.ts";
import type { ExportOptions } from "../export-run.ts";
import { findRun, readRuns } from "../find-run.ts";
import type { LogsOptions } from "../print-logs.ts";
import { createReportOption, type ReportRequest } from "../run-options.ts";

interface ShowOptions extends CommonOptions {
  readonly report?: readonly ReportRequest[] | undefined;
}

function readAge(text: string): number {
  const ageMs = parseDurationMs(text);
  if (ageMs === undefined) throw new InvalidArgumentError("It must be a duration: 30d, 12h, 90m.");
  return ageMs;
}

/** Defines `opswright runs list | show | logs | verify | export | clean`. */
export function defineRuns(command: Command, finish: FinishCommand): void {
  command.addHelpText(
    "after",
    "\nA RUN is its id or the beginning of it; `last` is the latest.\n\nExamples:\n  $ opswright runs\n  $ opswright runs show\n  $ opswright runs logs last --step push\n  $ opswright runs logs --follow\n  $ opswright runs verify\n  $ opswright runs export last --output run.json\n  $ opswright runs clean --older-than 90d",
  );
  const list = command
    .command("list", { isDefault: true })
    .description("List runs, the latest first");
  list.action(commandAction(list, finish, listAll));
  const show = command.command("show").description("Show one run: its steps and how they ended");
  show
    .argument("[run]", "the run's id or its beginning; default: the last one")
    .addOption(createReportOption())
    .addHelpText(
      "after",
      "\nExamples:\n  $ opswright runs show\n  $ opswright runs show last --report html=incident.html",
    )
    .action(commandAction<ShowOptions>(show, finish, showOne));
  const logs = command.command("logs").description("Print what the steps of a run printed");
  logs
    .argument("[run]", "the run's id or its beginning; default: the last one")
    .option("--step <id>", "this step alone")
    .option("--follow", "go on as the run prints more, until it ends")
    .action(
      commandAction<LogsOptions>(logs, finish, async (context, [run = "last"]) => {
        const { printLogs } = await import("../print-logs.ts");
        return printLogs(context, run);
      }),
    );
  const verify = command
    .command("verify")
    .description("Tell whether a run's journal was changed after it was written");
  verify
    .argument("[run]", "the run's id or its beginning; default: the last one")
    .addHelpText(
      "after",
      `
Each line of a run's events.ndjson has a hash of it and of the line before. Ends
with 5 where a line was altered, dropped or moved. It proves nothing against
whoever can write the file and computes all hashes anew.`,
    )
    .action(
      commandAction(verify, finish, async (context, [run = "last"]) => {
        const { verifyRun } = await import("../verify-run.ts");
        return verifyRun(context, run);
      }),
    );
  const exporting = command
    .command("export")
    .description("Print one run as one JSON document, to attach it to a ticket");
  exporting
    .argument("[run]", "the run's id or its beginning; default: the last one")
    .option("--output <file>", "write it into a file, readable by you alone")
    .addHelpText(
      "after",
      `
Its plan, its events, whether its record was changed, and what its steps printed:
the last 256 KB of each stream, and where that is cut it says so. Values of secret
inputs are not in it; what a command has printed is, whatever it was.`,
    )
    .action(
      commandAction<ExportOptions>(exporting, finish, async (context, [run = "last"]) => {
        const { exportRun } = await import("../export-run.ts");
        return exportRun(context, run);
      }),
    );
  const clean = command
    .command("clean")
    .description("End what runs that died have left running, and delete old runs");
  clean
    .argument("[run]", "the run's id or its beginning; default: every run that died")
    .addOption(
      new Option(
        "--older-than <duration>",
        "also delete runs that ended so long ago: 30d, 12h",
      ).argParser(readAge),
    )
    .action(
      commandAction<CleanOptions>(clean, finish, async (context, [run]) => {
        const { cleanRuns } = await import("../clean-runs.ts");
        return cleanRuns(context, run);
      }),
    );
}

async function listAll({ options, terminal }: CommandContext): Promise<number> {
  const { runs, damaged, directory } = await readRuns(options);
  if (options.json === true) {
    terminal.write(`${JSON.stringify({ schemaVersion: 1, runs, damaged }, undefined, 2)}\n`);
  } else if (runs.length > 0) {
    const { renderRunList } = await import("../../report/render-runs.ts");
    terminal.write(renderRunList(runs, terminal.style));
  } else if (damaged.length === 0) {
    terminal.writeError(`There are no runs in ${directory}.\n`);
  }
  if (damaged.length === 0) return 0;
  const { renderDamagedRuns } = await import("../../report/render-runs.ts");
  if (options.json !== true) terminal.writeError(renderDamagedRuns(damaged));
  return 6;
}

async function showOne(
  context: CommandContext<ShowOptions>,
  [given = "last"]: readonly string[],
): Promise<number> {
  const { options, terminal } = context;
  const { summary, progress, directory } = await findRun(context, given);
  if (options.json === true) {
    const { runToJson } = await import("../../report/run-report/run-to-json.ts");
    const { stringifyHarmless } = await import("../../report/stringify-harmless.ts");
    const document = { ...runToJson(progress), outcome: summary.outcome };
    terminal.write(`${stringifyHarmless(document, 2)}\n`);
  } else {
    const { renderRun } = await import("../../report/render-runs.ts");
    terminal.write(renderRun(progress, summary.outcome, terminal.style));
  }
  if (options.report === undefined) return 0;
  const { writeRunReports } = await import("../write-run-reports.ts");
  const hasDied = summary.outcome === "died";
  const problems = await writeRunReports(options.report, { progress, directory, hasDied });
  for (const problem of problems) terminal.writeError(`error: ${problem}\n`);
  return problems.length === 0 ? 0 : 6;
}

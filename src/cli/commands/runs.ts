import type { Command } from "commander";
import type { RunEvent, RunSummary } from "../../model/run-event.ts";
import { findNearest } from "../../parse/find-nearest.ts";
import { sanitiseProgramOutput } from "../../report/sanitise-terminal-text.ts";
import {
  commandAction,
  type CommandContext,
  type CommonOptions,
  type FinishCommand,
} from "../command-context.ts";

interface LogsOptions extends CommonOptions {
  readonly step?: string | undefined;
}

/** Defines `opswright runs list | show | logs`. */
export function defineRuns(command: Command, finish: FinishCommand): void {
  command.addHelpText(
    "after",
    "\nA RUN is its id or the beginning of it; `last` is the latest.\n\nExamples:\n  $ opswright runs\n  $ opswright runs show last\n  $ opswright runs logs last --step push",
  );
  const list = command
    .command("list", { isDefault: true })
    .description("List runs, the latest first");
  list.action(commandAction(list, finish, listAll));
  const show = command.command("show").description("Show one run: its steps and how they ended");
  show.argument("<run>", "the run's id, or last").action(commandAction(show, finish, showOne));
  const logs = command.command("logs").description("Print what the steps of a run printed");
  logs
    .argument("<run>", "the run's id, or last")
    .option("--step <id>", "this step alone")
    .action(commandAction<LogsOptions, [string]>(logs, finish, printLogs));
}

async function listAll({ options, terminal }: CommandContext): Promise<number> {
  const { runs, directory } = await readRuns(options);
  if (options.json === true) {
    terminal.write(`${JSON.stringify({ schemaVersion: 1, runs }, undefined, 2)}\n`);
  } else if (runs.length === 0) {
    terminal.writeError(`There are no runs in ${directory}.\n`);
  } else {
    const { renderRunList } = await import("../../report/render-runs.ts");
    terminal.write(renderRunList(runs, terminal.style));
  }
  return 0;
}

async function showOne(context: CommandContext, given: string): Promise<number> {
  const { options, terminal } = context;
  const { summary, events } = await findRun(context, given);
  const { readRunProgress } = await import("../../report/run-view/run-progress.ts");
  const progress = readRunProgress(events);
  if (progress === undefined)
    return context.fail(`the journal of the run '${summary.run}' has no beginning`);
  if (options.json === true) {
    const { runToJson } = await import("../../report/run-report/run-to-json.ts");
    const document = { ...runToJson(progress), outcome: summary.outcome };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
  } else {
    const { renderRun } = await import("../../report/render-runs.ts");
    terminal.write(renderRun(progress, summary.outcome, terminal.style));
  }
  return 0;
}

async function printLogs(context: CommandContext<LogsOptions>, given: string): Promise<number> {
  const { options, terminal, fail } = context;
  const { summary, events } = await findRun(context, given);
  const wanted = options.step;
  const ids = summary.steps.map(({ stepId }) => stepId);
  if (wanted !== undefined && !ids.includes(wanted)) {
    const nearest = findNearest(wanted, ids);
    return fail(
      `the run has no step '${wanted}'${nearest === undefined ? "" : `\n(Did you mean ${nearest}?)`}`,
    );
  }
  const { colors } = terminal.style;
  let title = "";
  let isAtLineStart = true;
  for (const event of events) {
    if (event.type !== "step-output" || (wanted !== undefined && event.stepId !== wanted)) continue;
    if (options.json === true) {
      terminal.write(`${JSON.stringify(event)}\n`);
      continue;
    }
    if (wanted === undefined && event.stepId !== title) {
      title = event.stepId;
      terminal.write(`${isAtLineStart ? "" : "\n"}${colors.bold(`── ${title}`)}\n`);
    }
    const keepsColours = colors.isColorSupported;
    terminal.write(sanitiseProgramOutput(event.text.replaceAll(/\r\n?/gu, "\n"), { keepsColours }));
    isAtLineStart = event.text.endsWith("\n");
  }
  if (!isAtLineStart) terminal.write("\n");
  return 0;
}

interface KnownRuns {
  readonly directory: string;
  readonly runs: readonly RunSummary[];
}

async function readRuns(options: CommonOptions): Promise<KnownRuns> {
  const { readProject } = await import("../../node/read-project.ts");
  const { listRuns } = await import("../../node/file-journal.ts");
  const { join } = await import("node:path");
  const project = await readProject({ root: options.root, configurationPath: options.config });
  const directory = join(project.root, project.configuration.runs);
  const runs = await listRuns(directory);
  return {
    directory,
    runs: runs.toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1)),
  };
}

/** Finds the run that an id, the beginning of one, or `last` names; ends with 2 where none or several do. */
async function findRun(
  context: CommandContext,
  given: string,
): Promise<{ summary: RunSummary; events: readonly RunEvent[] }> {
  const { directory, runs } = await readRuns(context.options);
  const found =
    given === "last"
      ? runs.slice(0, 1)
      : [
          ...runs.filter(({ run }) => run === given),
          ...runs.filter(({ run }) => run !== given && run.startsWith(given)),
        ];
  const [summary, other] = found;
  if (summary === undefined) {
    return context.fail(
      `there is no run '${given}' in ${directory}\nRun \`opswright runs\` to see them.`,
    );
  }
  if (other !== undefined && summary.run !== given) {
    return context.fail(
      `'${given}' begins more than one run: ${found.map(({ run }) => run).join(", ")}`,
    );
  }
  const { readJournal } = await import("../../node/file-journal.ts");
  const { join } = await import("node:path");
  return { summary, events: await readJournal(join(directory, summary.run, "events.ndjson")) };
}

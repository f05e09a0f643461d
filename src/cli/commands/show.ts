import type { Command } from "commander";
import type { OutputRating } from "../../model/expectation.ts";
import type { CommandStep, Runbook } from "../../model/runbook.ts";
import { makeDiagnostic } from "../../parse/make-diagnostic.ts";
import { findNearest } from "../../parse/find-nearest.ts";
import { renderRunbook, renderSection, renderStep } from "../../report/render-runbook.ts";
import { runbookToJson } from "../../report/runbook-to-json.ts";
import { commandAction, type CommandContext, type FinishCommand } from "../command-context.ts";
import { readLibrary, type Library } from "../read-library.ts";
import { reportProblems } from "../report-problems.ts";

/** Defines `opswright show TARGET`. */
export function defineShow(command: Command, finish: FinishCommand): void {
  command
    .argument("<target>", "a runbook, or RUNBOOK#SECTION-OR-STEP")
    .addHelpText(
      "after",
      "\nExamples:\n  $ opswright show deployment\n  $ opswright show deployment#push      one step with its command",
    )
    .action(
      commandAction(command, finish, async (context, [target = ""]) => {
        const library = await readLibrary(context.options, target);
        if (library.problems.length > 0) {
          const exitCode = reportProblems(context, library.problems, library.sources);
          if (exitCode !== 0) return exitCode;
        }
        return showTarget(context, library, target);
      }),
    );
}

async function showTarget(
  context: CommandContext,
  library: Library,
  target: string,
): Promise<number> {
  const { options, terminal } = context;
  const [name = "", part] = target.split("#");
  const id = name.split(":")[0] ?? "";
  const checked =
    library.runbooks.get(id) ??
    [...library.runbooks.values()].find(({ value }) => value?.path === id);
  const runbook = checked?.value;
  if (runbook === undefined) {
    const nearest = findNearest(id, library.runbooks.keys());
    const args = { target, nearest: nearest === undefined ? [] : [nearest] };
    const unknown = [makeDiagnostic("unknown-target", args)];
    return reportProblems(context, checked?.diagnostics ?? unknown, library.sources);
  }
  if (options.json === true) {
    const shown = runbookToJson(runbook, await rateRunbook(runbook));
    terminal.write(`${JSON.stringify(shown, undefined, 2)}\n`);
    return 0;
  }
  if (part === undefined) {
    terminal.write(renderRunbook(runbook, await rateRunbook(runbook), terminal.style));
    return 0;
  }
  const step = runbook.steps.find((one) => one.id === part);
  if (runbook.sections.some((section) => section.id === part)) {
    terminal.write(renderSection(runbook, part, terminal.style));
  } else if (step !== undefined) {
    terminal.write(renderStep(runbook, step, terminal.style));
  } else {
    const known = [...runbook.sections, ...runbook.steps].map((one) => `${runbook.id}#${one.id}`);
    const nearest = findNearest(`${runbook.id}#${part}`, known);
    const args = { target, nearest: nearest === undefined ? [] : [nearest] };
    return reportProblems(context, [makeDiagnostic("unknown-target", args)], library.sources);
  }
  return 0;
}

async function rateRunbook({ steps }: Runbook): Promise<OutputRating> {
  const { rateSteps } = await import("../../match/rate-steps.ts");
  const { re2Engine } = await import("../../match/re2-engine.ts");
  return rateSteps(
    steps.filter((step): step is CommandStep => step.kind === "command" && step.isRunnable),
    re2Engine,
  );
}

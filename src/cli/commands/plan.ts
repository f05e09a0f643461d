import type { Command } from "commander";
import { commandAction, type CommandContext, type FinishCommand } from "../command-context.ts";
import { addPlanOptions, type PlanOptions } from "../input-options.ts";

/** Defines `opswright plan TARGET`. */
export function definePlan(command: Command, finish: FinishCommand): void {
  addPlanOptions(
    command.argument("<target>", "what to plan: RUNBOOK, RUNBOOK:PROCEDURE or RUNBOOK#STEP"),
  )
    .addHelpText(
      "after",
      "\nNothing is run.\n\nExamples:\n  $ opswright plan deployment\n  $ opswright plan deployment:rollback --input COMMIT=4f2a91c\n  $ opswright plan deployment --from push --json",
    )
    .action(
      commandAction<PlanOptions>(command, finish, (context, [target = ""]) =>
        showPlan(context, target),
      ),
    );
}

/**
 * Makes the plan of a target and prints it with its problems; gives back the exit code.
 *
 * With `--json` one document: `{ schemaVersion, plan, diagnostics, counts }`, `plan` being `null`
 * where the target is not known.
 */
export async function showPlan(
  context: CommandContext<PlanOptions>,
  target: string,
): Promise<number> {
  const { readLibrary } = await import("../read-library.ts");
  const { preparePlan } = await import("../prepare-plan.ts");
  const { reportProblems } = await import("../report-problems.ts");
  const { exitCodeFor } = await import("../../report/exit-code-for.ts");
  const { judgePlanTies } = await import("../judge-plan-ties.ts");
  const library = await readLibrary(context.options, target);
  if (exitCodeFor(library.problems) !== 0) {
    return reportProblems(context, library.problems, library.sources);
  }
  const { checked } = await preparePlan(target, library, context);
  const ties = await judgePlanTies(checked.value, library);
  const problems = [...checked.diagnostics, ...ties.findings];
  const { options, terminal } = context;
  if (options.json === true) {
    const { diagnosticsToJson } = await import("../../report/diagnostics-to-json.ts");
    const { schemaVersion, ...told } = diagnosticsToJson(problems);
    const document = { schemaVersion, plan: checked.value ?? null, ...told };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
    return exitCodeFor(problems, { isPlan: true });
  }
  if (checked.value !== undefined && checked.value.steps.length > 0 && options.quiet !== true) {
    const { renderPlan } = await import("../../report/render-plan.ts");
    terminal.write(renderPlan(checked.value, terminal.style));
    if (problems.length > 0) terminal.writeError("\n");
  }
  return reportProblems(context, problems, ties.sources);
}

import { observers, type ObserverName } from "../model/configuration.ts";
import type { CheckedProject } from "../node/check-project.ts";
import type { Project } from "../node/read-project.ts";
import { countNoun } from "../report/count-noun.ts";
import { diagnosticsToJson } from "../report/diagnostics-to-json.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import { renderClaimCounts, renderUnjudgedClaims } from "../report/render-claims.ts";
import { renderDiagnosticCount, renderDiagnostics } from "../report/render-diagnostics.ts";
import type { CommandContext, CommonOptions } from "./command-context.ts";
import { currentEnvironment } from "./current-environment.ts";

/** What `opswright check` can be told. */
export interface CheckOptions extends CommonOptions {
  readonly format: "text" | "json";
  readonly maxWarnings?: number | undefined;
  readonly observe?: readonly string[] | undefined;
}

/** Checks the project, or some of its documents, and gives back the exit code. */
export async function checkTarget(
  context: CommandContext<CheckOptions>,
  paths: readonly string[],
): Promise<number> {
  const { options, terminal } = context;
  const { readProject } = await import("../node/read-project.ts");
  const { checkProject } = await import("../node/check-project.ts");
  const project = await readProject({ root: options.root, configurationPath: options.config });
  const checked = await checkProject(project, {
    paths,
    observers: chooseObservers(options, project),
    today: todayHere(),
    environment: currentEnvironment(),
  });
  const { problems } = checked;
  // A check that looked at nothing must not count as a success.
  const exitCode =
    checked.runbooks.size === 0 && problems.length === 0
      ? 3
      : exitCodeFor(problems, { maxWarnings: options.maxWarnings });
  if (options.json === true || options.format === "json") {
    const document = { ...diagnosticsToJson(problems), claims: checked.claims };
    terminal.write(`${JSON.stringify(document, undefined, 2)}\n`);
    return exitCode;
  }
  const told = options.quiet ? problems.filter(({ severity }) => severity !== "info") : problems;
  const text = renderDiagnostics(told, checked.sources, terminal.style);
  if (text !== "") terminal.write(`${text}\n`);
  if (exitCode === 5 && options.maxWarnings !== undefined) {
    const limit = countNoun(options.maxWarnings, "warning is", "warnings are");
    terminal.write(`At most ${limit} allowed by --max-warnings.\n`);
  }
  terminal.write(`${describeResult(checked, project)}\n`);
  if (options.quiet !== true) tellClaims(checked, context);
  return exitCode;
}

function chooseObservers(options: CheckOptions, { configuration }: Project): Set<ObserverName> {
  const named = options.observe ?? configuration.observe;
  return new Set(observers.filter((name) => named.includes(name)));
}

/** The calendar day where the person is: reviews are due by days, not by moments. */
function todayHere(): string {
  const now = new Date();
  const pad = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

function describeResult(checked: CheckedProject, project: Project): string {
  const count = countNoun(checked.runbooks.size, "runbook");
  const problems = renderDiagnosticCount(checked.problems);
  if (checked.runbooks.size === 0 && problems === "") {
    return `No runbooks in ${project.configuration.runbooks}/ of ${project.root}: nothing was checked.`;
  }
  const suppressed =
    checked.suppressedCount === 0
      ? ""
      : ` ${countNoun(checked.suppressedCount, "finding")} suppressed.`;
  return problems === ""
    ? `Checked ${count}: no problems.${suppressed}`
    : `Checked ${count}: ${problems}.${suppressed}\nRun \`opswright explain CODE\` to read more about a code.`;
}

function tellClaims({ claims }: CheckedProject, { options, terminal }: CommandContext): void {
  const line = renderClaimCounts(claims);
  if (line === "") return;
  const isAnyOpen = claims.unjudged.length > 0;
  const hint = isAnyOpen && options.verbose !== true ? " --verbose says why." : "";
  terminal.write(`${line}${hint}\n`);
  if (options.verbose !== true || !isAnyOpen) return;
  terminal.write(`Not judged:\n${renderUnjudgedClaims(claims).join("\n")}\n`);
}

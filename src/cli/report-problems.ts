import type { Problem } from "../model/problem.ts";
import { diagnosticsToJson } from "../report/diagnostics-to-json.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import { renderDiagnosticCount, renderDiagnostics } from "../report/render-diagnostics.ts";
import type { CommandContext } from "./command-context.ts";

/**
 * Tells problems that keep a command from its work, and gives back the exit code for them.
 *
 * As text on standard error; with `--json` as one document on standard output. Under `--quiet` only
 * errors are told.
 */
export function reportProblems(
  { options, terminal }: Pick<CommandContext, "options" | "terminal">,
  diagnostics: readonly Problem[],
  sources: ReadonlyMap<string, string>,
): number {
  if (options.json === true) {
    terminal.write(`${JSON.stringify(diagnosticsToJson(diagnostics), undefined, 2)}\n`);
    return exitCodeFor(diagnostics, { isPlan: true });
  }
  const told =
    options.quiet === true
      ? diagnostics.filter(({ severity }) => severity === "error")
      : diagnostics;
  if (told.length > 0) {
    const text = renderDiagnostics(told, sources, terminal.errorStyle);
    terminal.writeError(`${text}\n${renderDiagnosticCount(told)}.\n`);
  }
  return exitCodeFor(diagnostics, { isPlan: true });
}

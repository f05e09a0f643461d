import type { Problem } from "../model/problem.ts";
import { diagnosticsToJson } from "../report/diagnostics-to-json.ts";
import { exitCodeFor } from "../report/exit-code-for.ts";
import type { CommandContext } from "./command-context.ts";
import type { EventStream } from "./event-stream.ts";
import { reportProblems } from "./report-problems.ts";

/**
 * Tells why nothing is run, and gives back the exit code: to a person as text, to other programs as one
 * line of their events.
 */
export function refuseRun(
  problems: readonly Problem[],
  told: { readonly events: EventStream; readonly sources: ReadonlyMap<string, string> },
  context: CommandContext,
): number {
  told.events.print({ type: "refused", ...diagnosticsToJson(problems) });
  if (context.options.json === true) return exitCodeFor(problems, { isPlan: true });
  const exitCode = reportProblems(context, problems, told.sources);
  context.terminal.writeError("Nothing was run.\n");
  return exitCode;
}

import type { Severity } from "../../model/diagnostic.ts";
import type { Problem } from "../../model/problem.ts";
import { describeDiagnostic } from "../catalogue.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import type { CheckReport } from "./check-report.ts";

const commands = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<
  Severity,
  string
>;

/**
 * Writes a check as workflow commands of GitHub Actions, one line a problem, which become
 * annotations of the lines in a pull request.
 *
 * Lines and columns are 1-based; columns are left out where several lines are to blame, since GitHub
 * reads them for one line alone. No text of a document can begin a command. No I/O.
 *
 * @example ::error file=runbooks/a.md,line=4,endLine=4,col=13,endColumn=20,title=compose/unknown-container::No Compose file…
 */
export function reportToGithub({ problems }: CheckReport): string {
  return problems.map((problem) => `${toCommand(problem)}\n`).join("");
}

function toCommand(problem: Problem): string {
  const { code, severity, path, span } = problem;
  const { message, hint } = describeDiagnostic(problem);
  const detail = "detail" in problem ? problem.detail : undefined;
  const text = [message, detail ?? [], hint].flat().join("\n");
  const isOneLine = span !== undefined && span.start.line === span.end.line;
  const properties = [
    ...(path === undefined ? [] : [["file", path]]),
    ...(span === undefined
      ? []
      : [
          ["line", span.start.line],
          ["endLine", span.end.line],
        ]),
    ...(isOneLine
      ? [
          ["col", span.start.column],
          ["endColumn", span.end.column],
        ]
      : []),
    ["title", code],
  ].map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${properties.join(",")}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return escapeControlCharacters(text)
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

import { formatDuration, formatExactDuration } from "../format-duration.ts";
import { escapeControlCharacters, sanitiseProgramOutput } from "../sanitise-terminal-text.ts";
import { wrapText } from "../text-layout.ts";
import type { Colors, TextStyle } from "../text-style.ts";
import { nameFailure, renderOutcomeLine } from "./outcome-words.ts";
import { isFailedOutcome, type StepProgress } from "./run-progress.ts";

const mostDifferenceLines = 100;

/** Shows how a step ended: its outcome, and for a failure why and where its whole log is. No I/O. */
export function renderStepEnd(step: StepProgress, run: string, style: TextStyle): string[] {
  const { colors, columns } = style;
  if (step.retryInMs !== undefined) return [renderRetry(step, step.retryInMs, colors)];
  const lines = [`  ${renderOutcomeLine(step, colors)}`];
  if (!isFailedOutcome(step.outcome)) return lines;
  const reason = escapeControlCharacters(step.reason ?? "").trim();
  // The outcome's own line has said as much already.
  if (reason !== "" && !/^(?:Exit code \d+|It was cancelled and ended)\.$/u.test(reason)) {
    lines.push(...wrapText(reason, columns - 4).map((line) => `    ${line}`));
  }
  if (step.difference !== undefined) lines.push(...renderDifference(step.difference, colors));
  if (step.planned?.kind === "command") {
    lines.push(`    ${colors.dim(`Log: opswright runs logs ${run} --step ${step.stepId}`)}`);
  }
  return lines;
}

/** @example "  ↻ exit 7 after 0.1s, again in 2s" */
function renderRetry(step: StepProgress, retryInMs: number, colors: Colors): string {
  const time = step.durationMs === undefined ? "" : ` after ${formatDuration(step.durationMs)}`;
  return `  ${colors.yellow(`↻ ${nameFailure(step)}${time}, again in ${formatExactDuration(retryInMs)}`)}`;
}

/**
 * Shows a unified difference, indented: what was expected and is not there, what is there and was not
 * expected. A long one is cut, which is told. No I/O.
 */
export function renderDifference(difference: string, colors: Colors): string[] {
  const lines = escapeControlCharacters(difference.replace(/\n$/u, "")).split("\n");
  const shown = lines.slice(0, mostDifferenceLines).map((line) => {
    if (line.startsWith("@@")) return `    ${colors.cyan(line)}`;
    if (line.startsWith("-")) return `    ${colors.red(line)}`;
    if (line.startsWith("+")) return `    ${colors.green(line)}`;
    return `    ${line}`.trimEnd();
  });
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `    ${colors.dim(`… ${rest} more lines of difference`)}`] : shown;
}

/** The last lines that a step printed, for a view that has not shown them as they came. No I/O. */
export function renderOutputTail(
  step: Pick<StepProgress, "outputTail">,
  colors: Colors,
  mostLines: number,
): string[] {
  const text = sanitiseProgramOutput(step.outputTail.replaceAll("\r", "\n"), {
    keepsColours: false,
  });
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.slice(-mostLines).map((line) => `  ${colors.dim("│")} ${line}`);
}

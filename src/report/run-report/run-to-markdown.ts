import { describeSecretSource } from "../describe-secret-source.ts";
import { formatDuration } from "../format-duration.ts";
import {
  toMarkdownCell,
  toMarkdownCode,
  toMarkdownFence,
  toMarkdownLine,
} from "../markdown-text.ts";
import { currentInputs } from "../run-view/input-changes.ts";
import { listInterventions } from "../run-view/list-interventions.ts";
import { renderVerdict } from "../run-view/render-run-summary.ts";
import { labelOutcome } from "../run-view/outcome-words.ts";
import { needsExplanation, type RunProgress, type StepProgress } from "../run-view/run-progress.ts";
import { escapeControlCharacters, sanitiseProgramOutput } from "../sanitise-terminal-text.ts";
import { createTextStyle } from "../text-style.ts";

const plain = createTextStyle({ columns: 10_000, hasColors: false });
const mostOutputLines = 50;

/**
 * Writes a run as Markdown, for an incident's record or a pull request. `hasDied` says that the run's
 * process is gone. No I/O.
 */
export function runToMarkdown(progress: RunProgress, hasDied = false): string {
  const { plan, run, user, host, startedAt, steps } = progress;
  const interventions = listInterventions(progress).map(
    ({ stepId, text, atMs }) =>
      `- ${toMarkdownLine(text)} At step ${toMarkdownCode(stepId)}, ${new Date(atMs).toISOString()}.`,
  );
  const inputs = currentInputs(progress).map(({ name, value, source, from }) => {
    const isSecret = source === "secret" || source === "from";
    const shown = isSecret ? "••••" : toMarkdownCell(value ?? "");
    const place =
      source === "from" && from !== undefined ? toMarkdownCell(describeSecretSource(from)) : source;
    return `| ${toMarkdownCell(name)} | ${shown} | ${place} |`;
  });
  const rows = steps.map(
    (step) =>
      `| ${step.phase === "rollback" ? "rollback " : ""}${step.number} | ${toMarkdownCell(step.title)} | ${labelOutcome(step.outcome, plain.colors).text} | ${step.durationMs === undefined ? "" : formatDuration(step.durationMs)} |`,
  );
  const blocks = [
    `# ${toMarkdownLine(plan.title)}`,
    toMarkdownLine(renderVerdict(progress, plain, hasDied).join(" ")),
    [
      `- Target: ${toMarkdownCode(plan.target)}`,
      `- Run: ${toMarkdownCode(run)}, started ${startedAt} by ${toMarkdownLine(user)} on ${toMarkdownLine(host)}`,
      `- Plan: ${toMarkdownCode(plan.digest)}`,
    ].join("\n"),
    inputs.length === 0
      ? ""
      : ["| Input | Value | From |", "| --- | --- | --- |", ...inputs].join("\n"),
    interventions.length === 0
      ? ""
      : ["What people did on the way:", "", ...interventions].join("\n"),
    ["| # | Step | Outcome | Time |", "| ---: | --- | --- | ---: |", ...rows].join("\n"),
    ...steps.filter(needsExplanation).map(renderFailure),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function renderFailure(step: StepProgress): string {
  const output = sanitiseProgramOutput(step.outputTail.replaceAll(/\r\n?/gu, "\n"), {
    keepsColours: false,
  })
    .trimEnd()
    .split("\n");
  const shown = output.slice(-mostOutputLines).join("\n");
  const isCut = step.hasLongerOutput || output.length > mostOutputLines;
  return [
    `## ${toMarkdownLine(step.title)}`,
    step.reason === undefined ? "" : toMarkdownLine(step.reason),
    step.planned?.kind === "command"
      ? toMarkdownFence("bash", escapeControlCharacters(step.planned.script))
      : "",
    step.difference === undefined
      ? ""
      : toMarkdownFence("diff", escapeControlCharacters(step.difference.trimEnd())),
    shown === ""
      ? ""
      : `${isCut ? "The end of its output:" : "Its output:"}\n\n${toMarkdownFence("text", shown)}`,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

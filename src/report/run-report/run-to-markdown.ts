import { formatDuration } from "../format-duration.ts";
import { renderVerdict } from "../run-view/render-run-summary.ts";
import { labelOutcome } from "../run-view/outcome-words.ts";
import { isFailedOutcome, type RunProgress, type StepProgress } from "../run-view/run-progress.ts";
import { escapeControlCharacters, sanitiseProgramOutput } from "../sanitise-terminal-text.ts";
import { createTextStyle } from "../text-style.ts";

const plain = createTextStyle({ columns: 10_000, hasColors: false });
const mostOutputLines = 50;

/** Writes a run as Markdown, for an incident's record or a pull request. No I/O. */
export function runToMarkdown(progress: RunProgress): string {
  const { plan, run, user, host, startedAt, steps } = progress;
  const inputs = plan.inputs.map(
    ({ name, value, source }) =>
      `| ${inCell(name)} | ${source === "secret" ? "••••" : source === "unset" ? "" : inCell(value ?? "")} | ${source} |`,
  );
  const rows = steps.map(
    (step) =>
      `| ${step.phase === "rollback" ? "rollback " : ""}${step.number} | ${inCell(step.title)} | ${labelOutcome(step.outcome, plain.colors).text} | ${step.durationMs === undefined ? "" : formatDuration(step.durationMs)} |`,
  );
  const blocks = [
    `# ${inLine(plan.title)}`,
    inLine(renderVerdict(progress, plain).join(" ")),
    [
      `- Target: ${code(plan.target)}`,
      `- Run: ${code(run)}, started ${startedAt} by ${inLine(user)} on ${inLine(host)}`,
      `- Plan: ${code(plan.digest)}`,
    ].join("\n"),
    inputs.length === 0
      ? ""
      : ["| Input | Value | From |", "| --- | --- | --- |", ...inputs].join("\n"),
    ["| # | Step | Outcome | Time |", "| ---: | --- | --- | ---: |", ...rows].join("\n"),
    ...steps.filter((step) => isFailedOutcome(step.outcome)).map(renderFailure),
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
    `## ${inLine(step.title)}`,
    step.reason === undefined ? "" : inLine(step.reason),
    step.planned?.kind === "command"
      ? fence("bash", escapeControlCharacters(step.planned.script))
      : "",
    step.difference === undefined
      ? ""
      : fence("diff", escapeControlCharacters(step.difference.trimEnd())),
    shown === ""
      ? ""
      : `${isCut ? "The end of its output:" : "Its output:"}\n\n${fence("text", shown)}`,
  ]
    .filter((block) => block !== "")
    .join("\n\n");
}

function inLine(text: string): string {
  return escapeControlCharacters(text)
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[\\`*_[\]<>#&]/gu, String.raw`\$&`);
}

function inCell(text: string): string {
  return inLine(text).replaceAll("|", String.raw`\|`);
}

function code(text: string): string {
  return `\`${escapeControlCharacters(text).replaceAll("`", "'")}\``;
}

function fence(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/gu), ([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

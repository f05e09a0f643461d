import { targetOf } from "../../plan/target-of.ts";
import { countNoun } from "../count-noun.ts";
import { formatDuration, formatExactDuration } from "../format-duration.ts";
import {
  isFailedOutcome,
  type QuestionProgress,
  type RunProgress,
  type StepProgress,
} from "../run-view/run-progress.ts";
import { html, type Markup } from "./html-markup.ts";
import { questionsOf } from "./lay-out-timeline.ts";
import { renderMoment } from "./render-moment.ts";
import { renderTerminalOutput, type ColourClasses } from "./render-terminal-output.ts";
import { anchorOf, renderOutcome } from "./render-timeline.ts";

/** Lines of a step's output that are not folded. */
const mostOpenLines = { failed: 60, other: 12 };
const mostDifferenceLines = 400;

/** Tells all that is on record of one step. No I/O. */
export function renderStepReport(
  step: StepProgress,
  progress: RunProgress,
  classes: ColourClasses,
): Markup {
  const isFailed = isFailedOutcome(step.outcome);
  return html`<article class="${isFailed ? "step step-bad" : "step"}" id="${anchorOf(step)}" aria-labelledby="${anchorOf(step)}-title">
<h3 id="${anchorOf(step)}-title"><span class="number">${step.number}</span> ${step.title}</h3>
<p class="step-facts">${renderOutcome(step)}${listFacts(step, progress).map((fact) => html` <span>${fact}</span>`)}</p>
${isFailed || step.outcome === "skipped" ? renderReason(step) : undefined}${renderWork(step)}${questionsOf(
    step,
    progress.questions,
  ).map((question) =>
    renderAnswer(question, progress),
  )}${renderDifference(step)}${renderOutput(step, progress.run, classes)}</article>
`;
}

/** Tells who answered what and when; what was asked is folded. No I/O. */
export function renderAnswer(
  { question, askedAtMs, answer }: QuestionProgress,
  { runners }: RunProgress,
): Markup {
  const said =
    answer === undefined
      ? html`<strong>Not answered</strong>, asked ${renderMoment(askedAtMs, runners[0]?.fromMs)}`
      : html`Answered <strong>${answer.text}</strong> by ${answer.by}, ${renderMoment(answer.atMs, runners[0]?.fromMs)}${
          answer.atMs - askedAtMs < 1000
            ? undefined
            : `, ${formatDuration(answer.atMs - askedAtMs)} after it was asked`
        }`;
  return html`<details class="answer">
<summary>${said}</summary>
<pre>${question}</pre>
</details>
`;
}

function listFacts(step: StepProgress, { runners }: RunProgress): readonly (Markup | string)[] {
  const { planned, durationMs, exitCode, attempts } = step;
  const startedMs = step.spans.at(-1)?.fromMs;
  const target = targetOf(planned);
  return [
    durationMs === undefined ? undefined : html`took ${formatDuration(durationMs)}`,
    startedMs === undefined
      ? undefined
      : html`began ${renderMoment(startedMs, runners[0]?.fromMs)}`,
    exitCode === undefined ? undefined : html`exit code ${exitCode}`,
    attempts > 1 ? html`attempt ${attempts}` : undefined,
    planned?.kind === "command" && planned.timeoutMs !== undefined
      ? html`at most ${formatExactDuration(planned.timeoutMs)}`
      : undefined,
    planned?.kind === "command" && planned.risk.level !== "safe"
      ? html`risk: ${planned.risk.level}`
      : undefined,
    target === undefined ? undefined : html`on the target <code>${target}</code>`,
    planned === undefined ? undefined : html`<code>${planned.path}:${planned.line}</code>`,
    html`<code>${step.stepId}</code>`,
  ].filter((fact) => fact !== undefined);
}

function renderReason({ reason }: StepProgress): Markup | undefined {
  // The outcome itself has said as much already.
  if (reason === undefined || /^Exit code \d+\.$/u.test(reason)) return undefined;
  return html`<p class="reason">${reason}</p>
`;
}

function renderWork({ planned }: StepProgress): Markup | undefined {
  if (planned === undefined) return undefined;
  if (planned.kind === "manual") {
    return html`<p class="manual">${planned.text}</p>
`;
  }
  const interpreter = planned.interpreter === "bash" ? "" : ` (${planned.interpreter})`;
  return html`<h4>Command${interpreter}</h4>
<pre class="script"><code>${planned.script.replaceAll("\r\n", "\n").trimEnd()}</code></pre>
`;
}

function renderDifference({ difference }: StepProgress): Markup | undefined {
  if (difference === undefined) return undefined;
  const lines = difference.trimEnd().split("\n");
  const rest = lines.length - mostDifferenceLines;
  return html`<h4>Expected output (−) and what came (+)</h4>
<pre class="difference"><code>${lines.slice(0, mostDifferenceLines).map((line) => {
    const kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "missing" : "same";
    return html`<span class="${kind}">${line}</span>
`;
  })}</code></pre>
${rest > 0 ? html`<p class="note">${countNoun(rest, "more line")} of difference are left out.</p>` : undefined}`;
}

function renderOutput(step: StepProgress, run: string, classes: ColourClasses): Markup | undefined {
  if (step.outputTail === "") return undefined;
  // What is cut off in front ends with a line, so that no line and no colour is shown in part.
  const lineEnd = step.hasLongerOutput ? step.outputTail.indexOf("\n") + 1 : 0;
  const text = step.outputTail.slice(lineEnd);
  const lines = renderTerminalOutput(text.replace(/\r?\n$/u, ""), classes);
  const most = isFailedOutcome(step.outcome) ? mostOpenLines.failed : mostOpenLines.other;
  // A fold for a line or two would hide more than it spares.
  const split = lines.length > most + 3 ? lines.length - most : 0;
  const cut = step.outputLength - text.length;
  const show = (some: readonly string[]): Markup =>
    html`<pre class="output"><code>${{ html: some.join("\n") }}</code></pre>
`;
  return html`<h4>Output</h4>
${
  cut > 0
    ? html`<p class="note">The first ${cut.toLocaleString("en")} characters are left out. All of it: <code>opswright runs logs ${run} --step ${step.stepId}</code></p>
`
    : undefined
}${
    split > 0
      ? html`<details>
<summary>${countNoun(split, "earlier line")}</summary>
${show(lines.slice(0, split))}</details>
`
      : undefined
  }${show(lines.slice(split))}`;
}

import { formatDuration } from "../format-duration.ts";
import { labelOutcome, nameFailure } from "../run-view/outcome-words.ts";
import { isFailedOutcome, type RunProgress, type StepProgress } from "../run-view/run-progress.ts";
import { createTextStyle } from "../text-style.ts";
import { html, type Markup } from "./html-markup.ts";
import { layOutTimeline, type Timeline, type TimelineRow } from "./lay-out-timeline.ts";
import { renderMoment } from "./render-moment.ts";

const plain = createTextStyle({ columns: 10_000, hasColors: false });
/** Width of a drawing, in its own units. */
const width = 1000;
/** A bar that is too short to be seen is drawn so wide. */
const leastWidth = 5;

/** Draws how a run went through its time: a row a step, with the rest in words. No I/O. */
export function renderTimeline(progress: RunProgress): Markup {
  const timeline = layOutTimeline(progress);
  const { rows, cuts, startMs, endMs, totalMs } = timeline;
  const hasWaits = rows.some(({ bars }) => bars.some(({ kind }) => kind === "wait"));
  return html`<section aria-labelledby="timeline">
<h2 id="timeline">Timeline</h2>
<p class="axis"><span>${renderMoment(startMs)}</span><span>${formatDuration(totalMs)}${cuts.length > 0 ? " without the pauses" : ""}</span><span>${renderMoment(endMs, startMs)}</span></p>
<ol class="timeline">
${rows.map((row) => renderRow(row, timeline))}
</ol>
<p class="note">A full bar is a step at work${hasWaits ? ", a thin one a wait for a person" : ""}.${cuts.map(
    ({ cutMs }) =>
      html` At the dashed line ${formatDuration(cutMs)} are left out in which nobody ran it.`,
  )}</p>
</section>
`;
}

/** The anchor of a step in its page. No I/O. */
export function anchorOf({ phase, number }: StepProgress): string {
  return `${phase === "rollback" ? "rollback" : "step"}-${number}`;
}

/** A step's outcome as a mark and words: `✗ exit 1`. No I/O. */
export function renderOutcome(step: StepProgress): Markup {
  const { text } = labelOutcome(step.outcome, plain.colors);
  const words = isFailedOutcome(step.outcome)
    ? text.replace(/(?<=^\S+ ).*$/su, nameFailure(step))
    : text;
  return html`<span class="outcome ${toneOf(step.outcome)}">${words}</span>`;
}

function renderRow({ step, bars, waitedMs }: TimelineRow, { cuts }: Timeline): Markup {
  const times = [
    step.durationMs === undefined ? "" : formatDuration(step.durationMs),
    waitedMs > 0 && step.planned?.kind !== "manual" ? `waited ${formatDuration(waitedMs)}` : "",
  ];
  const number = step.phase === "rollback" ? `R${step.number}` : step.number;
  return html`<li class="${isFailedOutcome(step.outcome) ? "row row-bad" : "row"}">
<a href="#${anchorOf(step)}"><span class="number">${number}</span> ${step.title}</a>
${renderOutcome(step)}
<span class="time">${times.filter((time) => time !== "").join(", ")}</span>
<svg viewBox="0 0 ${width} 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">${bars.map(
    ({ kind, outcome, from, length }) => {
      const drawn = Math.max(leastWidth, length * width);
      const x = Math.min(from * width, width - drawn);
      const [y, height] = kind === "work" ? [0, 12] : [4, 4];
      return html`<rect class="${kind === "work" ? `bar-${toneOf(outcome)}` : "bar-wait"}" x="${round(x)}" y="${y}" width="${round(drawn)}" height="${height}"/>`;
    },
  )}${cuts.map(
    ({ at }) =>
      html`<line class="cut" x1="${round(at * width)}" x2="${round(at * width)}" y1="0" y2="12"/>`,
  )}</svg>
</li>
`;
}

function toneOf(outcome: StepProgress["outcome"]): "good" | "bad" | "plain" {
  if (outcome === "passed") return "good";
  return isFailedOutcome(outcome) ? "bad" : "plain";
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

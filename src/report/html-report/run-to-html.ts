import { describeSecretSource } from "../describe-secret-source.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { RunPhase } from "../../model/run-event.ts";
import { formatDuration } from "../format-duration.ts";
import { currentInputs } from "../run-view/input-changes.ts";
import { listInterventions } from "../run-view/list-interventions.ts";
import { renderVerdict } from "../run-view/render-run-summary.ts";
import type { RunProgress } from "../run-view/run-progress.ts";
import { createTextStyle } from "../text-style.ts";
import { html, type Markup } from "./html-markup.ts";
import { pageStyle } from "./page-style.ts";
import { renderMoment } from "./render-moment.ts";
import { renderAnswer, renderStepReport } from "./render-step-report.ts";
import { createColourClasses } from "./render-terminal-output.ts";
import { renderTimeline } from "./render-timeline.ts";

const plain = createTextStyle({ columns: 10_000, hasColors: false });

/**
 * Writes a run as a page of its own, for an incident's record: it asks nothing of the network and runs
 * nothing, and its policy lets through its own style alone. `hasDied` says that the run's process is
 * gone. No I/O.
 */
export function runToHtml(progress: RunProgress, hasDied = false): string {
  const { plan, run } = progress;
  const classes = createColourClasses();
  const main = html`<main>
${renderHead(progress, hasDied)}${renderInputs(progress)}${renderTimeline(progress)}${(
    ["main", "rollback"] as const
  ).map((phase) => renderPhase(phase, progress, classes))}${renderRecord(progress)}</main>`;
  // The style is complete only now: each colour that was met has its rule in it.
  const style = `${pageStyle}${classes.rules()}\n`;
  const policy = `default-src 'none'; style-src 'sha256-${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  const title = `${plan.title}, run ${run}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
${main}
<footer>Run ${run}, written by Opswright ${progress.version}. Times are in UTC.</footer>
</body>
</html>
`.html;
}

function hashOf(style: string): string {
  return btoa(String.fromCharCode(...sha256(utf8ToBytes(style))));
}

function renderHead(progress: RunProgress, hasDied: boolean): Markup {
  const { plan, ended, user, host, runners } = progress;
  const [first, ...others] = runners;
  const last = runners.at(-1);
  const startMs = first?.fromMs ?? 0;
  const isGood = ended?.outcome === "completed";
  const tone = isGood ? "good" : ended === undefined && !hasDied ? "plain" : "bad";
  const verdict = renderVerdict(progress, plain, hasDied)
    .join(" ")
    .replace(/^[✓✗] /u, "");
  const facts: readonly (readonly [string, Markup | undefined])[] = [
    ["Target", html`<code>${plan.target}</code>`],
    ["Run", html`<code>${progress.run}</code>`],
    ["Started", html`${renderMoment(startMs)} by ${user} on ${host}`],
    ...others.map(
      ({ fromMs, user: by, host: on }) =>
        ["Resumed", html`${renderMoment(fromMs, startMs)} by ${by} on ${on}`] as const,
    ),
    ["Ended", ended && last && renderMoment(last.toMs, startMs)],
    ["Took", ended && html`${formatDuration(ended.durationMs)}`],
    ["Exit code of the run", ended && html`${ended.exitCode}`],
    ["Folder", html`<code>${progress.directory}</code>`],
    ["Plan digest", html`<code>${plan.digest}</code>`],
  ];
  return html`<header>
${progress.isRehearsal ? html`<p class="placard">Drill</p>\n` : undefined}<h1>${plan.title}</h1>
<p class="verdict ${tone}">${verdict}</p>
<dl class="facts">
${facts.map(([name, value]) =>
  value === undefined
    ? html``
    : html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
)}</dl>
</header>
`;
}

function renderInputs(progress: RunProgress): Markup | undefined {
  const inputs = currentInputs(progress);
  if (inputs.length === 0) return undefined;
  return html`<section aria-labelledby="inputs">
<h2 id="inputs">Inputs</h2>
<dl class="facts">
${inputs.map(({ name, value, source, from }) => {
  const shown =
    source === "from" && from !== undefined
      ? html`from ${describeSecretSource(from)} (secret)`
      : source === "secret"
        ? html`•••• (secret)`
        : source === "unset"
          ? html`(no value)`
          : html`<code>${value ?? ""}</code> (${source})`;
  return html`<div><dt><code>${name}</code></dt><dd>${shown}</dd></div>
`;
})}</dl>
</section>
`;
}

function renderPhase(
  phase: RunPhase,
  progress: RunProgress,
  classes: ReturnType<typeof createColourClasses>,
): Markup {
  const steps = progress.steps.filter((step) => step.phase === phase);
  if (steps.length === 0) return html``;
  return html`<section aria-labelledby="${phase}">
<h2 id="${phase}">${phase === "main" ? "Steps" : "Rollback"}</h2>
${steps.map((step) => renderStepReport(step, progress, classes))}</section>
`;
}

/** What belongs to no step: notices, what people did on the way, and answers about the run itself. */
function renderRecord(progress: RunProgress): Markup | undefined {
  const { notices, questions, runners } = progress;
  const entries = [
    ...[...notices, ...listInterventions(progress)].map(({ text, atMs }) => ({
      atMs,
      piece: html`<p>${renderMoment(atMs, runners[0]?.fromMs)}: ${text}</p>
`,
    })),
    ...questions
      .filter(({ stepId }) => stepId === undefined)
      .map((question) => ({ atMs: question.askedAtMs, piece: renderAnswer(question, progress) })),
  ].toSorted((one, other) => one.atMs - other.atMs);
  if (entries.length === 0) return undefined;
  return html`<section class="record" aria-labelledby="record">
<h2 id="record">Notices and answers</h2>
${entries.map(({ piece }) => piece)}</section>
`;
}

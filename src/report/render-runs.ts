import type { DamagedRun, RunSummary } from "../model/run-event.ts";
import { countNoun } from "./count-noun.ts";
import { formatDuration } from "./format-duration.ts";
import { currentInputs } from "./run-view/input-changes.ts";
import { listInterventions } from "./run-view/list-interventions.ts";
import { renderRunHeader } from "./run-view/render-run-header.ts";
import {
  renderNextActions,
  renderStepTable,
  renderVerdict,
} from "./run-view/render-run-summary.ts";
import { needsExplanation, type RunProgress } from "./run-view/run-progress.ts";
import { renderStepEnd } from "./run-view/render-step-end.ts";
import { escapeControlCharacters, escapeToLine } from "./sanitise-terminal-text.ts";
import { renderTable } from "./text-table.ts";
import { wrapWithIndent } from "./text-layout.ts";
import type { Colors, TextStyle } from "./text-style.ts";

/** Writes past and present runs as a table, the latest first. No I/O. */
export function renderRunList(runs: readonly RunSummary[], style: TextStyle): string {
  const { colors } = style;
  const rows = runs
    .toSorted((one, other) => (one.startedAt < other.startedAt ? 1 : -1))
    .map((run) => [
      { text: run.run, paint: colors.bold },
      { text: escapeControlCharacters(run.target) },
      { text: run.outcome, paint: paintRunOutcome(run.outcome, colors) },
      { text: describeSteps(run) },
      { text: run.durationMs === undefined ? "" : formatDuration(run.durationMs) },
      { text: escapeControlCharacters(run.user), paint: colors.dim },
    ]);
  const lines = renderTable(
    [
      { title: "RUN" },
      { title: "TARGET", isElastic: true },
      { title: "OUTCOME" },
      { title: "STEPS", side: "right" },
      { title: "TIME", side: "right" },
      { title: "BY" },
    ],
    rows,
    style,
  );
  return `${lines.join("\n")}\n\n${countNoun(runs.length, "run")}. \`opswright runs show RUN\` tells more.\n`;
}

/** Tells the runs whose journal cannot be read, each on two lines: why, and what to do. No I/O. */
export function renderDamagedRuns(damaged: readonly DamagedRun[]): string {
  return damaged
    .map(({ reason, hint }) => `error: ${escapeToLine(reason)}\n  ${escapeToLine(hint)}\n`)
    .join("");
}

function describeSteps({ steps }: RunSummary): string {
  const main = steps.filter(({ phase }) => phase === "main");
  return `${main.filter(({ outcome }) => outcome === "passed").length}/${main.length}`;
}

function paintRunOutcome(outcome: RunSummary["outcome"], colors: Colors): (text: string) => string {
  if (outcome === "completed") return colors.green;
  if (outcome === "running") return colors.cyan;
  return outcome === "refused" || outcome === "interrupted" ? colors.yellow : colors.red;
}

/**
 * Shows one run: what it was, how each step ended, what people did on the way, and why those failed that
 * did. `state` tells whether a run without an end is still going on. No I/O.
 */
export function renderRun(
  progress: RunProgress,
  state: RunSummary["outcome"],
  style: TextStyle,
): string {
  const { colors } = style;
  const started = `Started ${progress.startedAt} by ${escapeControlCharacters(progress.user)} on ${escapeControlCharacters(progress.host)}`;
  const failures = progress.steps.flatMap((step) =>
    needsExplanation(step)
      ? [
          "",
          colors.bold(escapeControlCharacters(step.title)),
          ...renderStepEnd(step, progress.run, style),
        ]
      : [],
  );
  const interventions = listInterventions(progress).flatMap(({ text }) =>
    wrapWithIndent("  ✎ ", escapeControlCharacters(text), style.columns),
  );
  return `${[
    ...renderRunHeader({ ...progress, inputs: currentInputs(progress) }, style),
    "",
    colors.dim(started),
    "",
    ...renderStepTable(progress, style),
    ...(interventions.length === 0 ? [] : ["", ...interventions]),
    ...failures,
    "",
    ...renderVerdict(progress, style, state === "died"),
    ...renderNextActions(progress, style, state === "running").slice(1),
  ].join("\n")}\n`;
}

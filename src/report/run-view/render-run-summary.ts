import { hasRollback } from "../../plan/list-steps.ts";
import type { RunPhase } from "../../model/run-event.ts";
import { countNoun } from "../count-noun.ts";
import { formatDuration } from "../format-duration.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import { renderTable } from "../text-table.ts";
import { wrapText } from "../text-layout.ts";
import type { TextStyle } from "../text-style.ts";
import { currentInputs } from "./input-changes.ts";
import { labelOutcome, nameFailure } from "./outcome-words.ts";
import {
  countPhaseSteps,
  isFailedOutcome,
  listPassed,
  needsExplanation,
  type RunProgress,
  type StepProgress,
} from "./run-progress.ts";

/** Sets the steps of a run as a table, those of a rollback in one of their own. No I/O. */
export function renderStepTable(progress: RunProgress, style: TextStyle): string[] {
  const main = renderPhaseTable(progress, "main", style);
  const rollback = renderPhaseTable(progress, "rollback", style);
  return rollback.length === 0 ? main : [...main, "", "  Rollback", ...rollback];
}

function renderPhaseTable(progress: RunProgress, phase: RunPhase, style: TextStyle): string[] {
  const { colors } = style;
  const rows = progress.steps
    .filter((step) => step.phase === phase)
    .map((step) => [
      { text: String(step.number), paint: colors.dim },
      { text: escapeControlCharacters(step.title).replaceAll("\n", " ") },
      labelOutcome(step.outcome, colors),
      { text: step.durationMs === undefined ? "" : formatDuration(step.durationMs) },
    ]);
  return renderTable(
    [
      { title: "#", side: "right" },
      { title: "step", isElastic: true },
      { title: "outcome" },
      { title: "time", side: "right" },
    ],
    rows,
    style,
    { hasTitles: false, indent: "  " },
  );
}

/** Says in one or two sentences how a run ended; `hasDied` says that its process is gone. No I/O. */
export function renderVerdict(progress: RunProgress, style: TextStyle, hasDied = false): string[] {
  const { colors, columns } = style;
  const { ended } = progress;
  if (ended === undefined) {
    const lines = wrapText(describeOpenRun(progress, hasDied), columns);
    return hasDied ? lines.map((line) => colors.bold(colors.red(line))) : lines;
  }
  const color = ended.outcome === "completed" ? colors.green : colors.red;
  const sign = ended.outcome === "completed" ? "✓" : "✗";
  const [first = "", ...rest] = wrapText(`${sign} ${describeEnd(progress)}`, columns);
  return [colors.bold(color(first)), ...rest.map((line) => colors.bold(color(line)))];
}

function describeOpenRun(progress: RunProgress, hasDied: boolean): string {
  const { current } = progress;
  if (current === undefined) {
    return hasDied
      ? "✗ Its process has died between two steps; nothing of it is lost."
      : "The run has not ended.";
  }
  const count = countPhaseSteps(progress, current.phase);
  const place = `step ${current.number} of ${count}, ${quoteTitle(current)}`;
  return hasDied
    ? `✗ Its process has died at ${place}, which may still be running.`
    : `The run has not ended; it is at ${place}.`;
}

function describeEnd(progress: RunProgress): string {
  const { ended, steps } = progress;
  if (ended === undefined) return "";
  const main = steps.filter((step) => step.phase === "main");
  const time = formatDuration(ended.durationMs);
  const reason =
    ended.reason === undefined ? "" : ` ${asSentence(escapeControlCharacters(ended.reason))}`;
  const failed = main.find((step) => isFailedOutcome(step.outcome));
  const rest = describeNotRun(main);
  switch (ended.outcome) {
    case "completed":
      return `Completed: ${describeDone(main)} in ${time}.`;
    case "failed":
      return `Failed${describePlace(failed, main)} after ${time}.${failed === undefined ? reason : ""}${rest}`;
    case "rolled-back":
      return failed === undefined
        ? `Rolled back: ${describeRollback(steps)}.`
        : `Failed${describePlace(failed, main)}, and was rolled back: ${describeRollback(steps)}.`;
    case "rollback-failed":
      return `Failed${describePlace(failed, main)}, and the rollback failed too${describePlace(
        steps.find((step) => step.phase === "rollback" && isFailedOutcome(step.outcome)),
        [],
      )}. What the run changed is only partly taken back.`;
    case "refused":
      return `Stopped after ${time}, since a person's answer was no or was missing.${reason}${rest}`;
    case "interrupted":
      return `Interrupted${describePlace(failed, main)} after ${time}.${rest}`;
    default:
      return ended.outcome satisfies never;
  }
}

function describeDone(main: readonly StepProgress[]): string {
  const count = (...outcomes: readonly StepProgress["outcome"][]) =>
    main.filter((step) => outcomes.includes(step.outcome)).length;
  const givenUp = main.filter(
    (step) => step.outcome === "skipped" && needsExplanation(step),
  ).length;
  const others = [
    [count("failed", "mismatched", "timed-out", "unknown"), "failed and allowed to"],
    [count("cancelled"), "cancelled"],
    [givenUp, "failed and skipped"],
    [count("skipped") - givenUp, "skipped"],
  ] as const;
  return [
    countNoun(count("passed"), "step"),
    ...others.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])),
  ].join(", ");
}

function describePlace(failed: StepProgress | undefined, main: readonly StepProgress[]): string {
  if (failed === undefined) return "";
  const of = main.length > 0 ? ` of ${main.length}` : "";
  return ` at step ${failed.number}${of}, ${quoteTitle(failed)} (${nameFailure(failed)})`;
}

function describeRollback(steps: readonly StepProgress[]): string {
  const done = steps.filter((step) => step.phase === "rollback" && step.outcome === "passed");
  return done.length === 0
    ? "no step had to be taken back"
    : `${countNoun(done.length, "step")} passed`;
}

function describeNotRun(main: readonly StepProgress[]): string {
  const count = main.filter((step) => step.outcome === "pending").length;
  return count === 0 ? "" : ` ${count === 1 ? "1 step was" : `${count} steps were`} not run.`;
}

/**
 * Says what to do after a run: look at it, look at the log of what failed, go on.
 *
 * Nobody is sent on where the run was rolled back. `hasNoWayOn` is true of a rehearsal, whose world is
 * gone, and of a run that still goes on. No I/O.
 */
export function renderNextActions(
  progress: RunProgress,
  style: TextStyle,
  hasNoWayOn = false,
): string[] {
  const { colors } = style;
  const { run, ended, steps, plan } = progress;
  const isRollingBack = steps.some(({ phase }) => phase === "rollback");
  // What stopped the run last is what must be looked at: of a rollback that failed, its own step.
  const failed = steps.findLast((step) => isFailedOutcome(step.outcome));
  const actions: (readonly [string, string])[] = [["Look back", `opswright runs show ${run}`]];
  if (failed?.planned?.kind === "command") {
    actions.push(["Its output", `opswright runs logs ${run} --step ${failed.stepId}`]);
  }
  const isOver = hasNoWayOn || ended?.outcome === "completed" || ended?.outcome === "rolled-back";
  if (!isOver) actions.push(["Go on", `opswright resume ${run}`]);
  const canRollBack = hasRollback(plan, listPassed(progress)) && !isRollingBack;
  if (ended !== undefined && !isOver && canRollBack) {
    actions.push(["Take back", `opswright rollback ${run}`]);
  }
  if (failed?.phase === "main" && !isOver && !isRollingBack) {
    // A run keeps to its plan: whoever mends the runbook begins a new one.
    actions.push(["Begin anew", renderRunCommand(progress, failed.stepId)]);
  }
  return actions.map(
    ([label, command]) =>
      `${colors.dim(`${label}:`.padEnd(12))}${escapeControlCharacters(command)}`,
  );
}

/** The command that runs a plan again from a step on, with the values that were given last. */
function renderRunCommand(progress: RunProgress, stepId: string): string {
  const inputs = currentInputs(progress)
    .filter(({ source }) => source === "given")
    .map(({ name, value }) => `--input ${quoteWord(`${name}=${value ?? ""}`)}`);
  return [
    "opswright run",
    quoteWord(progress.plan.target),
    ...inputs,
    "--from",
    quoteWord(stepId),
  ].join(" ");
}

/** A word as a shell takes it: as it stands where nothing in it is special, else in quotes. */
function quoteWord(word: string): string {
  return /^[\w.:/@%+=#-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function quoteTitle(step: StepProgress): string {
  return `“${escapeControlCharacters(step.title).replaceAll("\n", " ")}”`;
}

function asSentence(reason: string): string {
  return /[.!?…]$/u.test(reason) ? reason : `${reason}.`;
}

import type { Refusal, TestedDocument, TestedStep } from "../../model/document-test.ts";
import { countNoun } from "../count-noun.ts";
import { describeRating } from "../describe-rating.ts";
import { formatDuration } from "../format-duration.ts";
import { renderDiagnostics } from "../render-diagnostics.ts";
import { labelOutcome, nameFailure } from "../run-view/outcome-words.ts";
import { renderDifference, renderOutputTail } from "../run-view/render-step-end.ts";
import { isFailedOutcome } from "../run-view/run-progress.ts";
import { escapeControlCharacters, escapeToLine } from "../sanitise-terminal-text.ts";
import { wrapText, wrapWithIndent } from "../text-layout.ts";
import type { TextStyle } from "../text-style.ts";

/** How a tested document is shown. */
export interface TestedDocumentOptions {
  readonly style: TextStyle;
  /** `quiet`: those that keep the tests from passing; `verbose`: each step. */
  readonly verbosity: "quiet" | "normal" | "verbose";
  /** Texts by path, for the excerpts of problems. */
  readonly sources: ReadonlyMap<string, string>;
}

const mostScriptLines = 12;
const mostOutputLines = 20;

/**
 * Shows how the test of a document ended: one line where all is well, else each step that failed with
 * its place, its command, what was wrong, and what it printed. Every line ends with a line feed.
 *
 * No I/O.
 *
 * @example "✓ docs/install.md  12 steps  0.9s\n"
 */
export function renderTestedDocument(
  document: TestedDocument,
  options: TestedDocumentOptions,
): string {
  const { style, verbosity } = options;
  const isFine = document.outcome === "passed" || document.isHarmless;
  if (isFine && verbosity === "quiet") return "";
  const lines = [renderHead(document, style)];
  if (verbosity === "verbose") {
    lines.push(...document.steps.map((step) => renderStepLine(step, style)));
    const rating = document.rating === undefined ? "" : describeRating(document.rating);
    if (rating !== "") lines.push(`  ${style.colors.dim(rating)}`);
  }
  const details = [
    ...document.steps
      .filter(({ outcome }) => isFailure(outcome))
      .flatMap((step) => ["", ...renderFailure(step, style)]),
    ...renderReason(document, style),
    ...renderRefusals(document.refusals, style),
    ...(document.problems.length === 0
      ? []
      : ["", renderDiagnostics(document.problems, options.sources, style).trimEnd()]),
  ];
  if (document.folder !== undefined) {
    lines.push(`  Kept: ${escapeToLine(document.folder)}`);
  }
  // What belongs together stands apart from the next document's line.
  return `${[...lines, ...details, ...(details.length === 0 ? [] : [""])].join("\n")}\n`;
}

/** Cancelled ones were stopped by somebody, which is told once for the document. */
function isFailure(outcome: TestedStep["outcome"]): boolean {
  return isFailedOutcome(outcome) && outcome !== "cancelled";
}

function renderHead(document: TestedDocument, { colors }: TextStyle): string {
  const { outcome, isHarmless, durationMs } = document;
  const name = escapeToLine(document.name);
  switch (outcome) {
    case "passed":
      return `${colors.green("✓")} ${name}  ${colors.dim(`${describeSteps(document)}  ${formatDuration(durationMs)}`)}`;
    case "failed":
      return `${colors.red("✗")} ${colors.bold(name)}  ${describeSteps(document)}  ${colors.dim(formatDuration(durationMs))}`;
    case "empty":
      return isHarmless
        ? colors.dim(`– ${name}  no step`)
        : `${colors.red("✗")} ${colors.bold(name)}  no step was run`;
    case "refused":
      return `${colors.red("✗")} ${colors.bold(name)}  refused, nothing of it was run`;
    case "invalid":
      return `${colors.red("✗")} ${colors.bold(name)}  not valid, nothing of it was run`;
    case "broken":
      return `${colors.red("✗")} ${colors.bold(name)}  ${describeSteps(document)}, then its shell was lost`;
    case "interrupted":
      return `${colors.yellow("■")} ${name}  stopped, ${describeSteps(document)}`;
    default:
      return outcome satisfies never;
  }
}

/** @example "3 steps, 1 failed, 1 not run" */
function describeSteps({ steps, counts }: TestedDocument): string {
  return [
    countNoun(steps.length, "step"),
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
    ...(counts.skipped > 0 ? [`${counts.skipped} skipped`] : []),
    ...(counts.pending > 0 ? [`${counts.pending} not run`] : []),
  ].join(", ");
}

function renderStepLine(step: TestedStep, { colors }: TextStyle): string {
  const { text, paint } = labelOutcome(step.outcome, colors);
  const [sign = ""] = text.split(" ");
  const time = step.durationMs === undefined ? "" : `  ${formatDuration(step.durationMs)}`;
  const why = step.outcome === "skipped" && step.reason !== undefined ? `  ${step.reason}` : "";
  return `  ${paint(sign)} ${placeOf(step)}  ${escapeToLine(step.title)}${colors.dim(time + escapeToLine(why))}`;
}

function renderFailure(step: TestedStep, style: TextStyle): string[] {
  const { colors, columns } = style;
  const lines = [
    `  ${colors.bold(placeOf(step))}  ${escapeToLine(step.title)}`,
    ...renderCommand(step.script, style),
  ];
  const time = step.durationMs === undefined ? "" : ` after ${formatDuration(step.durationMs)}`;
  lines.push(`    ${colors.red(`✗ ${nameFailure(step)}${time}`)}`);
  const reason = escapeControlCharacters(step.reason ?? "").trim();
  // What the line above says already.
  if (reason !== "" && !/^Exit code \d+(?:\.$| is right, but the output)/u.test(reason)) {
    lines.push(...wrapText(reason, columns - 4).map((line) => `    ${line}`));
  }
  if (step.difference !== undefined) lines.push(...renderDifference(step.difference, colors));
  // Standard output stands in the difference, where there is one.
  const printed = step.difference === undefined ? step.output : step.errorOutput;
  const tail = renderOutputTail({ outputTail: printed ?? "" }, colors, mostOutputLines);
  return [...lines, ...tail.map((line) => `  ${line}`)];
}

function placeOf({ path, line }: TestedStep): string {
  return `${escapeToLine(path)}:${line}`;
}

/** The command as it would be typed: `$ ` before its first line, `> ` before the others. No I/O. */
export function renderCommand(script: string, { colors }: TextStyle): string[] {
  const lines = escapeControlCharacters(script.replace(/\n+$/u, "")).split("\n");
  const shown = lines
    .slice(0, mostScriptLines)
    .map((line, index) => `    ${colors.dim(index === 0 ? "$" : ">")} ${line}`.trimEnd());
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `    ${colors.dim(`… ${countNoun(rest, "more line")}`)}`] : shown;
}

function renderReason({ reason }: TestedDocument, { columns }: TextStyle): string[] {
  if (reason === undefined) return [];
  return wrapText(escapeControlCharacters(reason), columns - 4).map((line) => `    ${line}`);
}

/** What is not run unasked, and what to do about it. */
function renderRefusals(refusals: readonly Refusal[], style: TextStyle): string[] {
  const [first] = refusals;
  if (first === undefined) return [];
  const { colors, columns } = style;
  const shown = refusals.slice(0, 5).map(({ path, line, text }) => {
    return `    ${escapeToLine(path)}:${line}  ${escapeToLine(text)}`;
  });
  const rest = refusals.length - shown.length;
  const help = wrapWithIndent("    = help: ", describeWayOut(refusals), columns);
  return [
    ...shown,
    ...(rest > 0 ? [`    ${colors.dim(`… ${countNoun(rest, "more reason")}`)}`] : []),
    ...help,
  ];
}

/** What to do where a document is refused, in a sentence or two. No I/O. */
export function describeWayOut(refusals: readonly Pick<Refusal, "kind">[]): string {
  const kinds = new Set(refusals.map(({ kind }) => (kind === "interactive" ? "manual" : kind)));
  const rehearse = "Rehearse it in a world: opswright drill";
  if (kinds.has("target")) return `${rehearse}. Targets are not used by tests.`;
  const words = [...kinds].map((kind) => `--allow ${kind}`).join(" ");
  const left = kinds.has("manual") ? ", which leaves out what a person does" : "";
  return `${rehearse}. Or, where it may be run in a temporary folder: ${words}${left}`;
}

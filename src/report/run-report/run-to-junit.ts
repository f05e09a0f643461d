import { escapeControlCharacters, sanitiseProgramOutput } from "../sanitise-terminal-text.ts";
import { nameFailure } from "../run-view/outcome-words.ts";
import { isFailedOutcome, type RunProgress, type StepProgress } from "../run-view/run-progress.ts";

/**
 * Writes a run as JUnit XML: one suite, one case a step; steps that were not run count as skipped.
 *
 * The elements are those that Jenkins' and GitLab's readers agree on. No I/O.
 */
export function runToJunit(progress: RunProgress): string {
  const { plan, steps, startedAt, host, ended } = progress;
  const failures = steps.filter((step) => isFailedOutcome(step.outcome)).length;
  const skipped = steps.filter(
    ({ outcome }) => outcome === "skipped" || outcome === "pending",
  ).length;
  const totals = `tests="${steps.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds(ended?.durationMs)}"`;
  const suite = `name="${attribute(plan.target)}" ${totals} timestamp="${attribute(startedAt.slice(0, 19))}" hostname="${attribute(host)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="opswright" ${totals}>`,
    `  <testsuite ${suite}>`,
    ...steps.flatMap((step) => renderCase(progress, step)),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function renderCase({ plan }: RunProgress, step: StepProgress): string[] {
  const file =
    step.planned === undefined
      ? ""
      : ` file="${attribute(step.planned.path)}" line="${step.planned.line}"`;
  const phase = step.phase === "rollback" ? ".rollback" : "";
  const opening = `    <testcase classname="${attribute(plan.target + phase)}" name="${attribute(step.stepId)}"${file} time="${seconds(step.durationMs)}"`;
  const children: string[] = [];
  if (step.outcome === "pending") {
    children.push('      <skipped message="not run"/>');
  } else if (step.outcome === "skipped") {
    children.push(`      <skipped message="${attribute(step.reason ?? "skipped")}"/>`);
  } else if (isFailedOutcome(step.outcome)) {
    const text = [step.reason ?? "", step.difference ?? ""]
      .filter((part) => part !== "")
      .join("\n");
    children.push(
      `      <failure type="${step.outcome}" message="${attribute(nameFailure(step))}">${content(text)}</failure>`,
    );
  }
  if (step.outputTail !== "") {
    const note = step.hasLongerOutput ? "(the end of a longer output)\n" : "";
    children.push(`      <system-out>${content(note + step.outputTail)}</system-out>`);
  }
  return children.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...children, "    </testcase>"];
}

function seconds(durationMs: number | undefined): string {
  return ((durationMs ?? 0) / 1000).toFixed(3);
}

function attribute(text: string): string {
  return escapeXml(escapeControlCharacters(text))
    .replaceAll('"', "&quot;")
    .replaceAll(/[\n\t]/gu, " ");
}

function content(text: string): string {
  return escapeXml(
    sanitiseProgramOutput(text.replaceAll(/\r\n?/gu, "\n"), { keepsColours: false }),
  );
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/[\uFFFE\uFFFF]/gu, "\uFFFD");
}

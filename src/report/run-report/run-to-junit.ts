import { nameFailure } from "../run-view/outcome-words.ts";
import { isFailedOutcome, type RunProgress, type StepProgress } from "../run-view/run-progress.ts";
import { toXmlAttribute, toXmlContent } from "../xml-text.ts";

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
  const suite = `name="${toXmlAttribute(plan.target)}" ${totals} timestamp="${toXmlAttribute(startedAt.slice(0, 19))}" hostname="${toXmlAttribute(host)}"`;
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
      : ` file="${toXmlAttribute(step.planned.path)}" line="${step.planned.line}"`;
  const phase = step.phase === "rollback" ? ".rollback" : "";
  const opening = `    <testcase classname="${toXmlAttribute(plan.target + phase)}" name="${toXmlAttribute(step.stepId)}"${file} time="${seconds(step.durationMs)}"`;
  const children: string[] = [];
  if (step.outcome === "pending") {
    children.push('      <skipped message="not run"/>');
  } else if (step.outcome === "skipped") {
    children.push(`      <skipped message="${toXmlAttribute(step.reason ?? "skipped")}"/>`);
  } else if (isFailedOutcome(step.outcome)) {
    const text = [step.reason ?? "", step.difference ?? ""]
      .filter((part) => part !== "")
      .join("\n");
    children.push(
      `      <failure type="${step.outcome}" message="${toXmlAttribute(nameFailure(step))}">${toXmlContent(text)}</failure>`,
    );
  }
  if (step.outputTail !== "") {
    const note = step.hasLongerOutput ? "(the end of a longer output)\n" : "";
    children.push(`      <system-out>${toXmlContent(note + step.outputTail)}</system-out>`);
  }
  return children.length === 0 ? [`${opening}/>`] : [`${opening}>`, ...children, "    </testcase>"];
}

function seconds(durationMs: number | undefined): string {
  return ((durationMs ?? 0) / 1000).toFixed(3);
}

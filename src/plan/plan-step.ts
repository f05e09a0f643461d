import type { PlannedStep } from "../model/plan.ts";
import { parseDurationMs } from "../parse/parse-duration.ts";
import type { SelectedStep } from "./expand-steps.ts";

/**
 * Turns a selected step into a planned one with all that governs it; `number` counts from 1.
 *
 * No I/O.
 */
export function planStep(
  { id, step, runbook, through, conditions }: SelectedStep,
  number: number,
): PlannedStep {
  const titles = step.sectionPath.map(
    (sectionId) => runbook.sections.find((section) => section.id === sectionId)?.title ?? sectionId,
  );
  const shared = {
    number,
    id,
    title: step.title,
    context: [...through, ...titles],
    runbook: runbook.id,
    path: runbook.path,
    line: step.span.start.line,
    conditions,
  };
  if (step.kind === "manual") return { kind: "manual", text: step.text, ...shared };
  const { attributes } = step;
  const defaultTimeout = runbook.frontMatter.timeout;
  return {
    kind: "command",
    language: step.language,
    interpreter: step.interpreter,
    script: step.script,
    scriptLine: step.codeSpan.start.line,
    attributes,
    isCheck: attributes.check === true,
    timeoutMs:
      attributes.timeoutMs ??
      (defaultTimeout === undefined ? undefined : parseDurationMs(defaultTimeout)),
    risk: {
      level: step.risk.level,
      reasons: [
        ...new Set(
          step.risk.reasons.filter(({ level }) => level !== "safe").map(({ text }) => text),
        ),
      ],
    },
    tools: step.shell?.tools ?? [step.interpreter.split(" ")[0] ?? step.interpreter],
    expectation: step.expectation,
    undo:
      attributes.undo === undefined
        ? undefined
        : [...id.split("/").slice(0, -1), attributes.undo].join("/"),
    ...shared,
  };
}

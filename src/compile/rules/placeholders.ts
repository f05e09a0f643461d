import type { DocumentRule } from "./rule.ts";

/**
 * Reports each blank that a command still has for a person to fill: an error in `.mdx`, a warning
 * in `.md`, where a plan that selects the step is refused all the same.
 *
 * No I/O.
 */
export const checkPlaceholders: DocumentRule = (runbook, context) => {
  for (const step of runbook.steps) {
    if (step.kind !== "command" || !step.isRunnable) continue;
    for (const blank of step.blanks) {
      const meaning = blank.text.replace(/[<>{}[\]]/g, "").trim();
      const severity = context.isStrict ? undefined : "warning";
      context.report("placeholder", { text: blank.text, meaning }, blank.span, severity);
    }
  }
};

import { locateInCode } from "../locate-in-code.ts";
import type { DocumentRule } from "./rule.ts";

/**
 * Reports each runnable step that destroys something and says nothing to the person first: neither
 * `confirm` nor a risk of its own.
 *
 * No I/O.
 */
export const checkDestructiveSteps: DocumentRule = (runbook, context) => {
  for (const step of runbook.steps) {
    if (step.kind !== "command" || !step.isRunnable || step.risk.level !== "destructive") continue;
    if (step.attributes.confirm !== undefined || step.attributes.risk !== undefined) continue;
    for (const reason of step.risk.reasons) {
      if (reason.level !== "destructive") continue;
      const { start, end } = reason.range;
      const span = locateInCode(step.script, step.codeSpan.start.line, start, end, context.lines);
      const what = step.script.slice(start, end).split("\n")[0] ?? "";
      context.report("destructive-step", { what, reason: reason.text }, span);
    }
  }
};

import { locateInCode } from "../locate-in-code.ts";
import type { DocumentRule } from "./rule.ts";

/**
 * Reports each place where a runnable block is no valid shell; blocks with blanks are left to the
 * placeholder rule, whose finding explains them.
 *
 * No I/O.
 */
export const checkShellSyntax: DocumentRule = (runbook, context) => {
  for (const step of runbook.steps) {
    if (step.kind !== "command" || !step.isRunnable || step.blanks.length > 0) continue;
    // Another shell's syntax is its own to judge.
    if (step.interpreter !== "bash") continue;
    const error = step.shell?.syntaxErrors[0];
    if (error === undefined) continue;
    const { line } = step.codeSpan.start;
    const span = locateInCode(step.script, line, error.start, error.end, context.lines);
    const near = step.script.slice(error.start, error.start + 40).split("\n")[0] ?? "";
    context.report("shell-syntax", { near }, span, context.isStrict ? undefined : "warning");
  }
};

import type { CommandStep } from "../model/runbook.ts";
import type { CompileContext } from "./compile-context.ts";
import type { ReadExpectation } from "./read-expectation.ts";

/**
 * Gives a command what it must print. An exit code that the output names is the one that is accepted; one that
 * the command's `exit` does not accept is an `attribute-conflict`. No I/O.
 */
export function addExpectation(
  step: CommandStep,
  { expectation, exitCode }: ReadExpectation,
  context: CompileContext,
): CommandStep {
  if (exitCode === undefined) return { ...step, expectation };
  const { exit } = step.attributes;
  if (exit !== undefined && exit !== "any" && !exit.includes(exitCode)) {
    const line = `[${exitCode}]`;
    const reason = `the output ends with the exit code ${line}, which \`exit=${exit.join(",")}\` does not accept`;
    const { end } = expectation.codeSpan;
    const span = context.lines.spanOf(end.offset - line.length, end.offset);
    context.report("attribute-conflict", { name: line, other: "exit", reason }, span);
    return { ...step, expectation };
  }
  return { ...step, expectation, attributes: { ...step.attributes, exit: [exitCode] } };
}

import type { InputDefinition } from "../../model/front-matter.ts";
import type { CommandStep, Runbook, Step } from "../../model/runbook.ts";
import type { ShellVariable } from "../../model/shell-script.ts";
import { findNearest } from "../../parse/find-nearest.ts";
import { knownVariables } from "../known-variables.ts";
import { locateInCode } from "../locate-in-code.ts";
import type { DocumentRule } from "./rule.ts";

/**
 * Reports each variable that a command reads and nothing sets: no input, contract, capture or step.
 *
 * An error in `.mdx`. In `.md` it is information, since such a variable becomes an input there
 * (see `implyInputs`). No I/O.
 */
export const checkUndeclaredVariables: DocumentRule = (runbook, context) => {
  if (context.isFrontMatterBroken) return;
  const declared = namesDeclared(runbook.frontMatter, runbook.steps);
  for (const { step, variable } of undeclaredReads(runbook.steps, declared)) {
    const { start, end } = variable.range;
    const span = locateInCode(step.script, step.codeSpan.start.line, start, end, context.lines);
    const nearest = findNearest(variable.name, declared);
    context.report(
      "undeclared-variable",
      { name: variable.name, nearest },
      span,
      context.isStrict ? undefined : "info",
    );
  }
};

/**
 * The inputs that a foreign `.md` runbook has without saying so: each variable that its commands
 * read and nothing sets.
 *
 * `{ NAMESPACE: { type: "string", required: true, description: … } }`. No I/O.
 */
export function implyInputs(
  frontMatter: Runbook["frontMatter"],
  steps: readonly Step[],
): Readonly<Record<string, InputDefinition>> {
  const declared = namesDeclared(frontMatter, steps);
  const implied = new Map<string, InputDefinition>();
  for (const { variable, step } of undeclaredReads(steps, declared)) {
    if (implied.has(variable.name)) continue;
    implied.set(variable.name, {
      type: "string",
      required: true,
      description: `Read by the command in line ${step.span.start.line}; nothing in the runbook sets it`,
    });
  }
  return Object.fromEntries(implied);
}

function namesDeclared(
  frontMatter: Runbook["frontMatter"],
  steps: readonly Step[],
): ReadonlySet<string> {
  const names = new Set<string>(Object.keys(frontMatter.inputs ?? {}));
  for (const contract of Object.values(frontMatter.contracts ?? {})) {
    for (const name of Object.keys(contract.variables)) names.add(name);
  }
  for (const step of steps) {
    if (step.kind !== "command" || !step.isRunnable) continue;
    for (const variable of step.shell?.writes ?? []) names.add(variable.name);
    for (const capture of step.attributes.capture ?? []) names.add(capture.name);
    for (const name of Object.keys(step.attributes.env ?? {})) names.add(name);
  }
  return names;
}

function* undeclaredReads(
  steps: readonly Step[],
  declared: ReadonlySet<string>,
): Generator<{ step: CommandStep; variable: ShellVariable }> {
  for (const step of steps) {
    if (step.kind !== "command" || !step.isRunnable || step.shell === undefined) continue;
    // A file that the script sources can set anything.
    if (step.shell.sourcesFiles) continue;
    for (const variable of step.shell.reads) {
      const isSet =
        variable.hasDefault || declared.has(variable.name) || knownVariables.has(variable.name);
      if (!isSet) yield { step, variable };
    }
  }
}

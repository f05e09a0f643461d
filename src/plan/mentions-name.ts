import type { PlannedStep } from "../model/plan.ts";
import type { Step } from "../model/runbook.ts";

/** True where a step's text names an input or a variable: in its script, its attributes, its words. No I/O. */
export function mentionsName(step: Step | PlannedStep, name: string): boolean {
  return new RegExp(`(?<!\\w)${name}(?!\\w)`).test(wordsOf(step));
}

function wordsOf(step: Step | PlannedStep): string {
  if (step.kind === "include") return "";
  if (step.kind === "manual") return `${step.title}\n${step.text}`;
  const { dir = "", confirm = "", env = {} } = step.attributes;
  return [step.script, dir, confirm, ...Object.values(env)].join("\n");
}

import type { BoundInput } from "../../model/plan.ts";
import type { RunEvent } from "../../model/run-event.ts";
import type { RunProgress } from "./run-progress.ts";

/** The inputs of a run with the values that they have now: those of its plan, and what a person changed. No I/O. */
export function currentInputs({
  plan,
  changes,
}: Pick<RunProgress, "plan" | "changes">): readonly BoundInput[] {
  return plan.inputs.map((input) => {
    const change = changes.findLast(({ name }) => name === input.name);
    if (change === undefined) return input;
    return change.isSecret === true
      ? { ...input, source: "secret" }
      : { ...input, value: change.to, source: "given" };
  });
}

/**
 * Tells in a sentence what was changed, and by whom; of a secret no value. No I/O.
 *
 * @example "COLOUR is now green, and was red; by xerxes."
 */
export function describeInputChange({
  name,
  from,
  to = "",
  isSecret,
  by,
}: Pick<
  RunEvent & { readonly type: "input-changed" },
  "name" | "from" | "to" | "isSecret" | "by"
>): string {
  if (isSecret === true) return `${name}, a secret, has another value now; by ${by}.`;
  const before = from === undefined ? "had no value" : `was ${showValue(from)}`;
  return `${name} is now ${showValue(to)}, and ${before}; by ${by}.`;
}

function showValue(value: string): string {
  return value === ""
    ? '""'
    : value.replaceAll("\n", String.raw`\n`).replaceAll("\t", String.raw`\t`);
}

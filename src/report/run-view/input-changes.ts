import type { BoundInput, Plan } from "../../model/plan.ts";

/** An input that a person gave another value after a step had failed; of a secret no value is known. */
export interface InputChange {
  readonly stepId: string;
  readonly name: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly isSecret?: true | undefined;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** The inputs of a run with the values that they have now: those of its plan, and what a person changed. No I/O. */
export function currentInputs({
  plan,
  changes,
}: {
  readonly plan: Plan;
  readonly changes: readonly InputChange[];
}): readonly BoundInput[] {
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
export function describeInputChange(change: Omit<InputChange, "stepId" | "atMs">): string {
  const { name, from, to = "", isSecret, by } = change;
  if (isSecret === true) return `${name}, a secret, has another value now; by ${by}.`;
  const before = from === undefined ? "had no value" : `was ${showValue(from)}`;
  return `${name} is now ${showValue(to)}, and ${before}; by ${by}.`;
}

function showValue(value: string): string {
  return value === ""
    ? '""'
    : value.replaceAll("\n", String.raw`\n`).replaceAll("\t", String.raw`\t`);
}

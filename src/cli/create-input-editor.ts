import type { InputDefinition } from "../model/front-matter.ts";
import type { BoundInput, Plan } from "../model/plan.ts";
import { findChangedSteps } from "../plan/find-changed-steps.ts";
import { escapeControlCharacters } from "../report/sanitise-terminal-text.ts";
import { createRedactor } from "../run/create-redactor.ts";
import type { RunSecrets } from "../run/create-run-secrets.ts";
import type { Secret } from "../run/list-secrets.ts";
import type { InputAnswer, Person } from "../run/ports.ts";

/** What is known of a run's inputs. */
export interface EditedInputs {
  readonly definitions: ReadonlyMap<string, InputDefinition>;
  /** The plan that there would be with other values of some inputs; undefined where there would be none. */
  readonly planWith: (values: ReadonlyMap<string, string>) => Plan | undefined;
  /** What no other input may hold: its value would stand on record. */
  readonly secrets: Pick<RunSecrets, "redactor">;
}

/**
 * Makes what asks the person at the terminal for other values of a run's inputs.
 *
 * A value is judged as everywhere, and is not taken where the plan would have other steps with it: the run
 * keeps to its plan; nor is one that holds a secret, for an input that is none. Ctrl-C and Escape change
 * nothing. Writes to the terminal and reads from it.
 */
export function createInputEditor({
  definitions,
  planWith,
  secrets,
}: EditedInputs): NonNullable<Person["editInputs"]> {
  return async ({ inputs, changed }, withdrawn) => {
    const { askWhileThere } = await import("../node/ask-while-there.ts");
    const { askInputs } = await import("./ask-inputs.ts");
    const today = planWith(changed);
    const typed = new Map(changed);
    const isSecret = (name: string): boolean =>
      inputs.some((input) => input.name === name && input.type === "secret");
    // First, so that no other input is given the same text.
    const asked = inputs.toSorted(
      (one, other) => Number(isSecret(other.name)) - Number(isSecret(one.name)),
    );
    const typedSecrets: Secret[] = [];
    const holdsSecret = (value: string): boolean =>
      [secrets.redactor, createRedactor(typedSecrets)].some(
        (redactor) => redactor !== undefined && redactor.redactText(value) !== value,
      );
    const findProblem = (name: string, value: string): string | undefined => {
      if (isSecret(name)) typedSecrets.push({ name, value });
      else if (holdsSecret(value)) {
        return "It holds the value of a secret, which may not stand on record as that of another input.";
      }
      const others = findOtherSteps(today, planWith(new Map([...typed, [name, value]])));
      if (others.length === 0) {
        typed.set(name, value);
        return undefined;
      }
      const steps = escapeControlCharacters(others.join(", "));
      return `With it the plan would have other steps (${steps}), and this run keeps to its own: begin a new one for it.`;
    };
    const current = new Map(
      inputs.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
    );
    return askWhileThere({ withdrawn }, async ({ signal }): Promise<InputAnswer> => {
      try {
        const wanted = new Map(asked.map((input) => [input.name, define(input, definitions)]));
        const values = await askInputs(wanted, { current, findProblem, signal });
        const given = [...values].filter(([name, value]) => value !== "" || current.has(name));
        return { answer: "values", values: new Map(given) };
      } catch (error) {
        if (!(error instanceof Error) || error.name !== "AskingCancelled") throw error;
        return { answer: "values", values: new Map() };
      }
    });
  };
}

/** The runbook may no longer declare it; the run's plan has its type. */
function define(
  { name, type, description }: BoundInput,
  definitions: EditedInputs["definitions"],
): InputDefinition {
  return definitions.get(name) ?? { type, description };
}

/** What cannot be planned today cannot be compared, and a resumed run has said so. */
function findOtherSteps(today: Plan | undefined, other: Plan | undefined): readonly string[] {
  if (today === undefined || other === undefined) return [];
  return [...new Set([...findChangedSteps(today, other), ...findChangedSteps(other, today)])];
}

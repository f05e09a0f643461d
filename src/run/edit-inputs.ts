import type { BoundInput, Plan, PlannedStep } from "../model/plan.ts";
import type { RunEvent } from "../model/run-event.ts";
import { mentionsName } from "../plan/mentions-name.ts";
import { listValues } from "./capture-values.ts";
import type { Secret } from "./list-secrets.ts";
import type { RunContext } from "./run-context.ts";
import { whenAborted } from "./when-aborted.ts";

/**
 * Lists the inputs that a command names, with the values that they have now; secrets are among them where
 * the session can have other values of them. No I/O.
 */
export function listInputsOf(
  { inputs }: Plan,
  step: PlannedStep,
  { recorder, session }: Pick<RunContext, "recorder" | "session">,
): readonly BoundInput[] {
  if (step.kind !== "command") return [];
  const values = listValues(recorder.events);
  return inputs
    .filter(({ name, type }) => {
      const canChange = type !== "secret" || session.renewSecrets !== undefined;
      return canChange && mentionsName(step, name);
    })
    .map((input) =>
      input.type === "secret" ? input : { ...input, value: values.get(input.name) },
    );
}

/** What came of an edit: `none` where the person thought better of it, or typed what was there. */
export type InputEdit =
  | { readonly kind: "changed"; readonly secrets: readonly Secret[] }
  | { readonly kind: "none" }
  | { readonly kind: "unavailable" }
  | { readonly kind: "interrupted" };

/**
 * Has the person at the terminal type new values of inputs and puts on record what was changed, by whom;
 * of a secret only that it was. The new values of secrets are given back, for the session.
 */
export async function editInputs(
  { recorder, person, options }: RunContext,
  stepId: string,
  inputs: readonly BoundInput[],
  by: string,
): Promise<InputEdit> {
  const answer = await Promise.race([
    person.editInputs?.({ inputs, changed: listChanged(recorder.events) }, options.interrupted) ??
      ({ answer: "unavailable" } as const),
    whenAborted(options.interrupted),
  ]);
  if (answer === "interrupted") return { kind: answer };
  if (answer.answer === "unavailable") return { kind: answer.answer };
  const typed = inputs.flatMap(({ name, type, value }) => {
    const to = answer.values.get(name);
    return to === undefined || to === value ? [] : [{ name, from: value, to, type }];
  });
  for (const { type, ...change } of typed) {
    const { name } = change;
    const what = type === "secret" ? ({ name, isSecret: true } as const) : change;
    await recorder.record({ type: "input-changed", stepId, ...what, by });
  }
  if (typed.length === 0) return { kind: "none" };
  const secrets = typed.filter(({ type }) => type === "secret");
  return { kind: "changed", secrets: secrets.map(({ name, to }) => ({ name, value: to })) };
}

function listChanged(events: readonly RunEvent[]): ReadonlyMap<string, string> {
  return new Map(
    events.flatMap((event) =>
      event.type === "input-changed" && event.to !== undefined
        ? [[event.name, event.to] as const]
        : [],
    ),
  );
}

import type { BoundInput, Plan, PlannedStep } from "../model/plan.ts";
import type { RunEvent } from "../model/run-event.ts";
import { mentionsName } from "../plan/mentions-name.ts";
import { listValues } from "./capture-values.ts";
import type { RunContext } from "./run-context.ts";
import { whenAborted } from "./when-aborted.ts";

/** Lists the inputs that a command names, with the values that they have now. No I/O. */
export function listInputsOf(
  { inputs }: Plan,
  step: PlannedStep,
  events: readonly RunEvent[],
): readonly BoundInput[] {
  if (step.kind !== "command") return [];
  const values = listValues(events);
  return inputs
    .filter(({ name, type }) => type !== "secret" && mentionsName(step, name))
    .map((input) => ({ ...input, value: values.get(input.name) }));
}

/**
 * Has the person at the terminal type new values of inputs and puts on record what was changed, by whom.
 *
 * `unchanged`: they thought better of it, or typed what was there; `unavailable`: nobody is there any more.
 */
export async function editInputs(
  { recorder, person, options }: RunContext,
  stepId: string,
  inputs: readonly BoundInput[],
  by: string,
): Promise<"changed" | "unchanged" | "unavailable" | "interrupted"> {
  const answer = await Promise.race([
    person.editInputs?.({ inputs, changed: listChanged(recorder.events) }) ??
      ({ answer: "unavailable" } as const),
    whenAborted(options.interrupted),
  ]);
  if (answer === "interrupted") return answer;
  if (answer.answer === "unavailable") return answer.answer;
  const changes = inputs.flatMap(({ name, value }) => {
    const typed = answer.values.get(name);
    return typed === undefined || typed === value ? [] : [{ name, from: value, to: typed }];
  });
  for (const change of changes) {
    await recorder.record({ type: "input-changed", stepId, ...change, by });
  }
  return changes.length === 0 ? "unchanged" : "changed";
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

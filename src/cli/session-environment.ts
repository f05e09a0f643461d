import { currentEnvironment } from "../node/current-environment.ts";
import type { Plan } from "../model/plan.ts";
import type { PreparedPlan } from "./prepare-plan.ts";

/**
 * The operator's own environment and the inputs over it. An input without a value is not there at
 * all: a variable of that name that happens to be set must not stand in for it. Reads `process.env`.
 */
export function sessionEnvironment(
  plan: Plan,
  { given, definitions }: Pick<PreparedPlan, "given" | "definitions">,
): Record<string, string> {
  const environment = currentEnvironment();
  for (const { name, value, source } of plan.inputs) {
    const bound = source === "secret" ? secretValue(name, given, definitions) : value;
    if (bound === undefined) delete environment[name];
    else environment[name] = bound;
  }
  return environment;
}

/** The inputs of a plan that have a value in a run's environment, those that are secret included. No I/O. */
export function inputValues(
  plan: Plan,
  environment: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    plan.inputs.flatMap(({ name }) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function secretValue(
  name: string,
  given: PreparedPlan["given"],
  definitions: PreparedPlan["definitions"],
): string | undefined {
  const fallback = definitions.get(name)?.default;
  return given.get(name) ?? (fallback === undefined ? undefined : String(fallback));
}

import { currentEnvironment } from "../node/current-environment.ts";
import type { Plan } from "../model/plan.ts";
import type { PreparedPlan } from "./prepare-plan.ts";

/** Given values and definitions of inputs, by name. */
export type PreparedInputs = Pick<PreparedPlan, "given" | "definitions">;

/**
 * The operator's own environment and the inputs over it. An input without a value is not there at
 * all: a variable of that name that happens to be set must not stand in for it. Secrets that are yet to
 * be read from their source are not in it. Reads `process.env`.
 */
export function sessionEnvironment(plan: Plan, prepared: PreparedInputs): Record<string, string> {
  const environment = currentEnvironment();
  const values = readInputValues(plan, prepared);
  for (const { name } of plan.inputs) {
    const value = values.get(name);
    if (value === undefined) delete environment[name];
    else environment[name] = value;
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

/** The inputs of a plan that have a value, with it, those of secrets included. No I/O. */
export function readInputValues(
  { inputs }: Plan,
  { given, definitions }: PreparedInputs,
): ReadonlyMap<string, string> {
  return new Map(
    inputs.flatMap(({ name, value, source }): (readonly [string, string])[] => {
      const isSecret = source === "secret" || source === "from";
      const fallback = isSecret ? definitions.get(name)?.default : undefined;
      const bound = isSecret ? (given.get(name) ?? fallback) : value;
      return bound === undefined ? [] : [[name, String(bound)]];
    }),
  );
}

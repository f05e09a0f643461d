import { currentEnvironment } from "../node/current-environment.ts";
import type { Plan } from "../model/plan.ts";
import type { PreparedPlan } from "./prepare-plan.ts";

/**
 * The operator's own environment and the inputs over it. An input without a value is not there at
 * all: a variable of that name that happens to be set must not stand in for it. Secrets that are yet to
 * be read from their source are not in it. Reads `process.env`.
 */
export function sessionEnvironment(
  plan: Plan,
  { given, definitions }: Pick<PreparedPlan, "given" | "definitions">,
): Record<string, string> {
  const environment = currentEnvironment();
  for (const { name, value, source } of plan.inputs) {
    const isSecret = source === "secret" || source === "from";
    const bound = isSecret ? secretValue(name, given, definitions) : value;
    if (bound === undefined) delete environment[name];
    else environment[name] = bound;
  }
  return environment;
}

function secretValue(
  name: string,
  given: PreparedPlan["given"],
  definitions: PreparedPlan["definitions"],
): string | undefined {
  const fallback = definitions.get(name)?.default;
  return given.get(name) ?? (fallback === undefined ? undefined : String(fallback));
}

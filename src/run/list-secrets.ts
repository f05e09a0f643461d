import type { Plan } from "../model/plan.ts";

/** A value that must stand nowhere, and the name by which it may be told. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/**
 * The secrets that a run has in its session's environment: values of inputs of type `secret` and of
 * contract variables that are marked `secret: true`, by name; those that are not set are left out.
 *
 * No I/O.
 */
export function listSecrets(
  { inputs, contracts }: Pick<Plan, "inputs" | "contracts">,
  environment: Readonly<Record<string, string>>,
): readonly Secret[] {
  const names = new Set([
    ...inputs.flatMap(({ name, type }) => (type === "secret" ? [name] : [])),
    ...contracts.flatMap(({ definition: { variables } }) =>
      Object.keys(variables).filter((name) => variables[name]?.secret === true),
    ),
  ]);
  return [...names].flatMap((name) => {
    const value = environment[name] ?? "";
    return value === "" ? [] : [{ name, value }];
  });
}

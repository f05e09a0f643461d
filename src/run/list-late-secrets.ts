import { readSecretFrom } from "../compile/read-secret-from.ts";
import type { Plan, SecretSource } from "../model/plan.ts";

/** A secret that a run reads right before it begins. */
export interface LateSecret {
  readonly name: string;
  readonly source: SecretSource;
}

/**
 * The secrets of a plan that are to be read from their source, by name: those that the session's
 * environment lacks, inputs first. No I/O.
 */
export function listLateSecrets(
  { inputs, contracts }: Pick<Plan, "inputs" | "contracts">,
  environment: Readonly<Record<string, string>>,
): readonly LateSecret[] {
  const late = new Map<string, LateSecret>();
  const add = (name: string, source: SecretSource): void => {
    const isThere = (environment[name] ?? "") !== "";
    if (!isThere && !late.has(name)) late.set(name, { name, source });
  };
  for (const { name, source, from } of inputs) {
    if (from !== undefined && source !== "unset") add(name, from);
  }
  for (const { definition } of contracts) {
    for (const [name, { from }] of Object.entries(definition.variables)) {
      if (from !== undefined) add(name, readSecretFrom(from));
    }
  }
  return [...late.values()];
}

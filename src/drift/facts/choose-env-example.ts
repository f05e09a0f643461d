import type { EnvExample, EnvFacts } from "./env-facts.ts";

/** The example of environment files that a contract can be compared with, or why there is none. */
export type ChosenExample =
  | { readonly kind: "chosen"; readonly example: EnvExample }
  | { readonly kind: "none"; readonly reason: string };

/**
 * Chooses the one example of the repository, if it is about the same service as a contract: at least
 * half of the contract's variables must be in it.
 *
 * No I/O.
 */
export function chooseEnvExample(
  { examples }: EnvFacts,
  variables: readonly string[],
): ChosenExample {
  const [example] = examples;
  if (example === undefined) {
    return { kind: "none", reason: "there is no example of an environment file" };
  }
  if (examples.length > 1) {
    return { kind: "none", reason: "there are several examples of environment files" };
  }
  const listed = new Set(example.variables.map(({ name }) => name));
  const shared = variables.filter((name) => listed.has(name)).length;
  return shared > 1 && shared * 2 >= variables.length
    ? { kind: "chosen", example }
    : { kind: "none", reason: "the example of an environment file is about something else" };
}

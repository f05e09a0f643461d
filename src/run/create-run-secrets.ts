import { createRedactor, type Redactor } from "./create-redactor.ts";
import type { Secret } from "./list-secrets.ts";

/** The secrets of a run, to which others come where a person gives one another value. */
export interface RunSecrets {
  /** All values that were ever known, the later ones last. */
  readonly known: readonly Secret[];
  /** What keeps all values out that were ever known; undefined while there are none. */
  readonly redactor: Redactor | undefined;
  /** From here on these are kept out as well; gives back the names of those that are too short for that. */
  learn(secrets: readonly Secret[]): readonly string[];
}

/** Keeps the secrets of a run in memory, beginning with these. No I/O. */
export function createRunSecrets(secrets: readonly Secret[]): RunSecrets {
  let known = secrets;
  let redactor = createRedactor(known);
  return {
    get known() {
      return known;
    },
    get redactor() {
      return redactor;
    },
    learn: (more) => {
      known = [...known, ...more];
      redactor = createRedactor(known);
      return createRedactor(more)?.shortNames ?? [];
    },
  };
}

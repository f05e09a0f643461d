import { shortestSecret } from "../run/list-secret-forms.ts";

/** Says which secrets are too short to be looked for in what steps print: at most one sentence. No I/O. */
export function describeShortSecrets(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return [
    `Not taken out of what the steps print, because it is shorter than ${shortestSecret} characters: the value of ${names.join(", ")}.`,
  ];
}

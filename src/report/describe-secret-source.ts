import type { SecretSource } from "../model/plan.ts";

/**
 * Names the place from which a secret is read, whole and on one line. No I/O.
 *
 * @example describeSecretSource({ command: "pass show db" }) → "the command `pass show db`"
 */
export function describeSecretSource({ command, file }: SecretSource): string {
  const text = command ?? file;
  const line = text.trim().replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return `the ${command === undefined ? "file" : "command"} \`${line}\``;
}

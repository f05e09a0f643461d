import type { SecretFrom } from "../model/front-matter.ts";
import type { SecretSource } from "../model/plan.ts";

/** Reads what stands in `from` of a secret; a text is a command. No I/O. */
export function readSecretFrom(from: SecretFrom): SecretSource {
  if (typeof from === "string") return { command: from };
  const { command, file = "" } = from;
  return command === undefined ? { file } : { command };
}

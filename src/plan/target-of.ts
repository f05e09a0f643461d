import type { CommandAttributes } from "../model/fence-attributes.ts";
import { localTarget } from "../model/local-target.ts";

/**
 * The target on which a step runs; undefined for one that runs here, or is a person's. No I/O.
 *
 * @example targetOf({ kind: "command", attributes: { on: "web1" } }) → "web1"
 */
export function targetOf(
  step:
    | { readonly kind: "command"; readonly attributes: CommandAttributes }
    | { readonly kind: "manual" | "include" }
    | undefined,
): string | undefined {
  const name = step?.kind === "command" ? step.attributes.on : undefined;
  return name === localTarget ? undefined : name;
}

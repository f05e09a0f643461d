import { localTarget } from "../model/local-target.ts";
import type { TargetDefinition, TargetDefinitions } from "../model/target.ts";
import type { WorldDefinition } from "../model/world.ts";
import { substituteVariables } from "./substitute-variables.ts";

/**
 * What stands in for the targets of a runbook in a world: `local` is a bash of its own that starts where
 * the world's sessions do. A drill has no others, so that it cannot reach what is real.
 *
 * `${NAME}` is replaced from the world's environment; a name that it does not have may be an input. No I/O.
 *
 * @example nameStandIns({ web1: "local" }, {}) → { web1: { exec: ["bash"] } }
 */
export function nameStandIns(
  targets: WorldDefinition["targets"] = {},
  environment: Readonly<Record<string, string>>,
): TargetDefinitions {
  const fill = (text: string): string => substituteVariables(text, environment).text;
  return Object.fromEntries(
    Object.entries(targets).map(([name, target]): [string, TargetDefinition] => {
      if (target === localTarget) return [name, { exec: ["bash", "--norc", "--noprofile"] }];
      return [name, typeof target === "string" ? fill(target) : { exec: target.exec.map(fill) }];
    }),
  );
}

import type { ScriptArgumentClaim } from "../claims/script-option-claims.ts";
import { settlePlace } from "../claims/start-place.ts";
import type {
  KnownScript,
  ScriptOptionsFacts,
  UnknownScript,
} from "../facts/script-options-facts.ts";
import { joinPath } from "../file-tree.ts";
import { readArgumentRoles, type ArgumentRole } from "../facts/script-options.ts";

/** The script that a claim is about, and what it takes each of its arguments for. */
export type CalledScript =
  | { readonly kind: "known"; readonly script: KnownScript; readonly role: ArgumentRole }
  | UnknownScript;

/**
 * Finds the script of a claim in the folders in which it can be started. Reads it through its facts.
 */
export async function findCalledScript(
  { script, start, args, place }: ScriptArgumentClaim,
  facts: ScriptOptionsFacts,
): Promise<CalledScript> {
  const settled = settlePlace(start, facts.tree);
  if (settled.kind === "unknown") return settled;
  const file = settled.folders
    .map((folder) => joinPath(folder, script))
    .find((path) => facts.tree.hasFile(path));
  if (file === undefined) return { kind: "unknown", reason: "the script is not in the repository" };
  const found = await facts.optionsOf(file);
  if (found.kind === "unknown") return found;
  const role = readArgumentRoles(found.options, args)[place] ?? { kind: "other" };
  return { kind: "known", script: found, role };
}

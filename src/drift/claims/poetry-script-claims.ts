import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { collectWithStartPlaces, moveStartPlace, type StartPlace } from "./start-place.ts";
import { walkCall } from "./walk-call.ts";

/** What `poetry run` runs: a script of the project, or a program of a dependency. */
export interface PoetryScriptClaim {
  readonly script: string;
  readonly start: StartPlace;
}

/** Scripts that commands hand to poetry. */
export const poetryScriptClaims: ClaimKind<PoetryScriptClaim> = {
  name: "poetry-script",
  title: "scripts of poetry",
  description: "The word behind `poetry run`.",
  collect: ({ commands }) => collectWithStartPlaces(commands, readScript),
};

const valued = new Set("-C --directory -P --project".split(" "));

function readScript(
  placed: PlacedCommand,
  start: StartPlace,
): readonly FoundClaim<PoetryScriptClaim>[] {
  if (placed.command.name !== "poetry") return [];
  const call = walkCall(placed.command, valued);
  const [verb, script] = call.operands;
  if (verb?.text !== "run" || script?.isLiteral !== true) return [];
  const isName = /^[A-Za-z][\w.:-]*$/.test(script.text);
  // A program's own option can stand nowhere before it.
  if (!isName || call.options.some(({ place }) => place === script.place - 1)) return [];
  const folder = call.valueOf("-C", "--directory", "-P", "--project");
  return [
    {
      value: { script: script.text, start: moveStartPlace(start, folder) },
      span: placed.locate(script.range),
      text: script.text,
      origin: placed.origin,
    },
  ];
}

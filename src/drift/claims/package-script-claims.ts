import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { readPackageScriptCall } from "./package-script-call.ts";
import { collectWithStartPlaces, moveStartPlace, type StartPlace } from "./start-place.ts";

/** A script of a `package.json` that a command runs; see `PackageScriptCall`. */
export interface PackageScriptClaim {
  readonly manager: string;
  readonly script: string;
  readonly start: StartPlace;
  /** A package's name or folder, or `*` for any of the workspace. */
  readonly workspace?: string | undefined;
  readonly canBeProgram: boolean;
}

/** Scripts that commands hand to npm and its like. */
export const packageScriptClaims: ClaimKind<PackageScriptClaim> = {
  name: "package-script",
  title: "scripts of packages",
  description:
    "The script that `npm run`, `npm test`, `pnpm run`, `yarn`, `bun run` or `node --run` runs, in the folder that `cd`, the fence's `dir`, `--prefix`, `--dir` or `--cwd` gives, or in the workspace that an option names. A manager's own commands (`npm ci`, `yarn add`) and `--if-present` are no claims.",
  collect: ({ commands }) => collectWithStartPlaces(commands, readScript),
};

function readScript(
  placed: PlacedCommand,
  start: StartPlace,
): readonly FoundClaim<PackageScriptClaim>[] {
  const call = readPackageScriptCall(placed.command);
  if (call === undefined) return [];
  const { manager, script, folder, workspace, canBeProgram } = call;
  if (typeof workspace === "object" && !workspace.isLiteral) return [];
  const name = typeof workspace === "object" ? workspace.text : workspace && "*";
  return [
    {
      value: {
        manager,
        script: script.text,
        start: moveStartPlace(start, folder),
        workspace: name,
        canBeProgram,
      },
      span: placed.locate(script.range),
      text: script.text,
      origin: placed.origin,
    },
  ];
}

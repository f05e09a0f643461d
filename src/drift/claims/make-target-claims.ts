import { readOptions } from "../../shell/read-options.ts";
import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { collectWithStartPlaces, moveStartPlace, type StartPlace } from "./start-place.ts";

/** A target that `make` is told to make; `file` is what `-f` names. */
export interface MakeTargetClaim {
  readonly target: string;
  readonly start: StartPlace;
  readonly file?: string | undefined;
}

/** Targets that commands hand to make. */
export const makeTargetClaims: ClaimKind<MakeTargetClaim> = {
  name: "make-target",
  title: "targets of make",
  description:
    "Each target that `make` or `gmake` is told to make, in the folder that `cd`, the fence's `dir` or `-C` gives, by the file that `-f` names.",
  collect: ({ commands }) => collectWithStartPlaces(commands, readTargets),
};

/** GNU make's options that always take a value. */
const valued = new Set(
  "-C --directory -f --file --makefile -I --include-dir -o --old-file --assume-old -W --what-if --new-file --assume-new -E --eval".split(
    " ",
  ),
);

function readTargets(
  placed: PlacedCommand,
  start: StartPlace,
): readonly FoundClaim<MakeTargetClaim>[] {
  const { words, isLiteral, ranges, name } = placed.command;
  if (name !== "make" && name !== "gmake") return [];
  const line = readOptions(words, 1, valued, false);
  const literalValue = (...options: readonly string[]): CallValue | undefined => {
    const option = options.find((one) => line.values.has(one));
    if (option === undefined) return undefined;
    const isKnown = isLiteral[line.valuePlaces.get(option) ?? -1] === true;
    return { text: line.values.get(option) ?? "", isLiteral: isKnown };
  };
  const file = literalValue("-f", "--file", "--makefile");
  // A rule that the command itself hands over is in no file.
  if (file?.isLiteral === false || file?.text === "-" || line.values.has("--eval")) return [];
  const moved = moveStartPlace(start, literalValue("-C", "--directory"));
  return line.operandPlaces.flatMap((place) => {
    const target = words[place] ?? "";
    const range = ranges[place];
    if (range === undefined || isLiteral[place] !== true || target.includes("=")) return [];
    if (
      /^\d+$/.test(target) &&
      /^(?:-[a-z]*[jl]|--jobs|--load-average)$/.test(words[place - 1] ?? "")
    )
      return [];
    return [
      {
        value: { target, start: moved, file: file?.text },
        span: placed.locate(range),
        text: target,
        origin: placed.origin,
      },
    ];
  });
}

interface CallValue {
  readonly text: string;
  readonly isLiteral: boolean;
}

import type { ClaimKind, FoundClaim } from "../claim-kind.ts";
import type { PlacedCommand } from "../placed-command.ts";
import { walkCall } from "./walk-call.ts";
import { collectWithStartPlaces, moveStartPlace, type StartPlace } from "./start-place.ts";

/** A recipe that `just` is told to run; `file` is what `--justfile` names. */
export interface JustRecipeClaim {
  readonly recipe: string;
  readonly start: StartPlace;
  readonly file?: string | undefined;
}

/** Recipes that commands hand to just. */
export const justRecipeClaims: ClaimKind<JustRecipeClaim> = {
  name: "just-recipe",
  title: "recipes of just",
  description:
    "The recipe that `just` is told to run; what stands behind it can be its arguments and is not looked at.",
  collect: ({ commands }) => collectWithStartPlaces(commands, readRecipe),
};

const valued = new Set(
  "-f --justfile -d --working-directory --dotenv-path --shell --color".split(" "),
);
const flags = new Set(
  "-n --dry-run -q --quiet -v --verbose --yes --no-deps --unstable --highlight --no-highlight --one --no-dotenv".split(
    " ",
  ),
);

function readRecipe(
  placed: PlacedCommand,
  start: StartPlace,
): readonly FoundClaim<JustRecipeClaim>[] {
  if (placed.command.name !== "just") return [];
  const call = walkCall(placed.command, valued, true);
  // `--list`, `--show`, `--evaluate` run nothing, and of others it is not known.
  if (call.options.some(({ name }) => !flags.has(name) && !valued.has(name))) return [];
  const recipe = call.operands.find(({ text }) => !text.includes("="));
  const file = call.valueOf("-f", "--justfile");
  if (recipe === undefined || !recipe.isLiteral || file?.isLiteral === false) return [];
  const slash = recipe.text.lastIndexOf("/");
  const folder = slash === -1 ? undefined : { ...recipe, text: recipe.text.slice(0, slash) };
  const text = recipe.text.slice(slash + 1);
  if (text === "") return [];
  const range = { ...recipe.range, start: recipe.range.end - text.length };
  return [
    {
      value: { recipe: text, start: moveStartPlace(start, folder), file: file?.text },
      span: placed.locate(range),
      text,
      origin: placed.origin,
    },
  ];
}

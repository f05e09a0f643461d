import { findNearest } from "../../parse/find-nearest.ts";
import { justRecipeClaims, type JustRecipeClaim } from "../claims/just-recipe-claims.ts";
import { settlePlace } from "../claims/start-place.ts";
import type { FactSource } from "../fact-source.ts";
import { joinPath } from "../file-tree.ts";
import { findJustfile, justfileFacts, type JustfileFacts } from "../facts/justfile-facts.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { suggestName } from "./suggest-name.ts";

/** A command runs a recipe that the justfile does not have. */
export const unknownJustRecipe = defineClaimRule<
  JustRecipeClaim,
  { just: FactSource<JustfileFacts> },
  { recipe: string; file: string; nearest: string | undefined; known: readonly string[] }
>({
  code: "just/unknown-recipe",
  severity: "error",
  title: "A recipe that the justfile does not have",
  what: "A command tells `just` to run a recipe that the justfile of the folder, or the nearest one above it, does not have, neither itself nor by an import.",
  why: "The command stops with `Justfile does not contain recipe`: usually the recipe was renamed, and the runbook was not.",
  remedy: "Write the recipe's name as the justfile has it.",
  example: {
    language: "bash",
    wrong: "just deply",
    right: "just deploy",
    file: { path: "justfile", text: "deploy:\n    ./scripts/deploy.sh\n" },
  },
  claims: justRecipeClaims,
  facts: { just: justfileFacts },
  judge({ value: { recipe, start, file } }, { just }) {
    const place = settlePlace(start, just.tree);
    if (place.kind === "unknown") return unjudged(place.reason);
    const candidates = place.folders.flatMap((folder) =>
      file === undefined
        ? (findJustfile(just, folder) ?? [])
        : just.justfiles.filter((one) => one.file === joinPath(folder, file)),
    );
    const [own] = candidates;
    if (own === undefined) return unjudged("there is no justfile where it is started");
    if (candidates.some(({ recipes }) => recipes.some(({ name }) => name === recipe)))
      return agreed;
    const module = recipe.split("::")[0] ?? "";
    if (candidates.some(({ modules }) => modules.includes(module))) {
      return unjudged("it is a recipe of a module");
    }
    if (candidates.some(({ isOpen }) => isOpen)) {
      return unjudged("its justfile imports a file that is not in the repository");
    }
    if (candidates.some(({ hasFallback }) => hasFallback)) {
      return unjudged("a justfile above may have the recipe");
    }
    if (just.justfiles.some(({ recipes }) => recipes.some(({ name }) => name === recipe))) {
      return unjudged("the justfile of another folder has the recipe");
    }
    const known = own.recipes.map(({ name }) => name);
    const nearest = findNearest(recipe, known);
    const near = own.recipes.find(({ name }) => name === nearest);
    const related =
      near === undefined
        ? { path: own.path, text: "the justfile of the folder" }
        : { path: near.path, span: near.span, text: `the recipe \`${near.name}\` is here` };
    return differed({ recipe, file: own.path, nearest, known }, { related: [related] });
  },
  message: ({ recipe, file }) => `\`${file}\` has no recipe \`${recipe}\`.`,
  hint: ({ nearest, known }) => suggestName(nearest, known),
});

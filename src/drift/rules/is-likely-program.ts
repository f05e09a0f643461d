import { countEdits, findNearest } from "../../parse/find-nearest.ts";

/** Shorter names are near to each other by chance. */
const shortestName = 6;

/**
 * True where a name that is no script may be a program of a dependency, which no file of the
 * repository lists: `yarn tsc`.
 *
 * False only where that is all but excluded: the name has a colon as scripts have and programs have
 * not, or is a slip of a script's name and like no dependency. No I/O.
 */
export function isLikelyProgram(
  name: string,
  scripts: readonly string[],
  dependencies: readonly string[],
): boolean {
  if (name.includes(":")) return false;
  if (name.length < shortestName) return true;
  const nearest = findNearest(name, scripts);
  if (nearest === undefined || countEdits(name, nearest) > 2) return true;
  return dependencies.some((dependency) => isLike(name, dependency));
}

/** Programs are called as their package, or as a part of its name: `vue-cli-service`, `nest`. */
function isLike(name: string, dependency: string): boolean {
  const parts = dependency.replace(/^@/, "").split("/");
  return parts.some((part) => part.length > 2 && (name.includes(part) || part.includes(name)));
}

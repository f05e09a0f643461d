import type { WorldCase, WorldDefinition } from "../model/world.ts";

/** Which cases of a world rehearse a target. */
export interface CaseSelection {
  readonly chosen: readonly WorldCase[];
  /** Cases of the same target that were not chosen. */
  readonly others: readonly WorldCase[];
  /** Names that were asked for and that the target does not have. */
  readonly unknown: readonly string[];
}

/**
 * Chooses the cases of a target: those named, or all of them, or the first.
 *
 * `names` are case names; `isAll` takes every case of the target. `isSameTarget` says whether two
 * targets mean the same procedure. No I/O.
 */
export function selectCases(
  world: WorldDefinition,
  target: string,
  names: readonly string[],
  isAll: boolean,
  isSameTarget: (one: string, other: string) => boolean,
): CaseSelection {
  const cases = world.cases.filter((one) => isSameTarget(one.target, target));
  const named = cases.filter((one) => names.includes(one.name));
  const chosen = names.length > 0 ? named : isAll ? cases : cases.slice(0, 1);
  return {
    chosen,
    others: cases.filter((one) => !chosen.includes(one)),
    unknown: names.filter((name) => !cases.some((one) => one.name === name)),
  };
}

import { listSteps } from "../../plan/list-steps.ts";
import type { Plan } from "../../model/plan.ts";

/**
 * Names a plan's steps for a person: by title, and by title and id where several have one title.
 *
 * Titles stand on one line. No I/O.
 *
 * @example Map { "checks" → "Checks (checks)", "checks-2" → "Checks (checks-2)", "push" → "Push" }
 */
export function nameSteps(plan: Plan): ReadonlyMap<string, string> {
  const steps = listSteps(plan);
  const ids = new Map<string, Set<string>>();
  for (const { title, id } of steps) ids.set(title, (ids.get(title) ?? new Set()).add(id));
  return new Map(
    steps.map(({ id, title }) => {
      const line = title.replaceAll(/\s+/gu, " ");
      return [id, (ids.get(title)?.size ?? 1) > 1 ? `${line} (${id})` : line];
    }),
  );
}

/**
 * Counts the outermost sections that all of a plan's steps stand in, such as the document's title:
 * they tell a reader nothing. No I/O.
 */
export function countSharedSections(plan: Plan): number {
  const [first, ...rest] = listSteps(plan).map(({ context }) => context);
  if (first === undefined) return 0;
  const differs = first.findIndex((section, depth) =>
    rest.some((context) => context[depth] !== section),
  );
  return differs === -1 ? first.length : differs;
}

import { findNearest } from "../parse/find-nearest.ts";
import type { FoundRun } from "./find-run.ts";

/**
 * Why a run cannot go back to a step, in lines: what is wrong, and what to do; undefined where it can.
 *
 * It can go back to a step of its main phase that it has come to, where no step is going on and no rollback
 * has begun. No I/O.
 */
export function findWayBackProblem(
  { progress: { run, steps }, summary }: Pick<FoundRun, "progress" | "summary">,
  stepId: string,
): string | undefined {
  if (summary.isRehearsal === true) {
    return `the run ${run} was a drill, which is done from its beginning\nTo do that: opswright drill ${summary.target}`;
  }
  const main = steps.filter(({ phase }) => phase === "main");
  const at = main.findIndex((step) => step.stepId === stepId);
  if (at === -1) {
    const ids = main.map((step) => step.stepId);
    const nearest = findNearest(stepId, ids);
    const hint = nearest === undefined ? `It has: ${ids.join(", ")}` : `Did you mean ${nearest}?`;
    return `the run ${run} has no step ${stepId}\n${hint}`;
  }
  if (steps.some(({ phase }) => phase === "rollback")) {
    return `the run ${run} cannot go back to ${stepId}\nIts rollback has begun. To try again, start a new run.`;
  }
  const open = steps.find(({ outcome }) => outcome === "running" || outcome === "unknown");
  if (open !== undefined) {
    return `the run ${run} cannot go back to ${stepId}\nHow its step ${open.stepId} ends is not known yet. To settle that: opswright resume ${run}`;
  }
  if (main[at]?.outcome === "pending") {
    return `the run ${run} has not come to ${stepId} yet\nTo go on with it: opswright resume ${run}`;
  }
  return undefined;
}

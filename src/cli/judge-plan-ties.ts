import { listSteps } from "../plan/list-steps.ts";
import type { Plan } from "../model/plan.ts";
import type { RuleFinding } from "../model/rule-finding.ts";
import { currentEnvironment } from "../node/current-environment.ts";
import { compiledRunbooks, type Library } from "./read-library.ts";

/** What keeps a plan from being run since a step of it is not what its script is. */
export interface PlanTies {
  readonly findings: readonly RuleFinding[];
  /** The library's texts with those of the scripts, to show the findings in. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Judges those steps of a plan that are tied to scripts. Reads the scripts, and nothing where no step
 * is tied.
 */
export async function judgePlanTies(plan: Plan | undefined, library: Library): Promise<PlanTies> {
  const steps = plan === undefined ? [] : listSteps(plan);
  const isTied = steps.some((step) => step.kind === "command" && step.attributes.script);
  if (plan === undefined || !isTied) return { findings: [], sources: library.sources };
  const { findBrokenTies } = await import("../node/find-broken-ties.ts");
  const { createFileRepository } = await import("../node/file-repository.ts");
  const repository = createFileRepository({
    root: library.root,
    observers: new Set(),
    commands: new Map(),
    environment: currentEnvironment(),
  });
  const runbooks = compiledRunbooks(library).values();
  const { findings, scripts } = await findBrokenTies(plan, runbooks, library.sources, repository);
  return { findings, sources: new Map([...library.sources, ...scripts]) };
}

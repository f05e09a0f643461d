import { listRollback } from "./list-rollback.ts";
import { listSteps } from "../plan/list-steps.ts";
import type { Plan, PlannedCommand, PlannedStep } from "../model/plan.ts";
import type { RunEvent, RunPhase } from "../model/run-event.ts";
import { listInForce } from "./list-in-force.ts";
import { nameScriptKey } from "./name-script-key.ts";

/** A step that was begun in the background and is to run until the run ends. */
export interface Server {
  readonly step: PlannedCommand;
  readonly phase: RunPhase;
  /** Of its script. */
  readonly key: string;
}

/**
 * Lists the background steps of a run that have passed, in the order in which they were begun: those
 * that were not ready, or have failed since, are not among them. No I/O.
 */
export function listServers(plan: Plan, events: readonly RunEvent[]): readonly Server[] {
  // It is asked before each step, and most plans have none.
  if (!listSteps(plan).some(isServer)) return [];
  const steps = { main: plan.steps, rollback: listRollback(plan, events)?.steps ?? [] };
  const attempts = new Map<string, number>();
  const servers = new Map<string, Server>();
  for (const event of listInForce(events)) {
    if (event.type !== "step-started" && event.type !== "step-ended") continue;
    const { phase, stepId } = event;
    const name = `${phase} ${stepId}`;
    if (event.type === "step-started") attempts.set(name, event.attempt);
    servers.delete(name);
    const step = steps[phase].find(({ id }) => id === stepId);
    if (event.type !== "step-ended" || event.outcome !== "passed") continue;
    if (step === undefined || !isServer(step)) continue;
    servers.set(name, { step, phase, key: nameScriptKey(step, phase, attempts.get(name)) });
  }
  return [...servers.values()];
}

function isServer(step: PlannedStep): step is PlannedCommand {
  return step.kind === "command" && step.attributes.background === true;
}

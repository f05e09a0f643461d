import { listRollback } from "./list-rollback.ts";
import { listSteps } from "../plan/list-steps.ts";
import { targetOf } from "../plan/target-of.ts";
import type { Plan, PlannedCommand, PlannedStep } from "../model/plan.ts";
import type { RunEvent, RunPhase } from "../model/run-event.ts";
import { letsGoOn } from "./lets-go-on.ts";
import { listInForce } from "./list-in-force.ts";
import { nameScriptKey } from "./name-script-key.ts";
import type { BackgroundScript, Session } from "./ports.ts";

/** A step that was begun in the background and is to run until the run ends. */
export interface Server {
  readonly step: PlannedCommand;
  readonly phase: RunPhase;
  /** Of its script. */
  readonly key: string;
}

/** What a server does now. */
export function findServer(
  { session }: { readonly session: Session },
  { step, key }: Pick<Server, "step" | "key">,
): BackgroundScript {
  return session.findBackground({ key, interpreter: step.interpreter, target: targetOf(step) });
}

/**
 * Lists the background steps of a run that have passed, in the order in which they were begun: those
 * that were not ready, or have failed since, are not among them. No I/O.
 */
export function listServers(plan: Plan, events: readonly RunEvent[]): readonly Server[] {
  if (!hasServers(plan)) return [];
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

/**
 * Lists those background steps among `steps`, which a run has behind it, that have passed once and are no
 * servers any more: beginning them again was cut off, or they have failed since. One that a person has
 * skipped since, or that may fail, is not among them. No I/O.
 */
export function listLostServers(
  steps: readonly PlannedStep[],
  phase: RunPhase,
  events: readonly RunEvent[],
): readonly Server[] {
  return steps.filter(isServer).flatMap((step): readonly Server[] => {
    const own = listInForce(events).filter(
      (event) =>
        (event.type === "step-started" || event.type === "step-ended") &&
        event.phase === phase &&
        event.stepId === step.id,
    );
    const last = own.at(-1);
    const hasPassed = own.some(
      (event) => event.type === "step-ended" && event.outcome === "passed",
    );
    if (last === undefined || !hasPassed) return [];
    if (last.type === "step-ended" && letsGoOn(step, last.outcome)) return [];
    const attempt = own.findLast((event) => event.type === "step-started")?.attempt;
    return [{ step, phase, key: nameScriptKey(step, phase, attempt) }];
  });
}

/** By plan, since it is asked before and after each step. */
const plansWithServers = new WeakMap<Plan, boolean>();

function hasServers(plan: Plan): boolean {
  const known = plansWithServers.get(plan) ?? listSteps(plan).some(isServer);
  plansWithServers.set(plan, known);
  return known;
}

function isServer(step: PlannedStep): step is PlannedCommand {
  return step.kind === "command" && step.attributes.background === true;
}

import type { PlannedCommand } from "../model/plan.ts";
import type { RunEvent } from "../model/run-event.ts";
import { targetOf } from "../plan/target-of.ts";
import { listNotableEvents } from "./list-notable-events.ts";
import { nameScriptKey } from "./name-script-key.ts";
import type { ScriptRequest } from "./ports.ts";

/**
 * Lists a run's events without what has been gone back behind: the beginnings and ends of steps of the
 * main phase before a later `rewound` to them or to a step before them. No I/O.
 */
export function listInForce(events: readonly RunEvent[]): readonly RunEvent[] {
  if (!hasGoneBack(events)) return events;
  const places = listPlaces(events);
  // To the first step that any later one goes back to.
  let back = Infinity;
  const kept: RunEvent[] = [];
  for (const event of events.toReversed()) {
    if (event.type === "rewound") back = Math.min(back, places.get(event.stepId) ?? Infinity);
    const isStep = event.type === "step-started" || event.type === "step-ended";
    const isBehind =
      isStep && event.phase === "main" && (places.get(event.stepId) ?? -Infinity) >= back;
    if (!isBehind) kept.push(event);
  }
  return kept.toReversed();
}

/**
 * Lists the scripts whose marks on the shell are still to be taken back: those that a run has gone back
 * behind and after which none was begun, in the order in which they were begun. No I/O.
 */
export function listToTakeBack(
  events: readonly RunEvent[],
): readonly Pick<ScriptRequest, "key" | "interpreter" | "target">[] {
  const begun = events.findLastIndex(({ type }) => type === "step-started");
  const from = events.slice(begun + 1).filter((event) => event.type === "rewound");
  const [start] = events;
  if (from.length === 0 || start?.type !== "run-started") return [];
  const places = listPlaces(events);
  const back = Math.min(...from.map(({ stepId }) => places.get(stepId) ?? Infinity));
  const commands = new Map(
    start.plan.steps
      .filter((step): step is PlannedCommand => step.kind === "command")
      .map((step) => [step.id, step] as const),
  );
  return events.flatMap((event) => {
    if (event.type !== "step-started" || event.phase !== "main") return [];
    const step = commands.get(event.stepId);
    if (step === undefined || (places.get(step.id) ?? -Infinity) < back) return [];
    const { interpreter } = step;
    const key = nameScriptKey(step, "main", event.attempt);
    return [{ key, interpreter, target: targetOf(step) }];
  });
}

function hasGoneBack(events: readonly RunEvent[]): boolean {
  return listNotableEvents(events).some(({ type }) => type === "rewound");
}

/** By its id, where each step of the main phase stands. */
function listPlaces([start]: readonly RunEvent[]): ReadonlyMap<string, number> {
  const steps = start?.type === "run-started" ? start.plan.steps : [];
  return new Map(steps.map(({ id }, index) => [id, index]));
}

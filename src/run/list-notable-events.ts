import type { RunEvent } from "../model/run-event.ts";

interface Known {
  /** How many of the events have been looked at. */
  seen: number;
  readonly notable: RunEvent[];
}

const knownOf = new WeakMap<readonly RunEvent[], Known>();

/**
 * Lists those of a run's events that set a value for later steps, or go back behind some: what steps have
 * captured and expected output has bound, changed inputs, `rewound`.
 *
 * Asked several times before each step: only what the list has got since it was last asked is looked at, so
 * it may grow, and must not change in any other way. No I/O.
 */
export function listNotableEvents(events: readonly RunEvent[]): readonly RunEvent[] {
  const known = knownOf.get(events) ?? { seen: 0, notable: [] };
  for (; known.seen < events.length; known.seen += 1) {
    const event = events[known.seen];
    if (event !== undefined && isNotable(event)) known.notable.push(event);
  }
  knownOf.set(events, known);
  return known.notable;
}

function isNotable(event: RunEvent): boolean {
  if (event.type === "step-ended") {
    return event.captured !== undefined || event.matched !== undefined;
  }
  return event.type === "input-changed" || event.type === "rewound";
}

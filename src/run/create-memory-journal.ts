import type { RunEvent, RunEventBody } from "../model/run-event.ts";
import type { Clock, Journal } from "./ports.ts";

/**
 * A journal of a run that nobody goes on with: it gives each event its number and time, and keeps
 * nothing. No I/O.
 */
export function createMemoryJournal(run: string, clock: Pick<Clock, "now">): Journal {
  let seq = 0;
  return {
    run,
    append: (body: RunEventBody): Promise<RunEvent> => {
      seq += 1;
      return Promise.resolve({ seq, time: clock.now().toISOString(), ...body });
    },
    flush: () => {},
  };
}

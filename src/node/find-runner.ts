import type { MachineMoment } from "../model/machine-moment.ts";
import type { RunEvent } from "../model/run-event.ts";

/** The process that has a run. */
export interface Runner {
  readonly host: string;
  readonly pid: number;
  readonly since: string;
  /** By the machine's own count; absent in runs of older versions, and where the system does not tell. */
  readonly machine?: MachineMoment | undefined;
}

/** The process that has run a run last; undefined where the journal has no beginning. No I/O. */
export function findRunner(events: readonly RunEvent[]): Runner | undefined {
  const last = events.findLast(({ type }) => type === "run-started" || type === "run-resumed");
  if (last?.type !== "run-started" && last?.type !== "run-resumed") return undefined;
  return { host: last.host, pid: last.pid, since: last.time, machine: last.machine };
}

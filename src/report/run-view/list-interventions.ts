import { formatDuration } from "../format-duration.ts";
import { describeInputChange, type InputChange } from "./input-changes.ts";

/** A shell with a copy of a run's state; `closedAtMs` is absent where no end of it is on record. */
export interface ShellProgress {
  readonly stepId: string;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly openedAtMs: number;
  closedAtMs: number | undefined;
}

/** What a person did to a run between two attempts of a step, in a sentence; `atMs` since the epoch. */
export interface Intervention {
  readonly stepId: string;
  readonly text: string;
  readonly atMs: number;
}

/**
 * Lists which inputs people changed and which shells they opened, in order of time. No I/O.
 *
 * @example [{ stepId: "push", text: "COLOUR is now green, and was red; by xerxes.", atMs: 1796… }]
 */
export function listInterventions({
  changes,
  shells,
}: {
  readonly changes: readonly InputChange[];
  readonly shells: readonly ShellProgress[];
}): readonly Intervention[] {
  return [
    ...changes.map((change) => ({
      stepId: change.stepId,
      text: describeInputChange(change),
      atMs: change.atMs,
    })),
    ...shells.map(({ stepId, by, openedAtMs, closedAtMs }) => ({
      stepId,
      text: `${by} opened a shell with a copy of the state, ${
        closedAtMs === undefined
          ? "whose end is not on record."
          : `and closed it after ${formatDuration(closedAtMs - openedAtMs)}.`
      }`,
      atMs: openedAtMs,
    })),
  ].toSorted((one, other) => one.atMs - other.atMs);
}

import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import { findNearest } from "../parse/find-nearest.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import type { SelectedStep } from "./expand-steps.ts";

/** Which steps of a target are wanted, by their ids; an empty list names none. */
export interface StepSelection {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

/**
 * Narrows steps to those from `from` to `until` (both included), of these to `only`, less `skip`.
 *
 * An id that names none of the steps gives `unreachable-selection` with the nearest one. No I/O.
 */
export function selectSteps(
  steps: readonly SelectedStep[],
  selection: StepSelection,
): Checked<readonly SelectedStep[]> {
  const ids = steps.map((step) => step.id);
  const named: (readonly [string, string])[] = [
    ...(selection.from === undefined ? [] : [["--from", selection.from] as const]),
    ...(selection.until === undefined ? [] : [["--until", selection.until] as const]),
    ...selection.only.map((id) => ["--only", id] as const),
    ...selection.skip.map((id) => ["--skip", id] as const),
  ];
  const diagnostics: Diagnostic[] = named
    .filter(([, id]) => !ids.includes(id))
    .map(([option, step]) =>
      makeDiagnostic("unreachable-selection", { option, step, nearest: findNearest(step, ids) }),
    );
  const first = selection.from === undefined ? 0 : ids.indexOf(selection.from);
  const last = selection.until === undefined ? steps.length : ids.indexOf(selection.until) + 1;
  const value = steps
    .slice(Math.max(0, first), Math.max(0, last))
    .filter(({ id }) => selection.only.length === 0 || selection.only.includes(id))
    .filter(({ id }) => !selection.skip.includes(id));
  return { value, diagnostics };
}

import type { PlannedStep } from "../model/plan.ts";
import { targetOf } from "../plan/target-of.ts";
import { listChangedSecrets, listSet } from "./capture-values.ts";
import type { RunContext } from "./run-context.ts";
import { SessionError } from "./session-error.ts";

/** Whether a shell can be opened at the person's terminal where a step has failed: on targets none can. No I/O. */
export function canOpenShell({ session, terminal }: RunContext, step: PlannedStep): boolean {
  return terminal !== undefined && session.openCopy !== undefined && targetOf(step) === undefined;
}

/**
 * Opens a shell at the person's terminal with a copy of the state from which a step that failed would be
 * done again, its own directory and environment included, and waits until it is closed. That it was
 * opened and closed, and by whom, is on record; one that cannot be opened is told.
 *
 * `marksOf` is that of the step's failure.
 */
export async function openShell(
  { session, recorder, terminal, clock, options }: RunContext,
  step: PlannedStep,
  marksOf: string | undefined,
  by: string,
): Promise<void> {
  if (terminal === undefined) throw new Error("a shell is opened at a terminal");
  const stepId = step.id;
  const count = recorder.events.filter(({ type }) => type === "shell-opened").length;
  await recorder.record({ type: "shell-opened", stepId, by });
  const startedMs = clock.elapsedMs();
  // The terminal's own Ctrl-C goes to the shell; what reaches this process meanwhile means nothing to it.
  const loan = terminal.lend(() => {});
  let exitCode: number | undefined;
  try {
    exitCode = await session.openCopy?.({
      key: `copy-${count + 1}`,
      terminal: terminal.device,
      withoutMarksOf: marksOf,
      directory: step.kind === "command" ? step.attributes.dir : undefined,
      environment: step.kind === "command" ? step.attributes.env : undefined,
      variables: listSet(recorder.events),
      secretNames: listChangedSecrets(recorder.events),
      signal: options.interrupted,
    });
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    recorder.note({ type: "notice", text: `${error.message} ${error.hint}` });
  } finally {
    loan.release();
  }
  const durationMs = Math.round(clock.elapsedMs() - startedMs);
  await recorder.record({ type: "shell-closed", stepId, by, durationMs, exitCode });
}

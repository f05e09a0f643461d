import type { Plan, PlannedStep } from "../model/plan.ts";
import type { RunPhase } from "../model/run-event.ts";
import { askAfterFailure, canAskAfterFailure } from "./ask-after-failure.ts";
import { listRollback } from "./list-rollback.ts";
import type { FailureQuestion } from "./ports.ts";
import type { RunContext } from "./run-context.ts";
import { retryStep, type FailedEnd, type StepEnd } from "./run-step.ts";

/** A step that has failed, and where. */
export interface FailedStep {
  readonly step: PlannedStep;
  readonly phase: RunPhase;
  readonly end: FailedEnd;
}

/**
 * Has the person at the terminal say what is to become of a step that failed, as often as it fails
 * again; where nobody is asked, its end stays as it is.
 *
 * A retry begins from the state before the step. A step that is skipped keeps what it did to the shell
 * where its script ended well. Throws `SessionError`.
 */
export async function settleFailure(
  plan: Plan,
  context: RunContext,
  { step, phase, end }: FailedStep,
): Promise<StepEnd> {
  if (!canAskAfterFailure(context)) return end;
  const answer = await askAfterFailure(context, describeFailure(plan, context, step, phase, end));
  switch (answer.answer) {
    case "retry": {
      const again = await retryStep(context, step, phase, end.marksOf);
      if (again.kind !== "failed") return again;
      return settleFailure(plan, context, { step, phase, end: again });
    }
    case "skip":
      await context.recorder.record({
        type: "step-ended",
        stepId: step.id,
        phase,
        outcome: "skipped",
        durationMs: 0,
        reason: `${answer.by} skipped it: ${answer.note ?? "without a reason"}`,
      });
      return { kind: "go-on" };
    case "roll-back":
    case "abort":
      return { ...end, chosen: { next: answer.answer, by: answer.by } };
    case "interrupted":
      return { kind: "interrupted", reason: end.reason };
    case "unavailable":
      return end;
  }
}

function describeFailure(
  plan: Plan,
  { recorder, options }: RunContext,
  step: PlannedStep,
  phase: RunPhase,
  { reason }: FailedEnd,
): FailureQuestion {
  const rollback = phase === "main" ? listRollback(plan, recorder.events) : undefined;
  const count = rollback?.steps.length ?? 0;
  const later = `opswright resume ${options.run}`;
  return {
    stepId: step.id,
    title: "How is the run to go on?",
    text: reason,
    choices: [
      { choice: "abort", label: `Stop here, to look; go on later with: ${later}` },
      { choice: "retry", label: "Retry: do the step again, from the state before it" },
      { choice: "skip", label: "Skip it, with a reason, and go on with the next step" },
      ...(rollback === undefined
        ? []
        : [
            {
              choice: "roll-back" as const,
              label: `Roll back: ${rollback.title}, ${count} ${count === 1 ? "step" : "steps"}`,
            },
          ]),
    ],
  };
}

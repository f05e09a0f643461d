import type { Plan, PlannedStep } from "../model/plan.ts";
import type { RunPhase } from "../model/run-event.ts";
import { askAfterFailure, canAskAfterFailure } from "./ask-after-failure.ts";
import { editInputs, listInputsOf } from "./edit-inputs.ts";
import { listRollback } from "./list-rollback.ts";
import { reviveServers } from "./mind-servers.ts";
import { canOpenShell, openShell } from "./open-shell.ts";
import type { FailureQuestion } from "./ports.ts";
import type { RunContext } from "./run-context.ts";
import { renewSecrets } from "./renew-secrets.ts";
import { retryStep, runStep, takeBackMarks, type FailedEnd, type StepEnd } from "./run-step.ts";

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
  failed: FailedStep,
): Promise<StepEnd> {
  const { step, phase, end } = failed;
  if (!canAskAfterFailure(context)) return end;
  if (context.options.interrupted.aborted) return { kind: "interrupted", reason: end.reason };
  const settle = async (again: StepEnd): Promise<StepEnd> =>
    again.kind === "failed" ? settleFailure(plan, context, { step, phase, end: again }) : again;
  const answer = await askAfterFailure(context, describeFailure(plan, context, failed));
  switch (answer.answer) {
    case "retry":
      return settle(await retryStep(context, step, phase, end.marksOf));
    case "edit": {
      const inputs = listInputsOf(plan, step, context);
      const edit = await editInputs(context, step.id, inputs, answer.by);
      if (edit.kind === "interrupted") return { kind: edit.kind, reason: end.reason };
      if (edit.kind === "unavailable") return end;
      if (edit.kind === "none") return settle(end);
      await takeBackMarks(context, step, end.marksOf);
      await renewSecrets(context, edit.secrets);
      // Servers went with the session that had the old values.
      const fallen =
        edit.secrets.length === 0
          ? undefined
          : await keepServers(plan, context, phase, reviveServers);
      // As if it came for the first time: its conditions and what it asks may have other answers now.
      return fallen ?? settle(await runStep(context, step, phase));
    }
    case "shell":
      await openShell(context, step, end.marksOf, answer.by);
      return settle(end);
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
  context: RunContext,
  { step, phase, end }: FailedStep,
): FailureQuestion {
  const { recorder, person, options } = context;
  const inputs = person.editInputs === undefined ? [] : listInputsOf(plan, step, context);
  const rollback = phase === "main" ? listRollback(plan, recorder.events) : undefined;
  const count = rollback?.steps.length ?? 0;
  const later = `opswright resume ${options.run}`;
  return {
    stepId: step.id,
    title: "How is the run to go on?",
    text: end.reason,
    choices: [
      { choice: "abort", label: `Stop here, to look; go on later with: ${later}` },
      { choice: "retry", label: "Retry: do the step again, from the state before it" },
      ...(inputs.length === 0
        ? []
        : [
            {
              choice: "edit" as const,
              label: `Change inputs, then retry: ${inputs.map(({ name }) => name).join(", ")}`,
            },
          ]),
      ...(canOpenShell(context, step)
        ? [
            {
              choice: "shell" as const,
              label: "Open a shell with a copy of the state before it, to look around",
            },
          ]
        : []),
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

/**
 * Looks for servers that are not there until none is, a person deciding of each as of a step that failed;
 * gives back why the run is not to go on. Throws `SessionError`.
 */
export async function keepServers(
  plan: Plan,
  context: RunContext,
  phase: RunPhase,
  findNext: typeof reviveServers,
): Promise<(StepEnd & { readonly step: string }) | undefined> {
  for (;;) {
    const fallen = await findNext(plan, context, phase);
    if (fallen === undefined) return undefined;
    const { step, end } = fallen;
    const settled =
      end.kind === "failed" ? await settleFailure(plan, context, { step, phase, end }) : end;
    if (settled.kind !== "go-on") return { ...settled, step: step.id };
  }
}

import type { RunSummary } from "../model/run-event.ts";
import type { WorldCase } from "../model/world.ts";

/** Whether a rehearsal ended as its case says, and if not, why. */
export interface DrillVerdict {
  readonly isAsExpected: boolean;
  readonly sentence: string;
}

const endings = {
  completed: "completed",
  "rolled-back": "failed and was rolled back",
  failed: "failed",
} as const;

/**
 * Compares how a run ended with what its case expects; the world's own `verify` is not part of it.
 *
 * No I/O.
 */
export function judgeDrill({ expect }: WorldCase, summary: RunSummary): DrillVerdict {
  const wanted = expect?.outcome ?? "completed";
  const failedStep = summary.steps.find(
    (step) => step.phase === "main" && ["failed", "mismatched", "timed-out"].includes(step.outcome),
  );
  if (summary.outcome !== wanted) {
    const at = failedStep === undefined ? "" : ` at the step ${failedStep.stepId}`;
    return {
      isAsExpected: false,
      sentence: `The run ${describe(summary.outcome)}${at}; the case expects that it ${endings[wanted]}.`,
    };
  }
  if (expect?.step !== undefined && failedStep?.stepId !== expect.step) {
    return {
      isAsExpected: false,
      sentence: `The step that failed is ${failedStep?.stepId ?? "none"}; the case expects ${expect.step}.`,
    };
  }
  return { isAsExpected: true, sentence: `The run ${endings[wanted]}, as the case expects.` };
}

function describe(outcome: RunSummary["outcome"]): string {
  switch (outcome) {
    case "completed":
    case "failed":
    case "rolled-back":
      return endings[outcome];
    case "rollback-failed":
      return "failed, and so did its rollback";
    case "refused":
      return "stopped for want of a person's answer";
    case "interrupted":
      return "was interrupted";
    case "running":
    case "died":
      return "did not end";
  }
}

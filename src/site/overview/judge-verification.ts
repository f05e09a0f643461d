import type { CommandStep, Runbook } from "../../model/runbook.ts";
import type { VerificationLedger } from "../../model/verification-ledger.ts";
import { digestStep } from "../../plan/digest-step.ts";
import type { RunbookVerification, StepVerification } from "./project-overview.ts";

/** Says when each command of a runbook passed, by step's id, as far as the ledger knows. No I/O. */
export function judgeSteps(
  runbook: Runbook,
  ledger: VerificationLedger,
): ReadonlyMap<string, StepVerification> {
  const known = ledger.runbooks[runbook.id] ?? {};
  const judged = new Map<string, StepVerification>();
  for (const step of verifiableSteps(runbook)) {
    const entry = Object.hasOwn(known, step.id) ? known[step.id] : undefined;
    if (entry === undefined) continue;
    const { verifiedAt, how, digest } = entry;
    judged.set(step.id, { verifiedAt, how, isCurrent: digest === digestStep(step) });
  }
  return judged;
}

/** Says how much of a runbook was verified, and when last. No I/O. */
export function judgeVerification(
  runbook: Runbook,
  ledger: VerificationLedger,
): RunbookVerification {
  const steps = [...judgeSteps(runbook, ledger).values()];
  const current = steps.filter(({ isCurrent }) => isCurrent);
  const stepCount = verifiableSteps(runbook).length;
  const told = current.length > 0 ? current : steps;
  return {
    state:
      current.length > 0
        ? current.length === stepCount
          ? "whole"
          : "partial"
        : steps.length > 0
          ? "stale"
          : "none",
    verifiedCount: current.length,
    changedCount: steps.length - current.length,
    stepCount,
    verifiedAt: told
      .map(({ verifiedAt }) => verifiedAt)
      .toSorted()
      .at(-1),
    ways: [...new Set(told.map(({ how }) => how))].toSorted(),
  };
}

function verifiableSteps({ steps }: Runbook): readonly CommandStep[] {
  return steps.filter((step): step is CommandStep => step.kind === "command" && step.isRunnable);
}

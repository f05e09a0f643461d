import type { Verification, VerificationLedger } from "../model/verification-ledger.ts";

/** A step that was run and passed, by the ids of its runbook and itself. */
export interface VerifiedStep {
  readonly runbook: string;
  readonly stepId: string;
  readonly verification: Verification;
}

/** The ledger of a project in which nothing was ever run. */
export const emptyLedger: VerificationLedger = { schemaVersion: 1, runbooks: {} };

/**
 * Enters what was verified: of each step the latest stays, everything else is kept as it is.
 *
 * `stepIds` are the ids of the steps that each runbook has now: entries of others are dropped, but
 * only of runbooks for which something is entered. No I/O.
 */
export function mergeLedger(
  ledger: VerificationLedger,
  verified: readonly VerifiedStep[],
  stepIds: ReadonlyMap<string, ReadonlySet<string>>,
): VerificationLedger {
  const runbooks = new Map(
    Object.entries(ledger.runbooks).map(([id, steps]) => [id, new Map(Object.entries(steps))]),
  );
  for (const { runbook, stepId, verification } of verified) {
    const steps = runbooks.get(runbook) ?? new Map<string, Verification>();
    runbooks.set(runbook, steps.set(stepId, verification));
  }
  for (const id of new Set(verified.map(({ runbook }) => runbook))) {
    const known = stepIds.get(id);
    const steps = runbooks.get(id);
    for (const stepId of steps?.keys() ?? []) {
      if (known?.has(stepId) === false) steps?.delete(stepId);
    }
  }
  return {
    schemaVersion: 1,
    runbooks: sorted([...runbooks].map(([id, steps]) => [id, sorted([...steps])])),
  };
}

/**
 * The text of a ledger: keys in order, one value a line, so that a difference shows what was
 * verified and nothing else; formatters of JSON leave it as it is. No I/O.
 */
export function renderLedger({ runbooks }: VerificationLedger): string {
  const entries = Object.entries(runbooks).map(
    ([id, steps]) =>
      [id, sorted(Object.entries(steps).map(([step, one]) => [step, inOrder(one)]))] as const,
  );
  return `${JSON.stringify({ schemaVersion: 1, runbooks: sorted(entries) }, undefined, 2)}\n`;
}

function inOrder({ digest, verifiedAt, how, target, tools }: Verification): Verification {
  return {
    digest,
    verifiedAt,
    how,
    target,
    ...(tools === undefined ? {} : { tools: sorted(Object.entries(tools)) }),
  };
}

function sorted<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

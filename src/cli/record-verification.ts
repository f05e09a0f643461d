import path from "node:path";
import type { Plan, PlannedCommand } from "../model/plan.ts";
import type { RunSummary } from "../model/run-event.ts";
import { ledgerFileName } from "../model/verification-ledger.ts";
import { digestStep } from "../plan/digest-step.ts";
import type { VerifiedStep } from "../plan/merge-ledger.ts";
import { partName } from "../compile/part-name.ts";
import { countNoun } from "../report/count-noun.ts";
import { compiledRunbooks, type Library } from "./read-library.ts";

/** A run whose steps are to be entered. */
export interface VerifyingRun {
  readonly plan: Plan;
  readonly summary: RunSummary;
  /** `live` or `world:NAME`. */
  readonly how: string;
  /** Where its tools are, and where it started. */
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
}

/** What came of it, as a sentence; `isWritten` is false where the ledger could not be. */
export interface RecordedVerification {
  readonly isWritten: boolean;
  readonly sentence: string;
}

/**
 * Enters the commands of a run that passed into the ledger of verifications.
 *
 * What people did is left out: an answer proves that somebody answered. Starts the tools that the
 * runbooks declare, to learn their versions; writes the ledger.
 */
export async function recordVerification(
  run: VerifyingRun,
  library: Library,
): Promise<RecordedVerification> {
  const { plan, environment, directory } = run;
  const { readToolVersions } = await import("../node/probe-tools.ts");
  const { LedgerError, writeLedger } = await import("../node/write-ledger.ts");
  const passed = listPassed(run);
  // Of a program that no runbook speaks of, nobody knows what it does with `--version`.
  const declared = plan.tools.filter(({ definition }) => Object.keys(definition).length > 0);
  const versions = await readToolVersions(declared, environment, directory);
  const verified = passed.map((step) => describeStep(step, versions, run, library));
  const { root, configuration } = library;
  const folder = path.resolve(root, configuration.runbooks);
  const stepIds = new Map(
    [...compiledRunbooks(library)].map(([id, { steps }]) => [
      id,
      new Set(steps.map((step) => step.id)),
    ]),
  );
  try {
    await writeLedger(folder, verified, stepIds);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { isWritten: false, sentence: error.message };
  }
  const file = path.relative(root, path.join(folder, ledgerFileName));
  return {
    isWritten: true,
    sentence: `Entered ${countNoun(verified.length, "verified step")} into ${file}.`,
  };
}

function listPassed({ plan, summary }: VerifyingRun): readonly PlannedCommand[] {
  const byPhase = {
    main: plan.steps,
    rollback: [...(plan.undo ?? []), ...(plan.onFailure?.steps ?? [])],
  };
  return summary.steps.flatMap(({ stepId, phase, outcome }) => {
    const step = byPhase[phase].find(({ id }) => id === stepId);
    return outcome === "passed" && step?.kind === "command" ? [step] : [];
  });
}

function describeStep(
  step: PlannedCommand,
  versions: ReadonlyMap<string, string>,
  { plan, summary, how }: VerifyingRun,
  library: Library,
): VerifiedStep {
  const tools = step.tools.flatMap((name) => {
    const version = versions.get(name);
    return version === undefined ? [] : [[name, version] as const];
  });
  const runbook = library.runbooks.get(plan.runbook)?.value;
  const endedAt = Date.parse(summary.startedAt) + (summary.durationMs ?? 0);
  return {
    runbook: step.runbook,
    // Where an include brought it, the ids of the includes stand in front of its own.
    stepId: step.id.split("/").at(-1) ?? step.id,
    verification: {
      digest: digestStep(step),
      verifiedAt: new Date(endedAt).toISOString().replace(/\.\d+Z$/, "Z"),
      how,
      target:
        runbook === undefined || plan.procedure === undefined
          ? plan.target
          : partName(runbook, plan.procedure),
      ...(tools.length === 0 ? {} : { tools: Object.fromEntries(tools) }),
    },
  };
}

import { ledgerFileName, type Verification } from "../model/verification-ledger.ts";
import type { CommandStep, Runbook } from "../model/runbook.ts";
import { ledgerFacts, type LedgerFacts, type PlacedLedger } from "./facts/ledger-facts.ts";
import { joinPath } from "./file-tree.ts";
import type { DriftProject } from "./rule.ts";

/** The project's own ledger of verifications, with what it says of some runbook. */
export interface ProjectLedger extends PlacedLedger {
  readonly facts: LedgerFacts;
  /** Undefined where nothing of the runbook was ever verified. */
  of(runbook: Runbook): ReadonlyMap<string, Verification> | undefined;
}

/** Finds the ledger in the project's folder of runbooks; undefined where there is none. */
export async function findLedger(project: DriftProject): Promise<ProjectLedger | undefined> {
  const facts = await project.factsOf(ledgerFacts);
  const path = joinPath(project.folders.runbooks, ledgerFileName);
  const ledger = facts.ledgers.find((one) => one.path === path);
  if (ledger === undefined) return undefined;
  return { ...ledger, facts, of: ({ id }) => ledger.runbooks.get(id) };
}

/** The commands of a runbook that a run can verify, in document order. No I/O. */
export function verifiableSteps({ steps }: Runbook): readonly CommandStep[] {
  return steps.filter((step): step is CommandStep => step.kind === "command" && step.isRunnable);
}

/**
 * When and how something was verified, as the end of a sentence. No I/O.
 *
 * @example "on 2026-02-03 in the world `unioncore`"
 */
export function describeVerification({ verifiedAt, how }: Verification): string {
  const day = `on ${verifiedAt.slice(0, 10)}`;
  if (how.startsWith("world:")) return `${day} in the world \`${how.slice("world:".length)}\``;
  return how === "live" ? `${day} by a run` : `${day} by a replay`;
}

/** The command that verifies again what was verified. No I/O. */
export function describeRepetition({ how, target }: Verification): string {
  return how === "live"
    ? `Run it again: \`opswright run ${target} --ledger\`.`
    : `Rehearse it again: \`opswright drill ${target}\`.`;
}

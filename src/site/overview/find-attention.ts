import { countNoun } from "../../report/count-noun.ts";
import { describeOutcome } from "./describe-run.ts";
import { judgeOutcome, procedureOfRun, runbookOfRun } from "./judge-runs.ts";
import type { ProjectOverview, RunbookCard } from "./project-overview.ts";

/** Why a runbook should be looked at. */
export interface AttentionReason {
  readonly kind:
    | "unreadable"
    | "errors"
    | "failed-run"
    | "stale"
    | "overdue"
    | "warnings"
    | "never";
  readonly tone: "bad" | "part" | "plain";
  /** What is the matter, in a few words: `Its last run failed`. */
  readonly words: string;
  /** What more there is to say: `at 2026-11-26 14:11 UTC: Step push failed: Exit code 1.` */
  readonly detail: string;
  /** The run that tells it, where one does. */
  readonly run?: string | undefined;
}

/** A runbook that should be looked at, with all that is the matter with it, the gravest first. */
export interface Attention {
  readonly card: RunbookCard;
  readonly reasons: readonly AttentionReason[];
}

/** What a project's first page asks its readers to see to. */
export interface ProjectAttention {
  /** The gravest first. */
  readonly items: readonly Attention[];
  /** Runbooks about which nothing is to be said but that no run of them is known to have passed. */
  readonly neverVerified: readonly RunbookCard[];
}

const weights: Readonly<Record<AttentionReason["kind"], number>> = {
  unreadable: 64,
  errors: 32,
  "failed-run": 16,
  stale: 8,
  overdue: 4,
  warnings: 2,
  never: 1,
};

/**
 * Finds the runbooks that somebody should look at, and says why.
 *
 * What is deprecated is only told where it cannot be read: nobody mends it otherwise. A runbook of
 * which nothing is to be said but that it was never verified is listed apart; where the project has
 * verified nothing at all, that is no news of any runbook. No I/O.
 */
export function findAttention(overview: ProjectOverview): ProjectAttention {
  const lastRuns = findLastRuns(overview.runs);
  const items: Attention[] = [];
  const neverVerified: RunbookCard[] = [];
  const hasVerified = overview.cards.some(({ verification }) => verification.state !== "none");
  for (const card of overview.cards) {
    const reasons = listReasons(card, lastRuns.get(card.id) ?? []);
    if (reasons.length === 0) continue;
    const news = reasons.filter(({ kind }) => kind !== "never");
    if (news.length === 0) neverVerified.push(card);
    else items.push({ card, reasons: hasVerified ? reasons : news });
  }
  return {
    items: items.toSorted((one, other) => weigh(other) - weigh(one)),
    neverVerified,
  };
}

/** By the ids of runbooks, the last run of each of their targets, the latest first. */
function findLastRuns(runs: ProjectOverview["runs"]): ReadonlyMap<string, ProjectOverview["runs"]> {
  const lastRuns = new Map<string, ProjectOverview["runs"]>();
  for (const run of runs) {
    const id = runbookOfRun(run);
    const others = lastRuns.get(id) ?? [];
    // Refused and interrupted runs say nothing of the runbook, and a drill may be meant to fail.
    if (judgeOutcome(run.outcome) === "open" || run.isRehearsal) continue;
    // A way back that went well does not undo that the way there failed.
    if (others.some(({ target }) => target === run.target)) continue;
    lastRuns.set(id, [...others, run]);
  }
  return lastRuns;
}

function weigh({ card, reasons }: Attention): number {
  const own = reasons.reduce((sum, { kind }) => sum + weights[kind], 0);
  // Among equals, what is used in the gravest incidents comes first.
  return own * 10 + (6 - Number(card.frontMatter.severity?.slice(3) ?? 6));
}

function listReasons(
  card: RunbookCard,
  lastRuns: ProjectOverview["runs"],
): readonly AttentionReason[] {
  const { verification, freshness, errorCount, warningCount, frontMatter } = card;
  if (!card.isReadable) {
    return [
      {
        kind: "unreadable",
        tone: "bad",
        words: "Cannot be read",
        detail: countNoun(errorCount, "error"),
      },
    ];
  }
  if (frontMatter.status === "deprecated") return [];
  const reasons: AttentionReason[] = [];
  if (errorCount > 0) {
    const words = countNoun(errorCount, "error");
    reasons.push({ kind: "errors", tone: "bad", words, detail: "found by the check" });
  }
  for (const lastRun of lastRuns.filter(({ outcome }) => judgeOutcome(outcome) === "bad")) {
    const procedure = procedureOfRun(lastRun);
    reasons.push({
      kind: "failed-run",
      tone: "bad",
      words: `Its last run ${describeOutcome(lastRun.outcome).told}`,
      detail: [procedure && `in ${procedure}`, findReason(lastRun)].filter(Boolean).join(", "),
      run: lastRun.run,
    });
  }
  if (verification.changedCount > 0) {
    reasons.push({
      kind: "stale",
      tone: "bad",
      words: "Changed since verified",
      detail: `${countNoun(verification.changedCount, "command")} of ${verification.stepCount}`,
    });
  }
  if (freshness.isOverdue) {
    reasons.push({
      kind: "overdue",
      tone: "part",
      words: "Review overdue",
      detail: `since ${freshness.due}`,
    });
  }
  if (warningCount > 0) {
    const words = countNoun(warningCount, "warning");
    reasons.push({ kind: "warnings", tone: "part", words, detail: "found by the check" });
  }
  if (verification.state === "none" && verification.stepCount > 0) {
    reasons.push({ kind: "never", tone: "plain", words: "Never verified", detail: "" });
  }
  return reasons;
}

function findReason({ steps }: ProjectOverview["runs"][number]): string {
  const step = steps.find(({ outcome }) => ["failed", "mismatched", "timed-out"].includes(outcome));
  return step === undefined ? "" : `at “${step.title}”`;
}

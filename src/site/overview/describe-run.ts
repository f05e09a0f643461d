import type { RunSummary, StepSummary } from "../../model/run-event.ts";
import { formatDuration } from "../../report/format-duration.ts";
import type { RunEstimate } from "./estimate-run.ts";

/** A word for how something ended, and how loud it is. */
export interface OutcomeWords {
  readonly tone: "good" | "bad" | "part" | "plain";
  /** As a label: `completed`. */
  readonly label: string;
  /** As the end of a sentence that begins with "Its last run": `failed and was rolled back`. */
  readonly told: string;
}

const runWords: Readonly<Record<RunSummary["outcome"], OutcomeWords>> = {
  completed: { tone: "good", label: "completed", told: "was completed" },
  failed: { tone: "bad", label: "failed", told: "failed" },
  "rolled-back": { tone: "bad", label: "rolled back", told: "failed and was rolled back" },
  "rollback-failed": {
    tone: "bad",
    label: "rollback failed",
    told: "failed, and so did its rollback",
  },
  refused: { tone: "plain", label: "refused", told: "was refused" },
  interrupted: { tone: "plain", label: "interrupted", told: "was interrupted" },
  running: { tone: "plain", label: "running", told: "goes on" },
  died: { tone: "bad", label: "died", told: "died without an end" },
};

const stepWords: Readonly<Record<StepSummary["outcome"], OutcomeWords>> = {
  passed: { tone: "good", label: "passed", told: "passed" },
  failed: { tone: "bad", label: "failed", told: "failed" },
  mismatched: { tone: "bad", label: "output differs", told: "printed something else" },
  "timed-out": { tone: "bad", label: "timed out", told: "took too long" },
  skipped: { tone: "plain", label: "skipped", told: "was skipped" },
  cancelled: { tone: "part", label: "cancelled", told: "was cancelled" },
  unknown: { tone: "part", label: "unknown", told: "has no known end" },
  pending: { tone: "plain", label: "not run", told: "was not run" },
  running: { tone: "plain", label: "running", told: "goes on" },
};

/** Says how a run ended. No I/O. */
export function describeOutcome(outcome: RunSummary["outcome"]): OutcomeWords {
  return runWords[outcome];
}

/** Says how a step of a run ended. No I/O. */
export function describeStepOutcome(outcome: StepSummary["outcome"]): OutcomeWords {
  return stepWords[outcome];
}

/** A moment as people read it: `2026-11-26 14:11 UTC`. What is no moment stays as it is. No I/O. */
export function describeMoment(time: string): string {
  const [, day, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})/.exec(time) ?? [];
  return day === undefined ? time : `${day} ${minute} UTC`;
}

const units: Readonly<Record<string, string>> = { m: "min", d: "days" };

/**
 * Says how long something took as the rest of the site does; empty where it is not known. No I/O.
 *
 * @example describeDuration(61_000) → "1 min 1 s"; describeDuration(12) → "12 ms"
 */
export function describeDuration(durationMs: number | undefined): string {
  if (durationMs === undefined) return "";
  return formatDuration(durationMs).replaceAll(
    /(\d)([a-z]+)/g,
    (_all, digit: string, unit: string) => `${digit} ${units[unit] ?? unit}`,
  );
}

/**
 * Says how a duration compares to what the runbook's author expects; empty where that is not known.
 * No I/O.
 *
 * @example compareToEstimate(1_200_000, { fromMs: 300_000, toMs: 900_000 }) → "5 min longer than estimated"
 */
export function compareToEstimate(
  durationMs: number | undefined,
  estimate: RunEstimate | undefined,
): string {
  if (durationMs === undefined || estimate === undefined) return "";
  if (durationMs > estimate.toMs) {
    return `${describeDuration(durationMs - estimate.toMs)} longer than estimated`;
  }
  return durationMs < estimate.fromMs ? "faster than estimated" : "as estimated";
}

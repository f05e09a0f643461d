import type { JournalVerdict } from "../../model/journal-verdict.ts";
import type { RunEvent, RunPhase, RunSummary } from "../../model/run-event.ts";
import { describeJournalFault } from "../render-journal-verdict.ts";
import { stringifyHarmless } from "../stringify-harmless.ts";

/** What a step printed on one stream, or the end of it. */
export interface ExportedOutput {
  readonly stepId: string;
  readonly phase: RunPhase;
  readonly stream: "stdout" | "stderr";
  readonly bytes: number;
  readonly text: string;
  readonly isCut: boolean;
}

/** Everything of a run that goes into its export. */
export interface ExportedRun {
  /** Opswright's, by which the export was made. */
  readonly version: string;
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  readonly verdict: JournalVerdict;
  readonly outputs: readonly ExportedOutput[];
  /** How much of a stream there is at most. */
  readonly outputLimitBytes: number;
}

/**
 * Writes a run as one JSON document: how it ended, whether its record was changed, its plan, its events
 * and what its steps printed.
 *
 * The plan stands once, and not in the first event as well. Characters that act on a terminal are
 * escaped. No I/O.
 */
export function runToExport(exported: ExportedRun): string {
  const { version, summary, events, verdict, outputs, outputLimitBytes } = exported;
  const { run, target, title, outcome, startedAt, user } = summary;
  const [start] = events;
  const { fault, eventCount, lastHash = null } = verdict;
  const document = {
    schemaVersion: 1,
    opswright: version,
    run,
    target,
    title,
    outcome,
    exitCode: summary.exitCode ?? null,
    startedAt,
    durationMs: summary.durationMs ?? null,
    user,
    journal: {
      eventCount,
      isIntact: fault === undefined,
      fault: fault === undefined ? null : describeJournalFault(fault),
      lastHash,
    },
    plan: start?.type === "run-started" ? start.plan : null,
    events: events.map((event) =>
      event.type === "run-started" ? { ...event, plan: undefined } : event,
    ),
    outputLimitBytes,
    outputs,
  };
  return `${stringifyHarmless(document, 2)}\n`;
}

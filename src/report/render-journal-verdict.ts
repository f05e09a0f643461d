import type { JournalFault, JournalVerdict } from "../model/journal-verdict.ts";
import type { RunSummary } from "../model/run-event.ts";
import { countNoun } from "./count-noun.ts";
import { escapeToLine } from "./sanitise-terminal-text.ts";
import { wrapWithIndent } from "./text-layout.ts";
import type { TextStyle } from "./text-style.ts";

/** A run whose journal was judged. */
export interface VerifiedRun {
  readonly run: string;
  /** The journal, as it is to be shown. */
  readonly file: string;
  /** Whether a run without an end is still going on; undefined where the journal cannot tell. */
  readonly outcome: RunSummary["outcome"] | undefined;
  readonly verdict: JournalVerdict;
}

/** Says whether a journal is as it was written, what is wrong with it, and what that leaves open. No I/O. */
export function renderJournalVerdict(
  { run, file, outcome, verdict }: VerifiedRun,
  { colors, columns }: TextStyle,
): string {
  const { eventCount, fault, tornLine, hasEnd } = verdict;
  const explain = (text: string) => wrapWithIndent("  ", text, columns);
  const lines = [`Run ${escapeToLine(run)}: ${countNoun(eventCount, "event")}.`];
  if (fault === undefined) {
    lines.push(colors.green("✓ None was altered, dropped or reordered."));
  } else {
    lines.push(
      ...wrapWithIndent("✗ ", describeJournalFault(fault), columns).map(colors.red),
      `  File: ${escapeToLine(file)}`,
      ...explain(
        fault.kind === "no-hash" && fault.isEveryLine
          ? "Whether it was changed cannot be told."
          : "Trust nothing of it from there on: compare it with a copy, or look at what the run did.",
      ),
    );
    return `${lines.join("\n")}\n`;
  }
  if (tornLine !== undefined) {
    const why = outcome === "running" ? "it is being written" : "the runner died while it wrote it";
    lines.push(...explain(`Line ${tornLine} is not whole: ${why}.`));
  }
  if (!hasEnd) {
    const why =
      outcome === "running" ? "it is still going on" : "its runner died, or it was cut off";
    lines.push(
      ...explain(`The run has no end: ${why}. Lines that are missing there cannot be seen.`),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** Says in one sentence what is wrong with a line of a journal. No I/O. */
export function describeJournalFault(fault: JournalFault): string {
  const line = `Line ${fault.line}`;
  switch (fault.kind) {
    case "altered":
      return fault.line === 1
        ? `${line} was altered.`
        : `${line} was altered, or one before it together with its hash.`;
    case "missing":
      return fault.firstSeq === fault.lastSeq
        ? `Before line ${fault.line} the event ${fault.firstSeq} is missing.`
        : `Before line ${fault.line} the events ${fault.firstSeq} to ${fault.lastSeq} are missing.`;
    case "reordered":
      return `${line} is event ${fault.seq}, where event ${fault.expectedSeq} should be.`;
    case "no-hash":
      return fault.isEveryLine
        ? "No line has a hash: an Opswright that knew of none wrote it, or they were taken out."
        : `${line} has no hash: it was not written as the lines with one were.`;
    case "torn":
      return `${line} is not whole, although the run had ended before it.`;
    default:
      return fault satisfies never;
  }
}

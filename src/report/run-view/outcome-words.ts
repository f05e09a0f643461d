import { formatDuration } from "../format-duration.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import type { Colors } from "../text-style.ts";
import type { StepProgress } from "./run-progress.ts";

/** The sign, the word and the colour of each outcome of a step. */
const outcomes = {
  pending: { sign: "·", word: "not run", color: "dim" },
  running: { sign: "▸", word: "running", color: "cyan" },
  passed: { sign: "✓", word: "passed", color: "green" },
  failed: { sign: "✗", word: "failed", color: "red" },
  mismatched: { sign: "✗", word: "differs", color: "red" },
  "timed-out": { sign: "✗", word: "timed out", color: "red" },
  skipped: { sign: "–", word: "skipped", color: "yellow" },
  cancelled: { sign: "■", word: "cancelled", color: "yellow" },
  unknown: { sign: "?", word: "unknown", color: "magenta" },
} as const satisfies Record<
  StepProgress["outcome"],
  { readonly sign: string; readonly word: string; readonly color: keyof Colors }
>;

/** An outcome in a table: `✗ failed`, and how it is painted. No I/O. */
export function labelOutcome(
  outcome: StepProgress["outcome"],
  colors: Colors,
): { readonly text: string; readonly paint: (text: string) => string } {
  const { sign, word, color } = outcomes[outcome];
  return { text: `${sign} ${word}`, paint: colors[color] };
}

/**
 * Says on one line how a step ended.
 *
 * No I/O.
 *
 * @example "✓ 1.2s"; "✗ exit 1 after 3.4s"; "✗ timed out after 30.0s"; "– skipped: METHOD is manual"
 */
export function renderOutcomeLine(step: StepProgress, colors: Colors): string {
  const { sign, color } = outcomes[step.outcome];
  return colors[color](`${sign} ${describeOutcome(step)}`);
}

/** Says in a few words why a step ended as it did: `exit 1`, `output differs`. No I/O. */
export function nameFailure(step: {
  readonly outcome: StepProgress["outcome"];
  readonly exitCode?: number | undefined;
}): string {
  if (step.outcome === "failed" && step.exitCode !== undefined && step.exitCode !== 0) {
    return `exit ${step.exitCode}`;
  }
  if (step.outcome === "mismatched") {
    return step.exitCode !== undefined && step.exitCode !== 0
      ? `output differs, exit ${step.exitCode}`
      : "output differs";
  }
  return outcomes[step.outcome].word;
}

function describeOutcome(step: StepProgress): string {
  const time = step.durationMs === undefined ? "" : formatDuration(step.durationMs);
  const attempts = step.attempts > 1 ? ` at attempt ${step.attempts}` : "";
  if (step.outcome === "passed") {
    const done = step.planned?.kind === "manual" ? "done" : "";
    return [done, time].filter((word) => word !== "").join(", ") + attempts;
  }
  if (step.outcome === "skipped") {
    return step.reason === undefined
      ? "skipped"
      : `skipped: ${escapeControlCharacters(step.reason)}`;
  }
  return `${nameFailure(step)}${time === "" ? "" : ` after ${time}`}${attempts}`;
}

import { matchOutput, type MatchOptions } from "../match/match-output.ts";
import type { KnownNames, MatchResult } from "../model/expectation.ts";
import type { PlannedCommand } from "../model/plan.ts";
import type { StepOutcome } from "../model/run-event.ts";
import { captureValues } from "./capture-values.ts";
import { describeDuration } from "./describe-duration.ts";
import type { ScriptResult } from "./ports.ts";

/** What became of a step, and why. */
export interface Judgement {
  readonly outcome: StepOutcome;
  readonly reason?: string | undefined;
  readonly signal?: string | undefined;
  readonly difference?: string | undefined;
  readonly captured?: Readonly<Record<string, string>> | undefined;
  /** Names that the output has given values to, as the expectation's `[..name..]` asks for. */
  readonly matched?: KnownNames | undefined;
}

/** What a judgement knows beside the step and its result. */
export type JudgementOptions = Pick<MatchOptions, "known" | "directory">;

/** So much of an output is searched for what is to be captured. */
const mostCapturedBytes = 16 * 1024 * 1024;

/**
 * The outcome of a command's script: its exit code first, then its output against the expectation;
 * a difference of outputs is shown in either case.
 *
 * Reads the output through `openOutput` and `readOutput`, in bounded memory.
 */
export async function judgeScript(
  step: PlannedCommand,
  result: ScriptResult,
  options: JudgementOptions = {},
): Promise<Judgement> {
  const ended = judgeEnd(step, result);
  if (result.ended !== "exited") return ended;
  const match = await matchExpectation(step, result, options);
  if (match === undefined || match.isMatch) {
    if (ended.outcome !== "passed") return ended;
    const bound = match?.bound ?? {};
    const passed = Object.keys(bound).length === 0 ? ended : { ...ended, matched: bound };
    return captureFrom(step, result, passed);
  }
  const { difference } = match;
  if (ended.outcome !== "passed") return { ...ended, difference };
  if (result.isOutputPartial === true) {
    return {
      outcome: "unknown",
      reason: `Exit code ${result.exitCode} is right, but its session was ended, and some of its output may be lost.`,
      difference,
    };
  }
  return {
    outcome: "mismatched",
    reason: `Exit code ${result.exitCode} is right, but the output is not what the runbook expects.`,
    difference,
  };
}

/** What was promised to later steps and is not there fails the step: they would go on without it. */
async function captureFrom(
  step: PlannedCommand,
  result: ScriptResult,
  passed: Judgement,
): Promise<Judgement> {
  const rules = step.attributes.capture;
  if (rules === undefined) return passed;
  const bytes = await result.readOutput("stdout", mostCapturedBytes);
  const capture = await captureValues(rules, new TextDecoder().decode(bytes));
  if ("values" in capture) return { ...passed, captured: capture.values };
  return { outcome: "failed", reason: capture.reason };
}

function judgeEnd(step: PlannedCommand, result: ScriptResult): Judgement {
  switch (result.ended) {
    case "timed-out":
      return {
        outcome: "timed-out",
        reason: `It did not end within ${describeDuration(step.timeoutMs ?? 0)} and was ended.`,
      };
    case "cancelled":
      return { outcome: "cancelled", reason: "It was cancelled and ended." };
    case "not-started":
      return {
        outcome: "failed",
        reason:
          result.reason ?? "Its directory or environment could not be set, so nothing of it ran.",
      };
    case "lost":
      return {
        outcome: "unknown",
        reason:
          result.reason ??
          "It disabled the shell that ran it, so how it ended is not known. Look at what it did before you go on.",
      };
    case "exited":
      return judgeExitCode(step, result.exitCode);
  }
}

/** Whether a step may end with this exit code; what it did to the shell then stays. No I/O. */
export function acceptsExitCode(step: PlannedCommand, exitCode: number): boolean {
  const accepted = step.attributes.exit ?? [0];
  return accepted === "any" || accepted.includes(exitCode);
}

function judgeExitCode(step: PlannedCommand, exitCode: number | undefined): Judgement {
  if (exitCode === undefined) return { outcome: "unknown", reason: "Its exit code is not known." };
  if (acceptsExitCode(step, exitCode)) return { outcome: "passed" };
  const { exit: accepted = [0] } = step.attributes;
  const signal = signalNames[exitCode - 128];
  const isUsual = accepted === "any" || (accepted.length === 1 && accepted[0] === 0);
  const wanted = isUsual ? "" : `; accepted: ${accepted.join(", ")}`;
  const means = signal === undefined ? (meanings[exitCode] ?? "") : ` (${signal})`;
  return { outcome: "failed", reason: `Exit code ${exitCode}${means}${wanted}.`, signal };
}

/** Numbers that are the same on Linux and macOS. */
const signalNames: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL",
  6: "SIGABRT",
  8: "SIGFPE",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  14: "SIGALRM",
  15: "SIGTERM",
};

const meanings: Readonly<Record<number, string>> = {
  126: " (a command cannot be executed)",
  127: " (a command was not found)",
};

async function matchExpectation(
  { expectation }: PlannedCommand,
  result: ScriptResult,
  options: JudgementOptions,
): Promise<MatchResult | undefined> {
  if (expectation === undefined) return undefined;
  // Both streams of a script that merges them come as the first.
  const stream = expectation.stream === "stderr" ? "stderr" : "stdout";
  const firstLine = expectation.codeSpan.start.line;
  return matchOutput(expectation, result.openOutput(stream), { ...options, firstLine });
}

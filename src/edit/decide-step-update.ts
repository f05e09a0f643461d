import { outputAttributes } from "../compile/attribute-table.ts";
import { findTranscriptPrompt } from "../compile/build-command-steps.ts";
import { tokeniseAttributes } from "../compile/tokenise-attributes.ts";
import type { ExpectedOutput } from "../match/match-output.ts";
import type { PatternEngine } from "../match/pattern-engine.ts";
import { readExpectedText } from "../match/read-expected-text.ts";
import type { KnownNames, OutputAttributes } from "../model/expectation.ts";
import type { LineChange, StepEvidence } from "../model/expectation-update.ts";
import type { ParsedFence } from "../model/parsed-document.ts";
import type { CommandStep } from "../model/runbook.ts";
import { updateExpectation } from "./update-expectation.ts";

/** How documents are updated. */
export interface UpdateOptions {
  /** Gives a step that has no expected output what it printed. */
  readonly adds: boolean;
  /** Takes over exit codes that are not accepted. */
  readonly acceptsExit: boolean;
  /** Writes volatile words for what looks different in each run. */
  readonly proposesVolatile: boolean;
}

/** What is known beside the step and its evidence. */
export interface UpdateSurroundings {
  readonly options: UpdateOptions;
  readonly engine: PatternEngine;
  /** Values of names that were bound before. */
  readonly known: KnownNames;
  readonly directory?: string | undefined;
  readonly folder?: string | undefined;
}

/** What is to become of a step's expectation, and the names that its output then binds. */
export type StepDecision =
  | { readonly kind: "none"; readonly bound: KnownNames }
  /** `reason` is a sentence. */
  | { readonly kind: "leave"; readonly reason: string }
  | {
      readonly kind: "write";
      /** Expected output; absent where it stays as it is. */
      readonly text?: string | undefined;
      readonly changes: readonly LineChange[];
      /** The exit code that the step is to have, where that is another. */
      readonly exitCode?: number | undefined;
      /** True where `exit=` of its fence is to say so. */
      readonly saysExitInFence: boolean;
      readonly bound: KnownNames;
    };

/** Decides what is to be written for a step of a fence, by how it ended and what it printed. No I/O. */
export function decideStepUpdate(
  step: CommandStep,
  fence: ParsedFence,
  evidence: StepEvidence,
  around: UpdateSurroundings,
): StepDecision {
  const { options } = around;
  const { outcome, exitCode, matched = {} } = evidence;
  if (outcome === "skipped" || step.attributes.background === true) {
    return isFine(outcome) ? { kind: "none", bound: {} } : leave(evidence);
  }
  const hasNewExit = outcome === "failed" && exitCode !== undefined && !accepts(step, exitCode);
  if (hasNewExit && !options.acceptsExit) {
    return {
      kind: "leave",
      reason: `${evidence.reason ?? `Exit code ${exitCode}.`} A changed exit code is taken over with --accept-exit alone.`,
    };
  }
  if (!hasNewExit && outcome !== "passed" && outcome !== "mismatched") return leave(evidence);

  const place = placeExit(step, fence, hasNewExit);
  const expected = findExpected(step, fence, options, hasNewExit && place === "line");
  if (expected === undefined) {
    if (!hasNewExit) return { kind: "none", bound: matched };
    if (place !== "fence") return leaveExit(evidence);
    return { kind: "write", changes: [], exitCode, saysExitInFence: true, bound: {} };
  }
  if (place === "nowhere") return leaveExit(evidence);
  if (evidence.output === undefined) {
    if (outcome === "passed") return { kind: "none", bound: matched };
    const { heldSecret } = evidence;
    if (heldSecret !== undefined) {
      return {
        kind: "leave",
        reason: `It printed the secret ${heldSecret}, which is too short to be taken out of what it printed, and belongs in no document.`,
      };
    }
    const size = Math.round(evidence.outputBytes / 1024);
    return {
      kind: "leave",
      reason: `It printed ${size} KB, more than is written into a document. Let the command print what matters.`,
    };
  }
  const isExitInText =
    place === "line" || readExpectedText(expected.text, expected.match).exitCode !== undefined;
  const update = updateExpectation(expected, {
    ...around,
    output: evidence.output,
    exitCode: hasNewExit && isExitInText ? exitCode : undefined,
    endedWith: exitCode,
    proposesVolatile: options.proposesVolatile,
    startsCommand: startsCommandOf(fence),
  });
  if (update.kind === "impossible") {
    return { kind: "leave", reason: `Nothing can be written that holds: ${update.reason}.` };
  }
  if (update.kind === "unchanged" && !hasNewExit) return { kind: "none", bound: update.bound };
  return {
    kind: "write",
    ...(update.kind === "rewritten" && { text: update.text }),
    changes: update.kind === "rewritten" ? update.changes : [],
    exitCode: hasNewExit ? exitCode : undefined,
    saysExitInFence: place === "fence",
    bound: update.bound,
  };
}

function isFine(outcome: StepEvidence["outcome"]): boolean {
  return outcome === "passed" || outcome === "skipped";
}

function leave({ outcome, reason }: StepEvidence): StepDecision {
  return { kind: "leave", reason: reason ?? `Its outcome is ${outcome}.` };
}

function leaveExit({ exitCode = 0 }: StepEvidence): StepDecision {
  return {
    kind: "leave",
    reason: `Exit code ${exitCode}. With this \`match\` a transcript cannot say an exit code: give the command a block of its own.`,
  };
}

function accepts({ attributes: { exit = [0] } }: CommandStep, exitCode: number): boolean {
  return exit === "any" || exit.includes(exitCode);
}

/** Where an exit code is to be said: `exit=` stands for all commands of a transcript. */
function placeExit(
  { expectation }: CommandStep,
  fence: ParsedFence,
  isNew: boolean,
): "line" | "fence" | "nowhere" | undefined {
  if (!isNew) return undefined;
  const match = expectation?.match ?? readFenceOutput(fence).match;
  const readsExit = match !== "json" && match !== "exact";
  if (findTranscriptPrompt(fence) !== undefined) return readsExit ? "line" : "nowhere";
  const hasAttribute = tokeniseAttributes(fence.meta).tokens.some(({ name }) => name === "exit");
  return expectation !== undefined && readsExit && !hasAttribute ? "line" : "fence";
}

/** What is expected by now; of a step without expected output, what the update begins with. */
function findExpected(
  { expectation }: CommandStep,
  fence: ParsedFence,
  { adds }: UpdateOptions,
  needsLine: boolean,
): ExpectedOutput | undefined {
  if (expectation !== undefined) return expectation;
  const isTranscript = findTranscriptPrompt(fence) !== undefined;
  const { match, stream, ansi } = isTranscript ? readFenceOutput(fence) : defaults;
  if (needsLine && !adds) return { text: "...", match, ansi };
  // What was read of it is its standard output.
  return adds && stream === "stdout" ? { text: "", match, ansi } : undefined;
}

const defaults: OutputAttributes = { match: "lines", stream: "stdout" };

/** How the output in a transcript is compared. */
function readFenceOutput(fence: ParsedFence): OutputAttributes {
  const values = tokeniseAttributes(fence.meta).tokens.flatMap(({ name, value }) => {
    const read = outputAttributes.get(name)?.read(value, name);
    return read === undefined || "reason" in read ? [] : [[name, read.value] as const];
  });
  return { ...defaults, ...(Object.fromEntries(values) as Partial<OutputAttributes>) };
}

/** What in a transcript's output would be read as a command, or as more of the one above it. */
function startsCommandOf(
  fence: ParsedFence,
): ((line: string, isFirst: boolean) => boolean) | undefined {
  const sign = findTranscriptPrompt(fence)?.trimEnd();
  if (sign === undefined) return undefined;
  const begins = (line: string, word: string): boolean =>
    line === word || line.startsWith(`${word} `);
  return (line, isFirst) => begins(line, sign) || (isFirst && begins(line, ">"));
}

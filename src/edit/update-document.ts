import { compileRunbook } from "../compile/compile-runbook.ts";
import type { PatternEngine } from "../match/pattern-engine.ts";
import type { KnownNames } from "../model/expectation.ts";
import type {
  DocumentUpdate,
  LineChange,
  StepEvidence,
  StepUpdate,
} from "../model/expectation-update.ts";
import type { CommandStep, Runbook } from "../model/runbook.ts";
import type { ReadShell } from "../model/shell-script.ts";
import type { SourceFile } from "../model/source.ts";
import { parseDocument } from "../parse/parse-document.ts";
import { applyEdits } from "./apply-edits.ts";
import { decideStepUpdate, type UpdateOptions } from "./decide-step-update.ts";
import { findDamage } from "./find-damage.ts";
import {
  findStepFence,
  writeExpectations,
  type CompiledDocument,
  type StepWrite,
} from "./write-expectations.ts";

/** What a document is updated with. */
export interface DocumentUpdateRequest {
  /** As it was when it was run. */
  readonly source: SourceFile;
  /** How its steps ended, those that it includes among them, in the order in which they were run. */
  readonly evidence: readonly StepEvidence[];
  /** The directory in which the steps began. */
  readonly directory?: string | undefined;
  /** A folder that has another name in each run. */
  readonly folder?: string | undefined;
  readonly options: UpdateOptions;
  readonly engine: PatternEngine;
  readonly readShell: ReadShell;
}

/**
 * Rewrites what the steps of a document are expected to print, from what they have printed.
 *
 * What holds is not touched, nor is anything but fences of steps. The new document is compiled again: it has the
 * same steps with the same scripts, or the step that would change that is left as it is. What a step of another
 * document printed, which this one includes, is left to that document. No I/O.
 */
export function updateDocument(request: DocumentUpdateRequest): DocumentUpdate {
  const { source } = request;
  const before = compile(source, request.readShell);
  if (before === undefined) return { before: source.text, after: source.text, steps: [] };
  const { writes, left } = decideSteps(before, request);
  const made = makeWrites(before, writes, request);
  const steps = before.runbook.steps.flatMap((step): readonly StepUpdate[] => {
    const reason = left.get(step.id) ?? made.left.get(step.id);
    const { id: stepId, title } = step;
    const told = { stepId, title, line: step.span.start.line };
    if (reason !== undefined) return [{ ...told, kind: "left", reason, changes: [] }];
    const write = made.writes.get(step.id);
    if (write === undefined || step.kind !== "command") return [];
    const changes = locateChanges(write.changes, step, made.runbook);
    const { exitCode } = write;
    return [{ ...told, kind: "rewritten", ...(exitCode !== undefined && { exitCode }), changes }];
  });
  const others = [...left].flatMap(([stepId, reason]): readonly StepUpdate[] => {
    if (before.runbook.steps.some(({ id }) => id === stepId)) return [];
    return [{ stepId, title: stepId, line: 1, kind: "left", reason, changes: [] }];
  });
  return { before: source.text, after: made.text, steps: [...steps, ...others] };
}

function compile(
  source: SourceFile,
  readShell: ReadShell,
): (CompiledDocument & { readonly errorCount: number }) | undefined {
  const parsed = parseDocument(source);
  if (parsed.value === undefined) return undefined;
  const { value: runbook, diagnostics } = compileRunbook(parsed.value, readShell);
  if (runbook === undefined) return undefined;
  const errors = [...parsed.diagnostics, ...diagnostics].filter(
    ({ severity }) => severity === "error",
  );
  return { document: parsed.value, runbook, errorCount: errors.length };
}

/** What is to be written by step, and why others are left; names go from step to step as in a run. */
function decideSteps(
  { document, runbook }: CompiledDocument,
  { evidence, options, engine, directory, folder }: DocumentUpdateRequest,
): {
  readonly writes: ReadonlyMap<string, StepWrite>;
  readonly left: ReadonlyMap<string, string>;
} {
  const writes = new Map<string, StepWrite>();
  const left = new Map<string, string>();
  const known: Record<string, string> = {};
  // The first value of a name counts.
  const learn = (bound: KnownNames): void => void Object.assign(known, { ...bound, ...known });
  for (const one of evidence) {
    const step = runbook.steps.find(({ id }) => id === one.stepId);
    const fence = step === undefined ? undefined : findStepFence(document, step);
    const isOwn = one.runbook === runbook.id && step?.kind === "command";
    if (!isOwn || fence === undefined) {
      if (one.outcome !== "passed" && one.outcome !== "skipped") {
        const reason = one.reason ?? `Its outcome is ${one.outcome}.`;
        left.set(
          one.stepId,
          one.runbook === runbook.id
            ? reason
            : `${reason} It stands in ${one.runbook}: update that.`,
        );
      }
      learn(one.matched ?? {});
      continue;
    }
    const around = { options, engine, known: { ...known }, directory, folder };
    const decision = decideStepUpdate(step, fence, one, around);
    if (decision.kind === "leave") left.set(step.id, decision.reason);
    else learn(decision.bound);
    if (decision.kind === "write") writes.set(step.id, decision);
  }
  return { writes, left };
}

interface MadeWrites {
  readonly text: string;
  readonly runbook: Runbook;
  readonly writes: ReadonlyMap<string, StepWrite>;
  readonly left: ReadonlyMap<string, string>;
}

/** Writes all at once; where that does harm, one step after the other, without those that do. */
function makeWrites(
  before: CompiledDocument & { readonly errorCount: number },
  writes: ReadonlyMap<string, StepWrite>,
  request: DocumentUpdateRequest,
): MadeWrites {
  const none = {
    text: request.source.text,
    runbook: before.runbook,
    writes: new Map(),
    left: new Map(),
  };
  if (writes.size === 0) return none;
  const whole = tryWrites(before, writes, request);
  if (!("reason" in whole)) return { ...whole, writes, left: new Map() };
  let made: Pick<MadeWrites, "text" | "runbook"> = none;
  const kept = new Map<string, StepWrite>();
  const left = new Map<string, string>();
  for (const [id, write] of writes) {
    const next = tryWrites(before, new Map([...kept, [id, write]]), request);
    if ("reason" in next) {
      left.set(id, `What it printed cannot stand in the document: ${next.reason}.`);
      continue;
    }
    made = next;
    kept.set(id, write);
  }
  return { ...made, writes: kept, left };
}

function tryWrites(
  before: CompiledDocument & { readonly errorCount: number },
  writes: ReadonlyMap<string, StepWrite>,
  { source, readShell }: DocumentUpdateRequest,
): Pick<MadeWrites, "text" | "runbook"> | { readonly reason: string } {
  const written = writeExpectations(before, writes);
  if ("reason" in written) return written;
  const text = applyEdits(source.text, written.edits);
  const after = compile({ ...source, text }, readShell);
  if (after === undefined) return { reason: "the document could not be read any more" };
  if (after.errorCount > before.errorCount) return { reason: "the document would have an error" };
  const reason = findDamage(before.runbook, after.runbook, writes);
  return reason === undefined ? { text, runbook: after.runbook } : { reason };
}

function locateChanges(
  changes: readonly LineChange[],
  { id, expectation, span }: CommandStep,
  after: Runbook,
): StepUpdate["changes"] {
  const step = after.steps.find((one) => one.id === id);
  const now = step?.kind === "command" ? step.expectation?.codeSpan.start.line : undefined;
  return changes.map(({ row, ...change }) => {
    const first = change.kind === "dropped" ? expectation?.codeSpan.start.line : now;
    return { ...change, line: (first ?? span.start.line) + row };
  });
}

import { findTranscriptPrompt } from "../compile/build-command-steps.ts";
import { compileRunbook } from "../compile/compile-runbook.ts";
import type { PatternEngine } from "../match/pattern-engine.ts";
import type { KnownNames } from "../model/expectation.ts";
import type {
  DocumentEvidence,
  DocumentUpdate,
  LineChange,
  StepEvidence,
  StepUpdate,
} from "../model/expectation-update.ts";
import type { CommandStep, Runbook, Step } from "../model/runbook.ts";
import type { ReadShell } from "../model/shell-script.ts";
import type { SourceFile } from "../model/source.ts";
import type { TextEdit } from "../model/text-edit.ts";
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
  /** What its runs tell, of the whole or of parts; of a step that is in several of them, the first counts. */
  readonly runs: readonly DocumentEvidence[];
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
  if (before === undefined) {
    return { before: source.text, after: source.text, edits: [], steps: [] };
  }
  const { writes, left, others } = decideSteps(before, request);
  const made = makeWrites(before, writes, request);
  const steps = before.runbook.steps.flatMap((step): readonly StepUpdate[] => {
    const reason = left.get(step.id) ?? made.left.get(step.id);
    const told = nameStep(before, step);
    if (reason !== undefined) return [{ ...told, kind: "left", reason, changes: [] }];
    const write = made.writes.get(step.id);
    if (write === undefined || step.kind !== "command") return [];
    const changes = locateChanges(write.changes, step, made.runbook);
    const { exitCode } = write;
    return [{ ...told, kind: "rewritten", ...(exitCode !== undefined && { exitCode }), changes }];
  });
  const { text: after, edits } = made;
  return { before: source.text, after, edits, steps: [...steps, ...others] };
}

function nameStep(
  { document, runbook: { path } }: CompiledDocument,
  step: Step,
): Pick<StepUpdate, "stepId" | "title" | "path" | "line" | "script"> {
  const { id: stepId, title, span } = step;
  if (step.kind !== "command") return { stepId, title, path, line: span.start.line, script: "" };
  const { script, codeSpan } = step;
  const fence = findStepFence(document, step);
  const isTranscript = fence !== undefined && findTranscriptPrompt(fence) !== undefined;
  return { stepId, title, path, line: (isTranscript ? codeSpan : span).start.line, script };
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

interface Decisions {
  readonly writes: Map<string, StepWrite>;
  /** Why steps are left as they are, in sentences. */
  readonly left: Map<string, string>;
  /** Steps of documents that are included, which are left too. */
  readonly others: StepUpdate[];
}

/** What is to be written by step, and why others are left. */
function decideSteps(compiled: CompiledDocument, request: DocumentUpdateRequest): Decisions {
  const decisions: Decisions = { writes: new Map(), left: new Map(), others: [] };
  const told = new Set<string>();
  for (const run of request.runs) {
    const steps = run.steps.filter(({ stepId }) => !told.has(stepId));
    decideRun(compiled, { ...run, steps }, request, decisions);
    for (const { stepId } of steps) told.add(stepId);
  }
  return decisions;
}

/** Names go from step to step as in the run. */
function decideRun(
  { document, runbook }: CompiledDocument,
  { steps, directory, folder }: DocumentEvidence,
  { options, engine }: DocumentUpdateRequest,
  { writes, left, others }: Decisions,
): void {
  const known: Record<string, string> = {};
  // The first value of a name counts.
  const learn = (bound: KnownNames = {}): void => void Object.assign(known, { ...bound, ...known });
  for (const one of steps) {
    const step = runbook.steps.find(({ id }) => id === one.stepId);
    const fence = step === undefined ? undefined : findStepFence(document, step);
    if (one.runbook !== runbook.id || step?.kind !== "command" || fence === undefined) {
      if (one.outcome !== "passed" && one.outcome !== "skipped") others.push(leaveOther(one));
      learn(one.matched);
      continue;
    }
    const around = { options, engine, known: { ...known }, directory, folder };
    const decision = decideStepUpdate(step, fence, one, around);
    if (decision.kind === "leave") left.set(step.id, decision.reason);
    else learn(decision.bound);
    if (decision.kind === "write") writes.set(step.id, decision);
  }
}

/** What is not written here: a step of another document, and what is no command. */
function leaveOther({
  stepId,
  title,
  path,
  line,
  outcome,
  reason,
  runbook,
}: StepEvidence): StepUpdate {
  const why = reason ?? `Its outcome is ${outcome}.`;
  const place = stepId.includes("/")
    ? ` It stands in ${runbook}, which is included: update that.`
    : "";
  return { stepId, title, path, line, script: "", kind: "left", reason: why + place, changes: [] };
}

interface MadeWrites {
  readonly text: string;
  readonly edits: readonly TextEdit[];
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
    edits: [],
    runbook: before.runbook,
    writes: new Map(),
    left: new Map(),
  };
  if (writes.size === 0) return none;
  const whole = tryWrites(before, writes, request);
  if (!("reason" in whole)) return { ...whole, writes, left: new Map() };
  let made: Pick<MadeWrites, "text" | "edits" | "runbook"> = none;
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

type TriedWrites = Pick<MadeWrites, "text" | "edits" | "runbook"> | { readonly reason: string };

/** The likeliest way to write first: to read the document for each block takes long. */
function tryWrites(
  before: CompiledDocument & { readonly errorCount: number },
  writes: ReadonlyMap<string, StepWrite>,
  request: DocumentUpdateRequest,
): TriedWrites {
  const likely = tryWay(before, writes, request, false);
  return "reason" in likely ? tryWay(before, writes, request, true) : likely;
}

function tryWay(
  before: CompiledDocument & { readonly errorCount: number },
  writes: ReadonlyMap<string, StepWrite>,
  { source, readShell }: DocumentUpdateRequest,
  isEachRead: boolean,
): TriedWrites {
  const written = writeExpectations(before, writes, { isEachRead });
  if ("reason" in written) return written;
  const text = applyEdits(source.text, written.edits);
  const after = compile({ ...source, text }, readShell);
  if (after === undefined) return { reason: "the document could not be read any more" };
  if (after.errorCount > before.errorCount) return { reason: "the document would have an error" };
  const reason = findDamage(before.runbook, after.runbook, writes);
  return reason === undefined ? { text, edits: written.edits, runbook: after.runbook } : { reason };
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

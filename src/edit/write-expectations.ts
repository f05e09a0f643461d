import { findTranscriptPrompt } from "../compile/build-command-steps.ts";
import { outputLanguage, splitLanguage } from "../compile/languages.ts";
import { readTranscript } from "../compile/read-transcript.ts";
import { tokeniseAttributes } from "../compile/tokenise-attributes.ts";
import type { ParsedDocument, ParsedFence } from "../model/parsed-document.ts";
import type { CommandStep, Runbook } from "../model/runbook.ts";
import type { TextEdit } from "../model/text-edit.ts";
import { createLineIndex } from "../parse/line-index.ts";
import { readFenceOpener } from "../parse/read-fence-opener.ts";
import type { StepDecision } from "./decide-step-update.ts";
import { growMarks, listFenceEdits, writeFence, type ChangeLines } from "./write-fence.ts";

/** What is to be written for a step. */
export type StepWrite = Extract<StepDecision, { readonly kind: "write" }>;

/** A document, read and compiled. */
export interface CompiledDocument {
  readonly document: ParsedDocument;
  readonly runbook: Runbook;
}

/** The edits of a document, or why one cannot be made: a clause without a full stop. */
export type WrittenExpectations =
  | { readonly edits: readonly TextEdit[] }
  | { readonly reason: string };

/** Lines of a block that others are to stand in place of, from a 0-based row on. */
interface RowChange {
  readonly row: number;
  readonly count: number;
  readonly lines: readonly string[];
}

/** Finds the block that a step stands in. No I/O. */
export function findStepFence(
  { blocks }: ParsedDocument,
  { span }: Pick<CommandStep, "span">,
): ParsedFence | undefined {
  return findFence(blocks, (fence) => fence.span.start.offset === span.start.offset);
}

function findFence(
  blocks: ParsedDocument["blocks"],
  isWanted: (fence: ParsedFence) => boolean,
): ParsedFence | undefined {
  return blocks.find((block): block is ParsedFence => block.kind === "fence" && isWanted(block));
}

/**
 * Writes what steps are expected to print and to end with into their blocks: an `output` block, the lines below a
 * transcript's command, `exit=`.
 *
 * All of a block's commands are written at once, since blocks are written whole. With `isEachRead` the document is
 * read again for each block, which finds the right way to write it in unusual places; without, the likeliest way
 * is taken, and whoever calls this reads the whole document again. No I/O.
 */
export function writeExpectations(
  compiled: CompiledDocument,
  writes: ReadonlyMap<string, StepWrite>,
  options: { readonly isEachRead: boolean },
): WrittenExpectations {
  const { document, runbook } = compiled;
  const edits: TextEdit[] = [];
  const changes = new Map<ParsedFence, RowChange[]>();
  for (const step of runbook.steps) {
    const write = writes.get(step.id);
    if (write === undefined || step.kind !== "command") continue;
    const fence = findStepFence(document, step);
    if (fence === undefined) return { reason: "its block is not there any more" };
    if (write.saysExitInFence && write.exitCode !== undefined) {
      edits.push(writeExit(compiled, fence, write.exitCode));
    }
    if (write.text === undefined) continue;
    const lines = write.text === "" ? [] : write.text.split("\n");
    if (findTranscriptPrompt(fence) !== undefined) {
      const change = changeTranscript(compiled, fence, step, lines);
      if (change === undefined) return { reason: "its command is not there any more" };
      changes.set(fence, [...(changes.get(fence) ?? []), change]);
    } else if (step.expectation === undefined) {
      edits.push(addOutput(compiled, fence, lines));
    } else {
      const { offset } = step.expectation.codeSpan.start;
      const output = findFence(
        document.blocks,
        ({ language, codeSpan }) =>
          splitLanguage(language ?? "").name === outputLanguage && codeSpan.start.offset === offset,
      );
      if (output === undefined) return { reason: "its block of output is not there any more" };
      changes.set(output, [{ row: 0, count: Number.POSITIVE_INFINITY, lines }]);
    }
  }
  for (const [fence, rows] of changes) {
    const change: ChangeLines = (before) => changeRows(before, rows);
    if (!options.isEachRead) {
      const [edit] = listFenceEdits(document.source, fence, change).edits;
      if (edit !== undefined) edits.push(edit);
      continue;
    }
    const written = writeFence(document.source, fence.span, change);
    if (written.kind === "impossible") return { reason: written.reason };
    if (written.kind === "edit") edits.push(written.edit);
  }
  return { edits };
}

/** From the last one on, so that the rows of those before it stay what they are. */
function changeRows(before: readonly string[], changes: readonly RowChange[]): readonly string[] {
  let after = before;
  for (const { row, count, lines } of changes.toSorted((one, other) => other.row - one.row)) {
    after = [...after.slice(0, row), ...lines, ...after.slice(row + count)];
  }
  return after;
}

/** The lines below one command of a transcript. */
function changeTranscript(
  { runbook }: CompiledDocument,
  fence: ParsedFence,
  step: CommandStep,
  lines: readonly string[],
): RowChange | undefined {
  const entries = readTranscript(fence.code, findTranscriptPrompt(fence));
  const steps = runbook.steps.filter(
    ({ kind, span }) => kind === "command" && span.start.offset === fence.span.start.offset,
  );
  const entry = entries[steps.indexOf(step)];
  if (entry === undefined) return undefined;
  const first = fence.code.split("\n")[entries[0]?.commandRow ?? 0] ?? "";
  const indent = /^[ \t]*/u.exec(first)?.[0] ?? "";
  return {
    row: entry.outputRow,
    count: entry.output === undefined ? 0 : entry.output.split("\n").length,
    lines: lines.map((line) => (line === "" ? "" : indent + line)),
  };
}

/** Says the exit code of a block; 0 is said by saying nothing. */
function writeExit({ document }: CompiledDocument, fence: ParsedFence, exitCode: number): TextEdit {
  const { path, text } = document.source;
  const lines = createLineIndex(text);
  const token = tokeniseAttributes(fence.meta).tokens.find(({ name }) => name === "exit");
  if (token === undefined) {
    const { line, column } = fence.span.start;
    const end = readFenceOpener(lines.lineText(line), column - 1)?.end ?? column - 1;
    const at = lines.lineStart(line) + end;
    return { path, span: lines.spanOf(at, at), text: ` exit=${exitCode}` };
  }
  const from = fence.metaSpan.start.offset + token.start;
  const to = fence.metaSpan.start.offset + token.end;
  if (exitCode !== 0) return { path, span: lines.spanOf(from, to), text: `exit=${exitCode}` };
  const gap = /[ \t]*$/u.exec(text.slice(0, from))?.[0].length ?? 0;
  return { path, span: lines.spanOf(from - gap, to), text: "" };
}

/** A block of output behind one that has none; in a list or a quote right below it, which keeps the list as it is. */
function addOutput(
  { document }: CompiledDocument,
  fence: ParsedFence,
  lines: readonly string[],
): TextEdit {
  const { path, text } = document.source;
  const index = createLineIndex(text);
  const { start, end } = fence.span;
  const prefix = /^[^`~]*/u.exec(index.lineText(end.line))?.[0] ?? "";
  const opener = readFenceOpener(index.lineText(start.line), start.column - 1);
  const marks = growMarks(opener?.marks.slice(0, 3) ?? "```", lines);
  const rows = [`${marks}${outputLanguage}`, ...lines, marks].map((line) =>
    line === "" ? prefix.trimEnd() : prefix + line,
  );
  const at = index.lineStart(end.line) + index.lineText(end.line).length;
  const gap = prefix === "" ? "\n\n" : "\n";
  return { path, span: index.spanOf(at, at), text: gap + rows.join("\n") };
}

import { diffArrays } from "diff";
import type { ParsedFence } from "../model/parsed-document.ts";
import type { SourceFile, Span } from "../model/source.ts";
import type { TextEdit } from "../model/text-edit.ts";
import { createLineIndex } from "../parse/line-index.ts";
import { parseDocument } from "../parse/parse-document.ts";
import { readFenceOpener } from "../parse/read-fence-opener.ts";
import { applyEdits } from "./apply-edits.ts";
import { editRows } from "./edit-rows.ts";

/** A change of a file, nothing to change, or why the change cannot be made. */
export type WrittenText =
  | { readonly kind: "edit"; readonly edit: TextEdit }
  | { readonly kind: "unchanged" }
  | { readonly kind: "impossible"; readonly reason: string };

/**
 * Makes other lines of a fenced block; `fenceSpan` is the whole block's place.
 *
 * `change` is given the code's lines and gives back those that are to stand there. Lines that stay the same stay to
 * the byte; new ones get what a list or a quote puts before those of the block. The fence grows where the code would
 * close it. What cannot be written so that it reads the same again is not written. No I/O.
 */
export function writeFence(source: SourceFile, fenceSpan: Span, change: ChangeLines): WrittenText {
  const fence = findFence(source, fenceSpan.start.offset);
  if (fence === undefined) return { kind: "impossible", reason: "there is no block any more" };
  const { code, edits, reason } = listFenceEdits(source, fence, change);
  if (reason !== undefined) return { kind: "impossible", reason };
  for (const edit of edits) {
    if (edit === undefined) return { kind: "unchanged" };
    const text = applyEdits(source.text, [edit]);
    const written = findFence({ ...source, text }, fenceSpan.start.offset);
    if (written?.code === code && written.meta === fence.meta) return { kind: "edit", edit };
  }
  return { kind: "impossible", reason: "the block cannot hold this text where it stands" };
}

/** Is given the lines of a block's code, and gives back those that are to stand there. */
export type ChangeLines = (lines: readonly string[]) => readonly string[];

/** Edits that could write a block's code, the likeliest first; undefined where there is nothing to do. */
interface FenceEdits {
  /** The code that is to be read of it. */
  readonly code: string;
  readonly edits: readonly (TextEdit | undefined)[];
  /** Why there are none. */
  readonly reason?: string | undefined;
}

/** Lists the edits that `writeFence` tries, for whoever reads the whole document again by himself. No I/O. */
export function listFenceEdits(
  source: SourceFile,
  fence: ParsedFence,
  change: ChangeLines,
): FenceEdits {
  const index = createLineIndex(source.text);
  const { start, end } = fence.span;
  const first = start.line;
  const rows = rangeOf(first, end.line).map((line) => index.lineText(line));
  const codeRows = rows.slice(1, -1);
  const before = codeRows.length === 0 ? [] : fence.code.split("\n");
  const opener = readFenceOpener(rows[0] ?? "", start.column - 1);
  if (opener === undefined || before.length !== codeRows.length) {
    return { code: "", edits: [], reason: "its fence is not closed" };
  }
  const after = change(before);
  const marks = growMarks(opener.marks, after);
  const prefixes = listPrefixes(codeRows, before, rows.at(-1) ?? "");
  const edits = [...prefixes].map((prefix) => {
    const wanted = [
      replaceAt(rows[0] ?? "", start.column - 1, opener.marks, marks),
      ...rewriteRows(codeRows, before, after, prefix),
      marks === opener.marks ? (rows.at(-1) ?? "") : growCloser(rows.at(-1) ?? "", marks),
    ];
    return editRows({ path: source.path, lines: index, first, rows }, wanted);
  });
  return { code: after.join("\n"), edits };
}

function findFence(source: SourceFile, offset: number): ParsedFence | undefined {
  return parseDocument(source).value?.blocks.find(
    (block) => block.kind === "fence" && block.span.start.offset === offset,
  ) as ParsedFence | undefined;
}

function rangeOf(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_item, at) => first + at);
}

/** What a list or a quote puts before each line: as the first one has it, or the line that closes the block. */
function listPrefixes(
  rows: readonly string[],
  code: readonly string[],
  closer: string,
): ReadonlySet<string> {
  const ofRows = rows.flatMap((row, at) => {
    const text = code[at] ?? "";
    const isThere = text.trim() !== "" && row.endsWith(text);
    return isThere ? [row.slice(0, row.length - text.length)] : [];
  });
  return new Set([...ofRows.slice(0, 1), /^[^`~]*/u.exec(closer)?.[0] ?? ""]);
}

function rewriteRows(
  rows: readonly string[],
  before: readonly string[],
  after: readonly string[],
  prefix: string,
): readonly string[] {
  let at = 0;
  return diffArrays([...before], [...after]).flatMap(({ added, removed, value }) => {
    if (added) return value.map((line) => (line === "" ? prefix.trimEnd() : prefix + line));
    const kept = rows.slice(at, at + value.length);
    at += value.length;
    return removed ? [] : kept;
  });
}

/** Marks of a fence, as long as they must be so that no line of the code closes it. No I/O. */
export function growMarks(marks: string, code: readonly string[]): string {
  const sign = marks[0] ?? "`";
  let length = marks.length;
  for (const line of code) {
    const run = /^[ \t]*(`{3,}|~{3,})[ \t]*$/u.exec(line)?.[1];
    if (run?.startsWith(sign) === true && run.length >= length) length = run.length + 1;
  }
  return sign.repeat(length);
}

function replaceAt(row: string, column: number, text: string, replacement: string): string {
  return row.slice(0, column) + replacement + row.slice(column + text.length);
}

function growCloser(row: string, marks: string): string {
  const run = /[`~]+(?=[ \t]*$)/u.exec(row);
  return run === null ? row : replaceAt(row, run.index, run[0], marks);
}

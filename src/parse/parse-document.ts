import type { Root, Yaml } from "mdast";
import { VFileMessage } from "vfile-message";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { SourceFile } from "../model/source.ts";
import { collectBlocks, type CollectedBlocks } from "./collect-blocks.ts";
import { findBrokenCharacters } from "./find-broken-characters.ts";
import { createLineIndex, type LineIndex } from "./line-index.ts";
import { makeDiagnostic } from "./make-diagnostic.ts";
import { parseFrontMatter, type FrontMatterResult } from "./parse-front-matter.ts";
import { parseMarkdown } from "./parse-markdown.ts";

/**
 * Reads a document's text into its structure: front matter, headings, fences, tasks, components.
 *
 * All problems are collected. Where MDX does not parse there is no value, but the front matter's
 * and the text's own problems are still told. Nothing of the document is evaluated. No I/O.
 */
export function parseDocument(source: SourceFile): Checked<ParsedDocument> {
  const { path, text, format } = source;
  const lines = createLineIndex(text);
  const broken = findBrokenCharacters(path, text, lines);
  const tree = parseTree(source, lines);
  if ("failure" in tree) {
    const { diagnostics } = readFrontMatter(source, parseMarkdown(headOf(text), "md"), lines);
    return { diagnostics: [...broken, ...diagnostics, tree.failure] };
  }
  const { frontMatter, diagnostics } = readFrontMatter(source, tree.root, lines);
  const { diagnostics: ofStructure, ...structure } = tree.collected;
  const missing =
    format === "mdx" && frontMatter === undefined && text.trim() !== ""
      ? [makeDiagnostic("front-matter-missing", {}, { path, span: lines.spanOf(0, 0) })]
      : [];
  return {
    value: { source, tree: tree.root, frontMatter, ...structure },
    diagnostics: [...broken, ...missing, ...diagnostics, ...ofStructure],
  };
}

function parseTree(
  source: SourceFile,
  lines: LineIndex,
): { root: Root; collected: CollectedBlocks } | { failure: Diagnostic } {
  const { path, text, format } = source;
  let root: Root;
  try {
    root = parseMarkdown(text, format);
  } catch (error) {
    if (error instanceof VFileMessage) {
      return { failure: fail(error.reason, findOffset(error, lines), path, lines) };
    }
    // What the parser itself trips over must not keep the other documents from being read.
    const reason = error instanceof RangeError ? tooDeep : "the parser cannot make sense of it";
    return { failure: fail(reason, 0, path, lines) };
  }
  try {
    return { root, collected: collectBlocks(path, root, lines) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { failure: fail(tooDeep, 0, path, lines) };
  }
}

/** Thousands of quotes or components inside each other, which no person wrote, exhaust the stack. */
const tooDeep = "its blocks are nested too deeply";

function fail(reason: string, offset: number, path: string, lines: LineIndex): Diagnostic {
  return makeDiagnostic("mdx-syntax", { reason }, { path, span: lines.spanOf(offset, offset + 1) });
}

/** Where MDX stopped; of a tag that nothing closes, its message knows the place: `(5:1-5:7)`. */
function findOffset({ place, reason }: VFileMessage, lines: LineIndex): number {
  const [, line, column] = /^Expected a closing tag for .*? \((\d+):(\d+)-/.exec(reason) ?? [];
  if (line !== undefined) return lines.lineStart(Number(line)) + Number(column) - 1;
  const point = place === undefined ? undefined : "start" in place ? place.start : place;
  if (point === undefined) return 0;
  return point.offset ?? lines.lineStart(point.line) + point.column - 1;
}

/** The front matter alone: what comes behind it may be what cannot be parsed. */
function headOf(text: string): string {
  return /^---[ \t]*\r?\n[\s\S]*?^---[ \t]*$/m.exec(text)?.[0] ?? "";
}

function readFrontMatter(
  source: SourceFile,
  root: Root,
  lines: LineIndex,
): Partial<FrontMatterResult> & Pick<FrontMatterResult, "diagnostics"> {
  const node = root.children[0];
  if (node?.type !== "yaml") return { diagnostics: [] };
  const span = lines.spanOf(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  const start = lines.lineStart(span.start.line + 1);
  // The node's value has its line endings as written, so offsets into it hold in the document too.
  return parseFrontMatter(source.path, (node satisfies Yaml).value, start, span, lines);
}

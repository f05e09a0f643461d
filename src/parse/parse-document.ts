import type { Root, Yaml } from "mdast";
import { VFileMessage } from "vfile-message";
import type { Checked, Diagnostic } from "../model/diagnostic.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { SourceFile } from "../model/source.ts";
import { collectBlocks } from "./collect-blocks.ts";
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
    const { diagnostics } = readFrontMatter(source, parseMarkdown(text, "md"), lines);
    return { diagnostics: [...broken, ...diagnostics, tree.failure] };
  }
  const { frontMatter, diagnostics } = readFrontMatter(source, tree.root, lines);
  const collected = collectBlocks(path, tree.root, lines);
  const missing =
    format === "mdx" && frontMatter === undefined && diagnostics.length === 0
      ? [makeDiagnostic("front-matter-missing", {}, { path, span: lines.spanOf(0, 0) })]
      : [];
  return {
    value: { source, frontMatter, blocks: collected.blocks, links: collected.links },
    diagnostics: [...broken, ...missing, ...diagnostics, ...collected.diagnostics],
  };
}

function parseTree(source: SourceFile, lines: LineIndex): { root: Root } | { failure: Diagnostic } {
  try {
    return { root: parseMarkdown(source.text, source.format) };
  } catch (error) {
    if (!(error instanceof VFileMessage)) throw error;
    const { place } = error;
    const point = place === undefined ? undefined : "start" in place ? place.start : place;
    const offset =
      point?.offset ?? (point === undefined ? 0 : lines.lineStart(point.line) + point.column - 1);
    return {
      failure: makeDiagnostic(
        "mdx-syntax",
        { reason: error.reason },
        { path: source.path, span: lines.spanOf(offset, offset + 1) },
      ),
    };
  }
}

function readFrontMatter(source: SourceFile, root: Root, lines: LineIndex): FrontMatterResult {
  const node = root.children[0];
  if (node?.type !== "yaml") return { diagnostics: [] };
  const span = lines.spanOf(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  const start = lines.lineStart(span.start.line + 1);
  // The node's value has its line endings as written, so offsets into it hold in the document too.
  return parseFrontMatter(source.path, (node satisfies Yaml).value, start, span, lines);
}

import { isMap, isPair, isScalar, isSeq, parseDocument, type Node, type Range } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ParsedFrontMatter } from "../model/parsed-document.ts";
import type { Span } from "../model/source.ts";
import type { LineIndex } from "./line-index.ts";
import { makeDiagnostic } from "./make-diagnostic.ts";

/** What a front matter's text gives: its data with spans, and each syntax problem. */
export interface FrontMatterResult {
  readonly frontMatter?: ParsedFrontMatter | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the YAML of a front matter as data, with the span of each key.
 *
 * `start` is the 0-based offset of the YAML text in the document. Keys are named by dotted paths:
 * `inputs.COMMIT.type`, `contacts.0.role`. YAML that does not parse gives `front-matter-syntax` for
 * each error and no data. No I/O.
 */
export function parseFrontMatter(
  path: string,
  yaml: string,
  start: number,
  span: Span,
  lines: LineIndex,
): FrontMatterResult {
  const document = parseDocument(yaml, { prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      diagnostics: document.errors.map((error) =>
        makeDiagnostic(
          "front-matter-syntax",
          { reason: error.message },
          { path, span: lines.spanOf(start + error.pos[0], start + error.pos[1]) },
        ),
      ),
    };
  }
  const spans = new Map<string, Span>([["", span]]);
  collectSpans(
    document.contents,
    "",
    (range) => lines.spanOf(start + range[0], start + range[1]),
    spans,
  );
  try {
    return { frontMatter: { span, data: document.toJS() as unknown, spans }, diagnostics: [] };
  } catch (error) {
    // Aliases that multiply beyond the parser's limit end here: hostile or broken, never useful.
    const reason = error instanceof Error ? error.message : String(error);
    return { diagnostics: [makeDiagnostic("front-matter-syntax", { reason }, { path, span })] };
  }
}

function collectSpans(
  node: Node | null,
  prefix: string,
  toSpan: (range: Range) => Span,
  spans: Map<string, Span>,
): void {
  if (isMap(node)) {
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const key = prefix === "" ? String(pair.key.value) : `${prefix}.${String(pair.key.value)}`;
      if (pair.key.range) spans.set(key, toSpan(pair.key.range));
      collectSpans(pair.value as Node | null, key, toSpan, spans);
    }
  }
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const key = `${prefix}.${index}`;
      const range = (item as Node).range;
      if (range) spans.set(key, toSpan(range));
      collectSpans(item as Node, key, toSpan, spans);
    }
  }
}

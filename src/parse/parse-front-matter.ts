import { isMap, isPair, isScalar, isSeq, parseDocument, type Node, type Range } from "yaml";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ParsedFrontMatter } from "../model/parsed-document.ts";
import type { Span } from "../model/source.ts";
import type { LineIndex } from "./line-index.ts";
import { makeDiagnostic } from "./make-diagnostic.ts";

/** What a front matter's text gives: its data with spans, and each syntax problem. */
export interface FrontMatterResult {
  readonly frontMatter: ParsedFrontMatter;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the YAML of a front matter as data, with the span of each key.
 *
 * `start` is the 0-based offset of the YAML text in the document. Keys are named by dotted paths:
 * `inputs.COMMIT.type`, `contacts.0.role`. YAML that does not parse gives `front-matter-syntax` for
 * each error, and `undefined` as its data. No I/O.
 */
export function parseFrontMatter(
  path: string,
  yaml: string,
  start: number,
  span: Span,
  lines: LineIndex,
): FrontMatterResult {
  const broken: ParsedFrontMatter = { span, data: undefined, spans: new Map([["", span]]) };
  const toSpan = (from: number, end: number): Span => lines.spanOf(start + from, start + end);
  // A lone carriage return ends a line in Markdown, and to the YAML parser it does not.
  const document = parseDocument(yaml.replace(/\r(?!\n)/g, "\n"), { prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      frontMatter: broken,
      diagnostics: document.errors.map(({ code, message, pos }) => {
        const key = code === "DUPLICATE_KEY" ? /^[^\s:]*/.exec(yaml.slice(pos[0]))?.[0] : undefined;
        const reason = key === undefined ? explain(message) : `the key \`${key}\` is there twice`;
        const place = toSpan(pos[0], key === undefined ? pos[1] : pos[0] + key.length);
        return makeDiagnostic("front-matter-syntax", { reason }, { path, span: place });
      }),
    };
  }
  const spans = new Map<string, Span>([["", span]]);
  collectSpans(document.contents, "", (range) => toSpan(range[0], range[1]), spans);
  try {
    return { frontMatter: { span, data: document.toJS() as unknown, spans }, diagnostics: [] };
  } catch (error) {
    // Aliases that multiply beyond the parser's limit end here: hostile or broken, never useful.
    const reason = error instanceof Error ? error.message : String(error);
    return {
      frontMatter: broken,
      diagnostics: [makeDiagnostic("front-matter-syntax", { reason }, { path, span })],
    };
  }
}

/** The parser's own words, save where they speak of its insides. */
function explain(message: string): string {
  return /call stack/i.test(message) ? "it is nested too deeply" : message;
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

import type { Diagnostic } from "../model/diagnostic.ts";
import type { ParsedFrontMatter } from "../model/parsed-document.ts";
import type { Span } from "../model/source.ts";
import type { LineIndex } from "./line-index.ts";
import { makeDiagnostic } from "./make-diagnostic.ts";
import { readYaml } from "./read-yaml.ts";

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
  const { data, keySpans, valueSpans, errors } = readYaml(yaml, (from, end) =>
    lines.spanOf(start + from, start + end),
  );
  return {
    frontMatter: { span, data, spans: new Map([["", span], ...keySpans]), valueSpans },
    diagnostics: errors.map(({ reason, span: place }) =>
      makeDiagnostic("front-matter-syntax", { reason }, { path, span: place ?? span }),
    ),
  };
}

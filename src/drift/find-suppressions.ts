import { createCodeLocator } from "../compile/locate-in-code.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Span } from "../model/source.ts";
import type { Suppression } from "../model/suppression.ts";
import type { LineIndex } from "../parse/line-index.ts";

const pattern =
  /^opswright-ignore(?<isForFile>-file)?(?:\s+(?<codes>[^:]*))?(?::(?<reason>[\s\S]*))?$/;
/** In code and in front matter: a line of its own, behind the comment sign of its language. */
const codeComment = /^[ \t]*(?:#|\/\/|--|;)[ \t]*(opswright-ignore(?:-file)?\b.*)$/gm;

/**
 * Finds the comments of a document that suppress findings.
 *
 * Between blocks they cover the block behind them, in a paragraph that paragraph, in code and front
 * matter the next line; `opswright-ignore-file` covers the whole document. A comment without codes
 * or reason is found too: whoever judges it says so. No I/O.
 */
export function findSuppressions(
  document: ParsedDocument,
  lines: LineIndex,
): readonly Suppression[] {
  const { path } = document.source;
  const found: Suppression[] = [];
  const add = (text: string, span: Span, scope: Span | undefined): void => {
    const groups = pattern.exec(text.trim())?.groups;
    if (groups === undefined) return;
    const isForFile = groups["isForFile"] !== undefined;
    found.push({
      codes: (groups["codes"] ?? "").split(/[\s,]+/).filter((code) => code !== ""),
      reason: (groups["reason"] ?? "").trim(),
      path,
      span,
      // A comment with nothing behind it covers nothing, and is told as unused.
      scope: isForFile ? undefined : (scope ?? span),
    });
  };
  for (const { text, span, scope } of document.comments) add(text, span, scope);
  for (const block of document.blocks) {
    if (block.kind !== "fence" || !block.code.includes("opswright-ignore")) continue;
    const locate = createCodeLocator(block.code, block.codeSpan.start.line, lines);
    for (const match of block.code.matchAll(codeComment)) {
      const span = locate(match.index, match.index + match[0].length);
      add(match[1] ?? "", span, nextLine(span, lines));
    }
  }
  const { frontMatter } = document;
  if (frontMatter !== undefined) {
    const { start, end } = frontMatter.span;
    for (const match of document.source.text
      .slice(start.offset, end.offset)
      .matchAll(codeComment)) {
      const at = start.offset + match.index;
      const span = lines.spanOf(at, at + match[0].length);
      add(match[1] ?? "", span, nextLine(span, lines));
    }
  }
  return found;
}

function nextLine(span: Span, lines: LineIndex): Span {
  const next = span.end.line + 1;
  const start = lines.lineStart(next);
  return lines.spanOf(start, start + lines.lineText(next).length);
}

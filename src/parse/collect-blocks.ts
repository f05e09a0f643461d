import GithubSlugger, { slug } from "github-slugger";
import type { Code, Heading, Html, InlineCode, ListItem, Node, Parent, Root } from "mdast";
import type { MdxJsxFlowElement, MdxJsxTextElement } from "mdast-util-mdx-jsx";
import type { Diagnostic } from "../model/diagnostic.ts";
import type {
  ParsedBlock,
  ParsedComment,
  ParsedComponentAttribute,
  ParsedFence,
  ParsedInlineCode,
  ParsedLink,
} from "../model/parsed-document.ts";
import type { Span } from "../model/source.ts";
import type { LineIndex } from "./line-index.ts";
import { makeDiagnostic } from "./make-diagnostic.ts";
import { readFenceOpener } from "./read-fence-opener.ts";
import { readLiteral } from "./read-literal.ts";
import { renderPlainText, renderTaskText, renderTitle } from "./render-plain-text.ts";

/** What a syntax tree holds that can carry meaning, and what it must not hold. */
export interface CollectedBlocks {
  readonly blocks: readonly ParsedBlock[];
  readonly links: readonly ParsedLink[];
  readonly inlineCodes: readonly ParsedInlineCode[];
  readonly comments: readonly ParsedComment[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Walks a document's tree once and lists headings, fences, tasks, components and links in order.
 *
 * `import`, `export` and expressions other than comments become diagnostics; nothing is evaluated.
 * Fences that no line closes give `unclosed-fence`. No I/O.
 */
export function collectBlocks(path: string, tree: Root, lines: LineIndex): CollectedBlocks {
  const blocks: ParsedBlock[] = [];
  const links: ParsedLink[] = [];
  const inlineCodes: ParsedInlineCode[] = [];
  const comments: ParsedComment[] = [];
  const diagnostics: Diagnostic[] = [];
  const slugger = new GithubSlugger();
  const spanOf = (node: Node): Span => toSpan(node, lines);

  function visit(node: Node, within: readonly number[], isTopLevel: boolean): void {
    switch (node.type) {
      case "heading": {
        // A heading inside a list or quote makes no section: the outline is the page's own.
        if (!isTopLevel) break;
        const text = renderTitle(node);
        const { depth } = node as Heading;
        blocks.push({
          kind: "heading",
          depth,
          text,
          // A heading of signs alone has no slug on GitHub; a section needs a name all the same.
          slug: slugger.slug(slug(text) === "" ? "section" : text),
          span: spanOf(node),
          within,
        });
        break;
      }
      case "code":
        addFence(node as Code, within);
        return;
      case "listItem": {
        const item = node as ListItem;
        if (typeof item.checked !== "boolean") break;
        const [first] = item.children;
        blocks.push({
          kind: "task",
          title: first === undefined ? "" : renderTitle(first),
          text: renderTaskText(item),
          isChecked: item.checked,
          span: spanOf(node),
          within,
        });
        visitChildren(node, [...within, blocks.length - 1], false);
        return;
      }
      case "mdxJsxFlowElement":
      case "mdxJsxTextElement": {
        const element = node as MdxJsxFlowElement | MdxJsxTextElement;
        // Expressions are told of every element, also where nothing else of it has a meaning.
        const attributes = readAttributes(element);
        if (element.name === null || /^[a-z][^.]*$/.test(element.name)) {
          // Lower-case names are plain HTML: prose, which the site sanitises.
          visitChildren(node, within, isTopLevel);
          return;
        }
        blocks.push({
          kind: "component",
          name: element.name,
          attributes,
          text: renderPlainText(element),
          span: spanOf(node),
          within,
        });
        visitChildren(node, [...within, blocks.length - 1], isTopLevel);
        return;
      }
      case "mdxjsEsm":
        addModuleSyntax(node);
        return;
      case "mdxFlowExpression":
      case "mdxTextExpression":
        addExpression((node as Node & { value: string }).value, spanOf(node));
        return;
      case "inlineCode":
        inlineCodes.push(readInlineCode(node as InlineCode, spanOf(node), lines));
        return;
      case "link":
      case "image":
      case "definition":
        links.push({
          target: (node as Node & { url: string }).url,
          text: renderTitle(node),
          span: spanOf(node),
        });
        break;
      default:
    }
    const isOutline = node.type === "root";
    visitChildren(node, within, isOutline && isTopLevel);
  }

  function visitChildren(node: Node, within: readonly number[], isTopLevel: boolean): void {
    const children = (node as Partial<Parent>).children ?? [];
    for (const [index, child] of children.entries()) {
      const text = readComment(child);
      if (text !== undefined) {
        const behind = children.slice(index + 1).find((next) => readComment(next) === undefined);
        const isInProse = node.type === "paragraph" || node.type === "heading";
        const scope = isInProse ? node : behind;
        comments.push({ text, span: spanOf(child), scope: scope && spanOf(scope) });
      }
      visit(child, within, isTopLevel);
    }
  }

  function addFence(node: Code, within: readonly number[]): void {
    const span = spanOf(node);
    const opener = readFenceOpener(lines.lineText(span.start.line), span.start.column - 1);
    if (opener !== undefined && !isClosed(opener.marks, node.value, span, lines)) {
      const openerEnd = lines.lineStart(span.start.line) + opener.end;
      diagnostics.push(
        makeDiagnostic(
          "unclosed-fence",
          { opener: opener.marks },
          { path, span: lines.spanOf(span.start.offset, openerEnd) },
        ),
      );
    }
    const meta = opener?.meta ?? "";
    const metaStart = lines.lineStart(span.start.line) + (opener?.metaStart ?? 0);
    const fence: ParsedFence = {
      kind: "fence",
      language: node.lang ?? undefined,
      meta,
      metaSpan: lines.spanOf(metaStart, metaStart + meta.length),
      code: node.value.replace(/\r\n?/g, "\n"),
      codeSpan: codeSpanOf(node.value, span, opener !== undefined, lines),
      span,
      isIndented: opener === undefined,
      within,
    };
    blocks.push(fence);
  }

  function readAttributes(
    element: MdxJsxFlowElement | MdxJsxTextElement,
  ): ReadonlyMap<string, ParsedComponentAttribute> {
    const attributes = new Map<string, ParsedComponentAttribute>();
    for (const attribute of element.attributes) {
      const span = attribute.position
        ? lines.spanOf(attribute.position.start.offset ?? 0, attribute.position.end.offset ?? 0)
        : spanOf(element);
      if (attribute.type === "mdxJsxExpressionAttribute") {
        addExpression(attribute.value, span);
      } else if (attribute.value === null || attribute.value === undefined) {
        attributes.set(attribute.name, { value: true, span });
      } else if (typeof attribute.value === "string") {
        attributes.set(attribute.name, { value: attribute.value, span });
      } else {
        const literal = readLiteral(attribute.value.value);
        if (literal === undefined) addExpression(attribute.value.value, span);
        else attributes.set(attribute.name, { value: literal, span });
      }
    }
    return attributes;
  }

  function addExpression(value: string, span: Span): void {
    const withoutComments = value.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "").trim();
    if (withoutComments === "") return;
    diagnostics.push(
      makeDiagnostic("mdx-expression", { expression: value.trim() }, { path, span }),
    );
  }

  function addModuleSyntax(node: Node): void {
    const { value } = node as Node & { value: string };
    const base = node.position?.start.offset ?? 0;
    for (const statement of value.matchAll(/^(import|export)\b.*$/gm)) {
      const span = lines.spanOf(
        base + statement.index,
        base + statement.index + statement[0].length,
      );
      const code = statement[1] === "import" ? "mdx-import" : "mdx-export";
      diagnostics.push(makeDiagnostic(code, {}, { path, span }));
    }
  }

  visit(tree, [], true);
  return { blocks, links, inlineCodes, comments, diagnostics };
}

/** What a comment says; undefined for any other node. */
function readComment(node: Node): string | undefined {
  if (node.type === "html") {
    return /^<!--([\s\S]*?)-->\s*$/.exec((node as Html).value)?.[1]?.trim();
  }
  if (node.type !== "mdxFlowExpression" && node.type !== "mdxTextExpression") return undefined;
  return /^\s*\/\*([\s\S]*?)\*\/\s*$/.exec((node as Node & { value: string }).value)?.[1]?.trim();
}

/** The code between the ticks; where it goes over a line's end, the whole is its place. */
function readInlineCode(node: InlineCode, span: Span, lines: LineIndex): ParsedInlineCode {
  const line = lines.lineText(span.start.line);
  const at = line.indexOf(node.value, span.start.column - 1);
  const isOnOneLine = span.start.line === span.end.line && at !== -1;
  if (!isOnOneLine) return { text: node.value, span };
  const start = lines.lineStart(span.start.line) + at;
  return { text: node.value, span: lines.spanOf(start, start + node.value.length) };
}

function toSpan(node: Node, lines: LineIndex): Span {
  return lines.spanOf(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

/** True where the block's last line closes it and is no part of its code. */
function isClosed(opener: string, code: string, span: Span, lines: LineIndex): boolean {
  const linesBelow = span.end.line - span.start.line;
  const linesOfCode = code === "" ? 0 : code.split(/\r\n|\r|\n/).length;
  if (linesOfCode >= linesBelow) return false;
  const last = lines
    .lineText(span.end.line)
    .replace(/^[\s>]*/, "")
    .trimEnd();
  return last.length >= opener.length && last === (opener[0] ?? "").repeat(last.length);
}

function codeSpanOf(code: string, span: Span, isFenced: boolean, lines: LineIndex): Span {
  const firstLine = isFenced ? span.start.line + 1 : span.start.line;
  if (code === "") {
    const start = Math.min(lines.lineStart(firstLine), span.end.offset);
    return lines.spanOf(start, start);
  }
  const lastLine = firstLine + code.split(/\r\n|\r|\n/).length - 1;
  const end = lines.lineStart(lastLine) + lines.lineText(lastLine).length;
  return lines.spanOf(
    lines.lineStart(firstLine),
    Math.min(end, Math.max(span.end.offset, span.start.offset)),
  );
}

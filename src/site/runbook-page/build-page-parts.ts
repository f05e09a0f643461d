import type { Element, ElementContent, RootContent } from "hast";
import type { Root } from "mdast";
import { toHast } from "mdast-util-to-hast";
import type { Runbook } from "../../model/runbook.ts";
import type { HighlightCode } from "./build-code-tokens.ts";
import { groupVariants } from "./group-variants.ts";
import { createPartHandlers, type PartBuilder } from "./part-handlers.ts";
import { renderProse, type ProseContext } from "./render-prose.ts";
import { containerTags, type ContainerTag, type PagePart } from "./runbook-page.ts";

/**
 * Turns a document's tree into the pieces that its page shows, in the order of the text.
 *
 * What is a step is `runbook`'s to say: each of its steps is there exactly once, and where the text
 * has no place to show one (a footnote that nothing refers to) it stands at the end. Nothing of the
 * document is evaluated. No I/O.
 */
export function buildPageParts(
  tree: Root,
  runbook: Runbook,
  context: ProseContext & { readonly highlight: HighlightCode },
): readonly PagePart[] {
  const placed = new Set<string>();
  const builders = new Map<Element, PartBuilder>();
  const handlers = createPartHandlers(runbook, builders, placed);
  const root = toHast(tree, { allowDangerousHtml: true, clobberPrefix: "", handlers });
  const children = root.type === "root" ? root.children : [];
  const parts = splitParts(children, builders, context);
  const left = runbook.steps.filter((step) => !placed.has(step.id));
  const all = [
    ...parts,
    ...left.map((step): PagePart => ({ kind: "step", id: step.id, parts: [] })),
  ];
  const osById = new Map(
    runbook.steps.map((step) => [
      step.id,
      step.kind === "command" ? step.attributes.os : undefined,
    ]),
  );
  return groupVariants(highlightParts(all, context.highlight), (id) => osById.get(id) ?? []);
}

function highlightParts(parts: readonly PagePart[], highlight: HighlightCode): readonly PagePart[] {
  return parts.map((part) => {
    if (part.kind === "code") return { ...part, tokens: highlight(part.text, part.language) };
    return "parts" in part ? { ...part, parts: highlightParts(part.parts, highlight) } : part;
  });
}

type Builders = ReadonlyMap<Element, PartBuilder>;

/** Splits nodes at what is more than prose; everything between is rendered in one piece. */
function splitParts(
  nodes: readonly RootContent[],
  builders: Builders,
  context: ProseContext,
): PagePart[] {
  const parts: PagePart[] = [];
  let prose: RootContent[] = [];
  const flush = (): void => {
    const html = renderProse(prose, context);
    if (html !== "") parts.push({ kind: "prose", html });
    prose = [];
  };
  const children = joinDetails(nodes, builders);
  for (const node of children) {
    if (!holdsPart(node, builders)) {
      prose.push(node);
      continue;
    }
    const build = node.type === "element" ? builders.get(node) : undefined;
    if (node.type !== "element") continue;
    if (build !== undefined) {
      flush();
      parts.push(...build(splitParts(node.children, builders, context)));
    } else if (isContainer(node)) {
      flush();
      const start = node.properties["start"];
      parts.push({
        kind: "element",
        tag: node.tagName as ContainerTag,
        start: typeof start === "number" ? start : undefined,
        parts: splitParts(node.children, builders, context),
      });
    } else if (node.tagName === "p") {
      for (const piece of splitParagraph(node, builders)) {
        if (builders.has(piece)) {
          flush();
          parts.push(...splitParts([piece], builders, context));
        } else prose.push(piece);
      }
    } else {
      // A table or a heading cannot hold a step: it is shown whole, and its steps follow it.
      const [whole, inner] = takeOut(node, builders);
      prose.push(whole);
      flush();
      parts.push(...splitParts(inner, builders, context));
    }
  }
  flush();
  return parts;
}

function holdsPart(node: RootContent, builders: Builders): boolean {
  if (node.type !== "element") return false;
  return builders.has(node) || node.children.some((child) => holdsPart(child, builders));
}

function isContainer(node: Element): boolean {
  return containerTags.some((tag) => tag === node.tagName);
}

/** A paragraph around components becomes the paragraphs before, between and after them. */
function splitParagraph(paragraph: Element, builders: Builders): Element[] {
  const pieces: Element[] = [];
  let words: ElementContent[] = [];
  const flush = (): void => {
    const isBlank = words.every((node) => node.type === "text" && node.value.trim() === "");
    if (!isBlank) pieces.push({ ...paragraph, children: words });
    words = [];
  };
  for (const child of paragraph.children) {
    if (!holdsPart(child, builders)) {
      words.push(child);
      continue;
    }
    if (child.type !== "element") continue;
    const [whole, inner] = builders.has(child) ? [undefined, [child]] : takeOut(child, builders);
    if (whole !== undefined) words.push(whole);
    flush();
    pieces.push(...inner);
  }
  flush();
  return pieces;
}

/** Gives an element without what is more than prose, and that by itself. */
function takeOut(node: Element, builders: Builders): [Element, Element[]] {
  const taken: Element[] = [];
  const children = node.children.flatMap((child): ElementContent[] => {
    if (child.type !== "element") return [child];
    if (builders.has(child)) {
      taken.push(child);
      return [];
    }
    const [whole, inner] = takeOut(child, builders);
    taken.push(...inner);
    return [whole];
  });
  return [{ ...node, children }, taken];
}

/**
 * Joins `<details>` in raw HTML with its end where steps stand between them: parsed piece by piece
 * the one would be empty and the other lost.
 */
function joinDetails(nodes: readonly RootContent[], builders: Builders): readonly RootContent[] {
  const joined: RootContent[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (node === undefined) continue;
    const end = node.type === "raw" ? findDetailsEnd(nodes, at) : undefined;
    const inner = end === undefined ? [] : nodes.slice(at + 1, end);
    if (
      end === undefined ||
      node.type !== "raw" ||
      !inner.some((one) => holdsPart(one, builders))
    ) {
      joined.push(node);
      continue;
    }
    const opening = node.value.replace(/^\s*<details[^>]*>/i, "");
    const children = [{ type: "raw" as const, value: opening }, ...inner].filter(isContent);
    joined.push({ type: "element", tagName: "details", properties: {}, children });
    at = end;
  }
  return joined;
}

function findDetailsEnd(nodes: readonly RootContent[], start: number): number | undefined {
  let depth = 0;
  for (const [offset, node] of nodes.slice(start).entries()) {
    if (node.type !== "raw") continue;
    if (offset === 0 && !/^\s*<details[\s>]/i.test(node.value)) return undefined;
    depth += count(node.value, /<details[\s>]/gi) - count(node.value, /<\/details>/gi);
    if (depth === 0) return offset === 0 ? undefined : start + offset;
  }
  return undefined;
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

function isContent(node: RootContent): node is ElementContent {
  return node.type !== "doctype";
}

import type { Element, ElementContent } from "hast";
import type { Blockquote, Code, Heading, ListItem, Node, Parents } from "mdast";
import type { MdxJsxFlowElement, MdxJsxTextElement } from "mdast-util-mdx-jsx";
import { defaultHandlers, type Handlers, type State } from "mdast-util-to-hast";
import { toString } from "mdast-util-to-string";
import { outputLanguage } from "../../compile/languages.ts";
import type { Runbook, Section, Step } from "../../model/runbook.ts";
import { readLiteral } from "../../parse/read-literal.ts";
import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";
import { stepAnchor, type AsideTone, type PagePart } from "./runbook-page.ts";

/** Makes the pieces that an element stands for from the pieces inside it. */
export type PartBuilder = (parts: readonly PagePart[]) => PagePart[];

type JsxElement = MdxJsxFlowElement | MdxJsxTextElement;

const asideTones: Readonly<Record<string, AsideTone>> = {
  Note: "note",
  Info: "note",
  Important: "note",
  Tip: "tip",
  Warning: "warning",
  Caution: "warning",
  Danger: "danger",
};

/**
 * Makes the handlers that set apart, in a document's HTML, what is more than prose.
 *
 * Each such element is entered in `builders`, by identity: an author can forge a name, but not
 * that. Ids of steps that got a place are added to `placed`. No I/O.
 */
export function createPartHandlers(
  runbook: Runbook,
  builders: Map<Element, PartBuilder>,
  placed: Set<string>,
): Handlers {
  const stepsByOffset = groupByOffset(runbook.steps);
  const sectionsByOffset = new Map(
    runbook.sections.map((section) => [section.span.start.offset, section]),
  );
  const expectationLines = new Set(
    runbook.steps.flatMap((step) =>
      step.kind === "command" && step.expectation !== undefined
        ? [step.expectation.codeSpan.start.line]
        : [],
    ),
  );
  const title = findTitleSection(runbook);
  const anchors = new Set(runbook.steps.map((step) => stepAnchor(step.id)));

  function mark(children: ElementContent[], build: PartBuilder): Element {
    const place = element("div", {}, children);
    builders.set(place, build);
    return place;
  }

  function markSteps(node: Node, children: ElementContent[] = []): Element | undefined {
    const steps = stepsByOffset.get(offsetOf(node)) ?? [];
    if (steps.length === 0) return undefined;
    for (const step of steps) placed.add(step.id);
    return mark(children, (parts) =>
      steps.map((step) => ({ kind: "step", id: step.id, parts: [...parts] })),
    );
  }

  function handleCode(_state: State, node: Code): Element | undefined {
    const steps = markSteps(node);
    if (steps !== undefined) return steps;
    const isExpectation =
      node.lang?.toLowerCase() === outputLanguage &&
      expectationLines.has((node.position?.start.line ?? -1) + 1);
    if (isExpectation) return undefined;
    const { lang, value } = node;
    return mark([], () => [
      { kind: "code", language: lang ?? "", text: escapeControlCharacters(value) },
    ]);
  }

  function handleHeading(state: State, node: Heading): Element | undefined {
    const section = sectionsByOffset.get(offsetOf(node));
    if (section === undefined) {
      return element("p", { className: ["subheading"] }, state.all(node));
    }
    if (section === title) return undefined;
    const level = levelOf(section, runbook, title);
    return mark(state.all(node), (parts) => [
      {
        kind: "heading",
        level,
        anchor: anchors.has(section.id) ? undefined : section.id,
        title: escapeControlCharacters(section.title),
        html: proseOf(parts),
      },
      ...parts.filter((part) => part.kind !== "prose"),
    ]);
  }

  function handleListItem(
    state: State,
    node: ListItem,
    parent: Parents | undefined,
  ): Element | undefined {
    const steps = stepsByOffset.get(offsetOf(node)) ?? [];
    const task = steps.find((step) => step.kind === "manual" && step.origin === "task");
    if (task === undefined || typeof node.checked !== "boolean") {
      const box = node.checked === true ? "☑ " : "☐ ";
      const item = defaultHandlers.listItem(state, { ...node, checked: null }, parent);
      if (typeof node.checked === "boolean") putFirst(item, { type: "text", value: box });
      return item;
    }
    placed.add(task.id);
    const [first, ...rest] = node.children;
    const label = first?.type === "paragraph" ? state.all(first) : [];
    const others = first?.type === "paragraph" ? rest : node.children;
    const box = mark(label, (parts) => [
      { kind: "task", id: task.id, label: proseOf(parts) },
      ...parts.filter((part) => part.kind !== "prose"),
    ]);
    return element("li", {}, [box, ...state.all({ ...node, children: others })]);
  }

  function handleBlockquote(state: State, node: Blockquote): Element | undefined {
    const alert = readAlert(node);
    if (alert === undefined) return defaultHandlers.blockquote(state, node);
    return markAside(alert.name, undefined, state.all(alert.content));
  }

  function handleComponent(state: State, node: JsxElement): Element | ElementContent[] | undefined {
    const { name } = node;
    const children = state.all(node);
    if (name === null) return children;
    if (/^[a-z]/.test(name)) return element(name, htmlProperties(node), children);
    const content = node.type === "mdxJsxTextElement" ? [element("p", {}, children)] : children;
    switch (name) {
      case "Manual":
        return markSteps(node, content);
      case "Include":
        return markSteps(node);
      case "Choice":
        return mark(children, (parts) => [
          { kind: "choice", input: attribute(node, "input") ?? "", parts: [...parts] },
        ]);
      case "Option": {
        const value = attribute(node, "value") ?? "";
        const label = escapeControlCharacters(attribute(node, "label") ?? value);
        return mark(content, (parts) => [{ kind: "option", value, label, parts: [...parts] }]);
      }
      case "Fact":
        return element("data", { value: attribute(node, "of") ?? "" }, children);
      case "Inputs":
      case "Tools":
      case "Contacts": {
        const of = name.toLowerCase() as "inputs" | "tools" | "contacts";
        return mark([], () => [{ kind: "table", of }]);
      }
      case "Contract":
        return mark([], () => [{ kind: "contract", name: attribute(node, "of") ?? "" }]);
      default:
        if (name in asideTones) return markAside(name, attribute(node, "title"), content);
        // A component that nobody knows is a problem told above; its content is not lost.
        return children;
    }
  }

  function markAside(name: string, given: string | undefined, children: ElementContent[]): Element {
    const tone = asideTones[name] ?? "note";
    return mark(children, (parts) => [
      { kind: "aside", tone, title: escapeControlCharacters(given ?? name), parts: [...parts] },
    ]);
  }

  return {
    code: handleCode,
    heading: handleHeading,
    listItem: handleListItem,
    blockquote: handleBlockquote,
    mdxJsxFlowElement: handleComponent,
    mdxJsxTextElement: handleComponent,
    mdxFlowExpression: handleExpression,
    mdxTextExpression: handleExpression,
    mdxjsEsm: () => undefined,
  };
}

/** The heading that is the page's title already: the first one, where it says the same. No I/O. */
export function findTitleSection(runbook: Runbook): Section | undefined {
  const first = runbook.sections[0];
  return first?.depth === 1 && first.title === runbook.title ? first : undefined;
}

function groupByOffset(steps: readonly Step[]): ReadonlyMap<number, readonly Step[]> {
  const groups = new Map<number, Step[]>();
  for (const step of steps) {
    const { offset } = step.span.start;
    const group = groups.get(offset);
    if (group === undefined) groups.set(offset, [step]);
    else group.push(step);
  }
  return groups;
}

function offsetOf(node: Node): number {
  return node.position?.start.offset ?? -1;
}

/** The page's title is level 1, so its sections begin at 2; no level is ever left out. */
function levelOf(section: Section, runbook: Runbook, title: Section | undefined): number {
  let level = 2;
  for (let parent = section.parentId; parent !== undefined;) {
    if (parent !== title?.id) level += 1;
    const above = parent;
    parent = runbook.sections.find(({ id }) => id === above)?.parentId;
  }
  return Math.min(level, 6);
}

function proseOf(parts: readonly PagePart[]): string {
  return parts.map((part) => (part.kind === "prose" ? part.html : "")).join(" ");
}

function putFirst(item: Element, node: ElementContent): void {
  const first = item.children.find((child) => child.type === "element" && child.tagName === "p");
  const place = first?.type === "element" ? first : item;
  place.children.unshift(node);
}

/** GitHub's `> [!NOTE]`. */
function readAlert(node: Blockquote): { name: string; content: Blockquote } | undefined {
  const [first, ...rest] = node.children;
  if (first?.type !== "paragraph") return undefined;
  const [text, ...words] = first.children;
  if (text?.type !== "text") return undefined;
  const found = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i.exec(text.value);
  const word = found?.[1]?.toLowerCase();
  if (found === null || word === undefined) return undefined;
  const value = text.value.slice(found[0].length);
  const paragraph = { ...first, children: [{ ...text, value }, ...words] };
  const isEmpty = toString(paragraph).trim() === "";
  const name = `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
  return { name, content: { ...node, children: isEmpty ? rest : [paragraph, ...rest] } };
}

/** An expression is never evaluated: its text is shown, unless it is a comment. */
function handleExpression(
  _state: State,
  node: Node & { readonly value: string },
): Element | undefined {
  const text = node.value.replace(/\/\*[\s\S]*?\*\//g, "").trim();
  if (text === "") return undefined;
  const shown = element("code", {}, [{ type: "text", value: `{${node.value}}` }]);
  return node.type === "mdxFlowExpression" ? element("p", {}, [shown]) : shown;
}

function attribute(node: JsxElement, name: string): string | undefined {
  for (const one of node.attributes) {
    if (one.type !== "mdxJsxAttribute" || one.name !== name) continue;
    if (typeof one.value === "string") return one.value;
    const literal =
      typeof one.value === "object" && one.value !== null
        ? readLiteral(one.value.value)
        : undefined;
    return literal === undefined ? undefined : String(literal);
  }
  return undefined;
}

/** Attributes of plain HTML in MDX, as text; what of them may stay is the sanitiser's to say. */
function htmlProperties(node: JsxElement): Record<string, string> {
  const names = node.attributes.flatMap((one) =>
    one.type === "mdxJsxAttribute" ? [one.name] : [],
  );
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = attribute(node, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function element(
  tagName: string,
  properties: Element["properties"],
  children: ElementContent[],
): Element {
  return { type: "element", tagName, properties, children };
}

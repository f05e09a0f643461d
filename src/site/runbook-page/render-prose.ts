import type { Element, Nodes, Root, RootContent } from "hast";
import { raw } from "hast-util-raw";
import { defaultSchema, sanitize, type Schema } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";
import { resolveLink, type SiteLinks } from "./site-links.ts";

/** Whose prose it is, and what its links can lead to. */
export interface ProseContext {
  /** The document's path, to which its links are relative. */
  readonly path: string;
  readonly links: SiteLinks;
}

/**
 * What prose may hold: GitHub's list, without form controls and with `data`, which shows a fact.
 *
 * List items may stand alone, since a list that holds steps is shown in pieces.
 */
const schema: Schema = {
  ...defaultSchema,
  strip: ["script", "style"],
  tagNames: [...(defaultSchema.tagNames ?? []).filter((name) => name !== "input"), "data"],
  attributes: { ...defaultSchema.attributes, data: ["value"] },
  protocols: {
    ...defaultSchema.protocols,
    href: ["http", "https", "mailto", "tel"],
    src: ["http", "https"],
    cite: ["http", "https"],
    longDesc: ["http", "https"],
  },
};

/**
 * Renders prose to HTML that cannot run anything and loads nothing from elsewhere.
 *
 * Raw HTML in `nodes` is parsed, then all is sanitised; only what is added afterwards is ours.
 * Links are rewritten for the site; images become links, or words where the site lacks the file.
 * No I/O.
 */
export function renderProse(nodes: readonly RootContent[], context: ProseContext): string {
  const parsed = raw({ type: "root", children: nodes.map(createBlankKeeper()) });
  const safe = sanitize(parsed, schema);
  return toHtml(dress(safe, context)).trim();
}

/** Elements that a page drops: not blanks such as `<pod-name>`, which a reader must see. */
const droppedElements = new Set(
  (
    "abbr acronym address applet area article aside audio base basefont bdi bdo big body button " +
    "canvas center cite col colgroup command content datalist dialog dir embed fieldset figcaption " +
    "figure font footer form frame frameset head header hgroup html iframe input keygen label legend " +
    "link main map mark marquee math menu menuitem meta meter nav nobr noembed noframes noscript " +
    "object optgroup option output param plaintext portal progress rb rtc script search select slot " +
    "small style svg template textarea time title track u video wbr xmp"
  ).split(" "),
);

/** So deep stand elements of raw HTML in each other; whoever writes more means to exhaust us. */
const deepest = 200;

/** Elements that another one of their kind, or their container's end, closes. */
const closedByOthers = new Set(
  "area br col dd dt embed hr img input li link meta option p source td th tr track wbr".split(" "),
);

/**
 * Makes the function that shows what is no HTML at all as it is written: `<placeholder>`. So is
 * HTML from a depth on that no person wrote.
 */
function createBlankKeeper(): <N extends RootContent>(node: N) => N {
  let depth = 0;
  const keepBracket = (bracket: string, tag: string): string => {
    const [, slash, name = ""] = /^(\/?)([a-z][\w.-]*)/iu.exec(tag) ?? [];
    if (!isHtmlElement(name)) return "&lt;";
    if (closedByOthers.has(name.toLowerCase())) return bracket;
    if (slash === "/") depth = Math.max(0, depth - 1);
    else if (depth >= deepest) return "&lt;";
    else depth += 1;
    return bracket;
  };
  return function keepBlanks<N extends RootContent>(node: N): N {
    if (node.type === "raw") {
      const value = node.value.replace(/<(?=(\/?[a-z][\w.-]*)[^<>]*>)/gi, keepBracket);
      return { ...node, value };
    }
    return "children" in node ? { ...node, children: node.children.map(keepBlanks) } : node;
  };
}

function isHtmlElement(name: string): boolean {
  const known = name.toLowerCase();
  return droppedElements.has(known) || schema.tagNames?.includes(known) === true;
}

function dress(tree: Nodes, context: ProseContext): Nodes {
  const root: Root = { type: "root", children: tree.type === "root" ? tree.children : [] };
  dressAll(root, context, false);
  return root;
}

/** One walk of our own: a site of many runbooks comes here for each of their paragraphs. */
function dressAll(parent: Root | Element, context: ProseContext, isInTable: boolean): void {
  for (const [at, node] of parent.children.entries()) {
    if (node.type === "text") node.value = escapeControlCharacters(node.value);
    if (node.type !== "element") continue;
    dressAll(node, context, isInTable || node.tagName === "table");
    dressElement(node, context);
    if (node.tagName === "table" && !isInTable) parent.children[at] = scrollable(node);
  }
}

function dressElement(node: Element, context: ProseContext): void {
  switch (node.tagName) {
    case "a":
      dressLink(node, context);
      break;
    case "img":
    case "source":
      replaceImage(node, context);
      break;
    case "h1":
    case "h2":
    case "h3":
    case "h4":
    case "h5":
    case "h6":
      // The outline of the page is made of the document's sections alone.
      node.tagName = "p";
      node.properties = { className: ["subheading"] };
      break;
    case "pre":
      node.properties = { className: ["code"] };
      break;
    default:
  }
}

function dressLink(node: Element, context: ProseContext): void {
  const href = node.properties["href"];
  if (typeof href !== "string") return;
  const target = resolveLink(href, context.path, context.links);
  if (target.kind === "file") {
    nameFile(node, target.path);
    return;
  }
  node.properties["href"] = target.href;
  if (target.kind !== "outside") return;
  node.properties["rel"] = ["noreferrer"];
  const [child] = node.children;
  // On paper, what says its address already does not say it twice.
  if (child?.type === "text" && child.value === href) node.properties["dataBare"] = "";
}

/** A link that would lead nowhere says which file it means. */
function nameFile(node: Element, path: string): void {
  const text = node.children.map((child) => (child.type === "text" ? child.value : "")).join("");
  node.tagName = "span";
  node.properties = { className: ["file"] };
  const isNamed = text === path || text === path.split("/").at(-1);
  if (!isNamed) node.children.push({ type: "text", value: " " }, filePath(path));
}

function replaceImage(node: Element, context: ProseContext): void {
  const { src, alt } = node.properties;
  const label = `Image: ${typeof alt === "string" && alt !== "" ? alt : "no description"}`;
  const target =
    typeof src === "string" ? resolveLink(src, context.path, context.links) : undefined;
  node.children = [{ type: "text", value: label }];
  if (target?.kind === "outside") {
    node.tagName = "a";
    node.properties = { href: target.href, rel: ["noreferrer"] };
    return;
  }
  node.tagName = "span";
  node.properties = { className: ["file"] };
  if (target?.kind === "file")
    node.children.push({ type: "text", value: " " }, filePath(target.path));
}

function scrollable(table: Element): Element {
  // A group, since a page may have many tables and a region would need a name of its own each.
  const properties = { className: ["scroll"], role: "group", ariaLabel: "Table", tabIndex: 0 };
  return { type: "element", tagName: "div", properties, children: [table] };
}

function filePath(text: string): Element {
  return {
    type: "element",
    tagName: "code",
    properties: { className: ["file-path"] },
    children: [{ type: "text", value: text }],
  };
}

import type { Code, List, ListItem, Node, Parent, Table } from "mdast";

/**
 * Renders a node's content as plain text that a terminal can show: a line for each paragraph, `- `
 * or `1. ` before list items, code as it stands, targets behind links.
 *
 * HTML tags and MDX comments are left out.
 *
 * @example "Open the dashboard (https://example.org).\n- Deployments tab\n- Status is Success"
 *
 * No I/O.
 */
export function renderPlainText(node: Node): string {
  const children = (node as Partial<Parent>).children ?? [];
  return children
    .map(renderBlock)
    .filter((text) => text !== "")
    .join("\n");
}

/** Renders a task list item like any content, without the tasks below it: they are steps themselves. No I/O. */
export function renderTaskText(item: ListItem): string {
  return renderPlainText(withoutTasks(item));
}

/** Renders inline content as one line, for titles: no targets of links, no tags, no comments. No I/O. */
export function renderTitle(node: Node): string {
  return inlineText(node, false).replace(/\s+/g, " ").trim();
}

function withoutTasks(node: ListItem): ListItem {
  const children = node.children.map((child) => {
    if (child.type !== "list") return child;
    const items = child.children.filter((item) => typeof item.checked !== "boolean");
    return { ...child, children: items.map(withoutTasks) };
  });
  return { ...node, children };
}

function renderBlock(node: Node): string {
  switch (node.type) {
    case "list":
      return renderList(node as List);
    case "code":
      return indent((node as Code).value.replace(/\r\n?/g, "\n"), "    ");
    case "table":
      return renderTable(node as Table);
    case "blockquote":
    case "mdxJsxFlowElement":
      return renderPlainText(node);
    default:
      return inlineText(node, true).trim();
  }
}

function renderList(list: List): string {
  return list.children
    .map((item, index) => {
      const marker = list.ordered === true ? `${(list.start ?? 1) + index}. ` : "- ";
      return marker + indent(renderPlainText(item), " ".repeat(marker.length)).trimStart();
    })
    .join("\n");
}

function renderTable(table: Table): string {
  return table.children
    .map((row) => row.children.map((cell) => inlineText(cell, true)).join(" | "))
    .join("\n");
}

function inlineText(node: Node, hasTargets: boolean): string {
  const { value, alt, url, children } = node as Node & {
    readonly value?: string;
    readonly alt?: string | null;
    readonly url?: string;
    readonly children?: readonly Node[];
  };
  switch (node.type) {
    case "html":
      return renderHtml(value ?? "");
    case "mdxTextExpression":
    case "mdxFlowExpression":
      return "";
    case "break":
      return "\n";
    case "image":
      return alt ?? "";
    default:
  }
  // A paragraph's own line breaks are where its source was wrapped, and mean nothing.
  if (value !== undefined) return value.replace(/[ \t]*(?:\r\n|\r|\n)[ \t]*/g, " ");
  const text = (children ?? []).map((child) => inlineText(child, hasTargets)).join("");
  const isLink = hasTargets && node.type === "link" && /^[a-z][a-z+.-]*:/i.test(url ?? "");
  return isLink && !(url ?? "").endsWith(text) ? `${text} (${url ?? ""})` : text;
}

/** Tags of HTML format and say nothing; `<cluster-name>` in plain Markdown is a word of the author's. */
function renderHtml(html: string): string {
  if (/^<br\s*\/?>$/i.test(html)) return "\n";
  const name = /^<\/?([a-z][a-z0-9]*)(?=[\s/>])/i.exec(html)?.[1]?.toLowerCase();
  return html.startsWith("<!--") || (name !== undefined && htmlElements.has(name)) ? "" : html;
}

const htmlElements = new Set(
  `a abbr b big blockquote center cite code dd del details dfn div dl dt em figcaption figure font
  h1 h2 h3 h4 h5 h6 hr i iframe img input ins kbd label li mark ol p picture pre q s samp section
  small source span strike strong sub summary sup svg table tbody td tfoot th thead tr tt u ul var
  video`.split(/\s+/),
);

function indent(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}

import type { Code, List, Node, Parent } from "mdast";
import { toString } from "mdast-util-to-string";

/**
 * Renders a node's content as plain text that a terminal can show: a line for each paragraph, `- `
 * or `1. ` before list items, code as it stands.
 *
 * @example "Open the dashboard.\n- Deployments tab\n- Status is Success"
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

function renderBlock(node: Node): string {
  switch (node.type) {
    case "list":
      return renderList(node as List);
    case "code":
      return indent((node as Code).value, "    ");
    case "blockquote":
    case "mdxJsxFlowElement":
      return renderPlainText(node);
    default:
      return foldLines(toString(node));
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

/** A paragraph's own line breaks are where its source was wrapped, and mean nothing. */
function foldLines(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").trim();
}

function indent(text: string, by: string): string {
  return text.replace(/^(?=.)/gm, by);
}

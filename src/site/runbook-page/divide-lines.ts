import type { CodeToken } from "./runbook-page.ts";

/**
 * Divides tokens into lines, each with the line feed that ends it. No I/O.
 *
 * @example divideLines([{ text: "a\nb", kind: "s" }]) → [[{ text: "a\n", kind: "s" }], [{ text: "b", kind: "s" }]]
 */
export function divideLines(tokens: readonly CodeToken[]): readonly (readonly CodeToken[])[] {
  const lines: CodeToken[][] = [[]];
  for (const token of tokens) {
    for (const text of token.text.split(/(?<=\n)/)) {
      if (text === "") continue;
      lines.at(-1)?.push({ ...token, text });
      if (text.endsWith("\n")) lines.push([]);
    }
  }
  if (lines.at(-1)?.length === 0 && lines.length > 1) lines.pop();
  return lines;
}

import { escapeControlCharacters } from "./sanitise-terminal-text.ts";

/**
 * Makes any text harmless words of one Markdown line: no markup, no mention, no link of it works.
 * No I/O.
 */
export function toMarkdownLine(text: string): string {
  return (
    escapeControlCharacters(text)
      .replaceAll(/\s+/gu, " ")
      .replaceAll(/[\\`*_[\]<>#&~$]/gu, String.raw`\$&`)
      // A comment between them keeps hosts from making mentions and links of bare words.
      .replaceAll(/@(?=\w)|:(?=\/\/)|\bwww(?=\.)/giu, "$&<!-- -->")
  );
}

/** The same for a cell of a table. No I/O. */
export function toMarkdownCell(text: string): string {
  return toMarkdownLine(text).replaceAll("|", String.raw`\|`);
}

/** Makes any text inline code. No I/O. */
export function toMarkdownCode(text: string): string {
  return `\`${escapeControlCharacters(text).replaceAll(/\s+/gu, " ").replaceAll("`", "'")}\``;
}

/**
 * Makes a message of ours, with code of documents between back-ticks, one Markdown line that can
 * stand in a cell: the code stays code, the rest is made harmless. No I/O.
 */
export function toMarkdownMessage(message: string): string {
  return message
    .split(/(``.+?``|`[^`]+`)/u)
    .map((part, index) => {
      if (index % 2 === 0) return toMarkdownCell(part);
      const code = part.startsWith("``") ? part.slice(2, -2).trim() : part.slice(1, -1);
      return /[|\\]/u.test(code) ? toHtmlCode(code) : toMarkdownCode(code);
    })
    .join("");
}

/** In a table a bar ends even inline code, and a backslash before it does not help for sure. */
function toHtmlCode(text: string): string {
  const harmless = escapeControlCharacters(text)
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
  return `<code>${harmless}</code>`;
}

/** Puts a text into a fence that is longer than any fence in it. No I/O. */
export function toMarkdownFence(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/gu), ([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

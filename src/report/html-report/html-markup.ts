import { escapeControlCharacters } from "../sanitise-terminal-text.ts";

/** A piece of a page: text that is HTML already, and is not escaped again. */
export interface Markup {
  readonly html: string;
}

/** What can stand in a piece of a page; a text is escaped, a list is joined, `undefined` is nothing. */
export type HtmlValue = string | number | Markup | readonly Markup[] | undefined;

/**
 * Makes a piece of a page of a template; whatever is put into it as text stays text, in an element as
 * in an attribute in double quotes. Characters that could deceive a reader are made visible. No I/O.
 *
 * @example html`<b title="${'"'}">${"<i>"}</b>`.html → '<b title="&#34;">&#60;i&#62;</b>'
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Markup {
  const [first = "", ...rest] = strings;
  return {
    html: rest.reduce((page, string, index) => page + toHtml(values[index]) + string, first),
  };
}

/** Makes any text text of a page; its control characters stay as they are. No I/O. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);
}

function toHtml(value: HtmlValue): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escapeHtml(escapeControlCharacters(value));
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map((piece) => piece.html).join("");
}

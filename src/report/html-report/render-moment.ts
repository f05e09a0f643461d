import { html, type Markup } from "./html-markup.ts";

/**
 * Writes a time in UTC, to the second; without its date where that is the day of `sameDayMs`. No I/O.
 *
 * @example renderMoment(Date.parse("2026-02-03T10:15:00Z")) → 2026-02-03 10:15:00 UTC, in a `time` element
 */
export function renderMoment(atMs: number, sameDayMs?: number): Markup {
  const iso = new Date(atMs).toISOString();
  const date = iso.slice(0, 10);
  const isSameDay = sameDayMs !== undefined && new Date(sameDayMs).toISOString().startsWith(date);
  const clock = `${iso.slice(11, 19)} UTC`;
  return html`<time datetime="${iso}">${isSameDay ? clock : `${date} ${clock}`}</time>`;
}

/**
 * The style of a report's page, in the colours of the site (`site/styles/tokens.css`): by day, by night
 * and on paper.
 */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f7f6f2, #101417);
  --surface: light-dark(#fffefb, #171c20);
  --sunken: light-dark(#efede6, #0b0e10);
  --ink: light-dark(#1b2025, #dde2e4);
  --muted: light-dark(#565c61, #9aa6ad);
  --line: light-dark(#dcd9cf, #2a3238);
  --line-strong: light-dark(#8a877b, #66747d);
  --accent: light-dark(#0b5a6b, #7cc6d2);
  --danger: light-dark(#a31919, #ff9a8f);
  --danger-soft: light-dark(#fbe7e3, #341917);
  --safe: light-dark(#1d6339, #82cf9b);
  --manual: light-dark(#55399f, #bcaef2);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
*, *::before, *::after { box-sizing: border-box; }
html { text-size-adjust: 100%; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); overflow-wrap: anywhere; }
main, footer { max-width: 60rem; margin-inline: auto; padding-inline: 1rem; }
main { padding-block: 2.25rem; }
footer { padding-block: 1rem 2.25rem; color: var(--muted); font-size: 0.875rem; }
h1, h2, h3, h4, p, dl, ol, pre { margin: 0; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: clamp(1.625rem, 1.25rem + 1.8vw, 2.25rem); letter-spacing: -0.015em; }
h2 { font-size: 1.375rem; }
h3 { font-size: 1.125rem; }
h4 { margin-block: 1rem 0.25rem; color: var(--muted); font-size: 0.75rem; font-weight: 600; }
section { margin-block-start: 2.25rem; }
h2 + * { margin-block-start: 0.75rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 0.1875rem; }
code, pre { font-family: var(--mono); font-size: 0.9em; }
pre code { font-size: inherit; }
pre { padding: 0.75rem; border-radius: 0.25rem; background: var(--sunken); font-size: 0.8125rem; line-height: 1.5; white-space: pre-wrap; }
.placard { display: inline-block; margin-block-end: 0.5rem; padding: 0 0.5rem; border: 2px solid currentColor; border-radius: 0.1875rem; color: var(--manual); font-size: 0.875rem; font-weight: 700; }
.verdict { display: flex; gap: 0.6em; align-items: baseline; margin-block: 0.75rem 1.5rem; font-size: 1.125rem; font-weight: 700; }
.verdict::before { content: ""; flex: none; width: 0.7em; height: 0.7em; border: 2px solid currentColor; border-radius: 50%; }
.verdict.good::before { background: currentColor; }
.verdict.bad::before { border-radius: 1px; background: currentColor; transform: rotate(45deg) scale(0.85); }
.good { color: var(--safe); }
.bad { color: var(--danger); }
.plain { color: var(--muted); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 0.75rem 1.5rem; }
.facts dt { color: var(--muted); font-size: 0.75rem; font-weight: 600; }
.facts dd { margin: 0; }
.axis { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-block-end: 0.25rem; border-block-end: 1px solid var(--line-strong); color: var(--muted); font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.timeline { padding: 0; list-style: none; }
.row { display: grid; grid-template-columns: 1fr auto 9rem; gap: 0.25rem 1rem; align-items: baseline; padding-block: 0.5rem; border-block-end: 1px solid var(--line); }
.row-bad { padding-inline: 0.5rem; margin-inline: -0.5rem; background: var(--danger-soft); font-weight: 600; }
.row a { color: inherit; text-decoration-color: var(--line-strong); }
.row .time { color: var(--muted); font-size: 0.875rem; font-variant-numeric: tabular-nums; text-align: end; }
.row svg { grid-column: 1 / -1; display: block; width: 100%; height: 0.75rem; background: var(--sunken); }
.number { color: var(--muted); font-variant-numeric: tabular-nums; }
.outcome { font-size: 0.875rem; font-weight: 600; }
.bar-good { fill: var(--safe); }
.bar-bad { fill: var(--danger); }
.bar-plain { fill: var(--line-strong); }
.bar-wait { fill: var(--manual); }
.cut { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 2 2; vector-effect: non-scaling-stroke; }
.note { margin-block-start: 0.5rem; color: var(--muted); font-size: 0.875rem; }
.step + .step { margin-block-start: 1rem; }
.step { padding: 1rem; border: 1px solid var(--line); border-inline-start: 0.5rem solid var(--line-strong); border-radius: 0.25rem; background: var(--surface); }
.step-bad { border-inline-start-color: var(--danger); }
.step:target { outline: 2px solid var(--accent); }
.step-facts { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: baseline; margin-block-start: 0.25rem; color: var(--muted); font-size: 0.875rem; }
.reason { margin-block-start: 0.5rem; font-weight: 600; white-space: pre-wrap; }
.manual { margin-block-start: 0.75rem; white-space: pre-wrap; }
.answer { margin-block-start: 0.75rem; }
.record > * + * { margin-block-start: 0.75rem; }
details > pre { margin-block: 0.5rem; }
summary { cursor: pointer; }
.difference .added { color: var(--safe); }
.difference .missing { color: var(--danger); }
.difference .same { color: var(--muted); }
.b { font-weight: 700; }
.i { font-style: italic; }
.u { text-decoration: underline; }
.s { text-decoration: line-through; }
.u.s { text-decoration: underline line-through; }
@media (max-width: 34rem) {
  .row { grid-template-columns: 1fr auto; }
  .row a { grid-column: 1 / -1; }
  .step { padding: 0.75rem; }
}
@media (forced-colors: active) {
  svg, .verdict::before { forced-color-adjust: none; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --surface: #fff; }
  main, footer { max-width: none; padding-inline: 0; }
  .row, .step-facts, h2, h3, h4 { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  svg rect, .verdict::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .row-bad { margin-inline: 0; }
  pre { border: 1px solid var(--line); }
  details::details-content { display: block; content-visibility: visible; }
}
`;

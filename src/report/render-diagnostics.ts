import type { Severity } from "../model/diagnostic.ts";
import type { Problem } from "../model/problem.ts";
import type { Span } from "../model/source.ts";
import { describeDiagnostic } from "./catalogue.ts";
import { countNoun } from "./count-noun.ts";
import { findSecretLines } from "./find-secret-lines.ts";
import { countSeverities, orderDiagnostics } from "./order-diagnostics.ts";
import { renderSourceExcerpt } from "./render-source-excerpt.ts";
import { escapeControlCharacters, escapeToLine } from "./sanitise-terminal-text.ts";
import { wrapText, wrapWithIndent } from "./text-layout.ts";
import type { TextStyle } from "./text-style.ts";

/**
 * Writes diagnostics for a person, in the order of their places, each with its line of source.
 *
 * `sources` holds texts by path; a diagnostic whose source is not there is shown without an excerpt.
 * Every line ends with a line feed; no diagnostics make an empty text. No I/O.
 *
 * @example
 * error[unknown-attribute]: `timeot` is not a fence attribute of Opswright.
 *   --> runbooks/deployment.mdx:12:9
 *    |
 * 12 | ```bash timeot=30s
 *    |         ^^^^^^^^^^
 *    = help: Did you mean `timeout`?
 */
export function renderDiagnostics(
  diagnostics: readonly Problem[],
  sources: ReadonlyMap<string, string>,
  style: TextStyle,
): string {
  const ordered = orderDiagnostics(diagnostics);
  const isSecretLine = findSecretLines(ordered, sources);
  // The place of a secret is told, never the text there, whatever else is found in its line.
  const excerpt: RenderExcerpt = (path, span, paint) => {
    if (path === undefined || span === undefined) return [];
    const source = sources.get(path);
    if (source === undefined) return [];
    return isSecretLine(path, span.start.line)
      ? []
      : renderSourceExcerpt(source, span, style, paint);
  };
  return ordered
    .map((diagnostic) => `${renderDiagnostic(diagnostic, excerpt, style).join("\n")}\n`)
    .join("\n");
}

/** The lines of source at a place; none where they are not known or must not be shown. */
type RenderExcerpt = (
  path: string | undefined,
  span: Span | undefined,
  paint: (text: string) => string,
) => readonly string[];

function renderDiagnostic(diagnostic: Problem, excerpt: RenderExcerpt, style: TextStyle): string[] {
  const { colors, columns } = style;
  const words = describeDiagnostic(diagnostic);
  const label = `${diagnostic.severity}[${diagnostic.code}]`;
  const message = escapeControlCharacters(words.message);
  const [first = "", ...rest] = wrapText(`${label}: ${message}`, columns);
  const paint = paintSeverity(diagnostic.severity, style);
  const head = first.startsWith(label)
    ? `${paint(label)}${colors.bold(first.slice(label.length))}`
    : first;
  const lines = [head, ...rest.map((line) => colors.bold(line))];
  const { path, span } = diagnostic;
  const margin = " ".repeat(span === undefined ? 1 : String(span.start.line).length);
  if (path !== undefined) {
    const place = span === undefined ? path : `${path}:${span.start.line}:${span.start.column}`;
    lines.push(`${margin}${colors.blue("-->")} ${escapeToLine(place)}`);
  }
  lines.push(...excerpt(path, span, paint));
  lines.push(...renderDetail(diagnostic, margin, style));
  lines.push(...renderRelated(diagnostic, excerpt, style, margin));
  lines.push(...renderNote("help", words.hint, margin, style));
  if (diagnostic.fix !== undefined) {
    lines.push(...renderNote("fix", `${diagnostic.fix.title} (check --fix)`, margin, style));
  }
  return lines;
}

function renderNote(
  label: string,
  text: string,
  margin: string,
  { colors, columns }: TextStyle,
): string[] {
  const [first = "", ...rest] = wrapWithIndent(
    `${margin} = ${label}: `,
    escapeControlCharacters(text),
    columns,
  );
  const mark = (): string => `${colors.blue("=")} ${colors.cyan(`${label}:`)}`;
  return [first.replace(`= ${label}:`, mark), ...rest];
}

/** Preformatted lines, a difference's own in the colours of one; never wrapped, so that they can be copied. */
function renderDetail(problem: Problem, margin: string, { colors }: TextStyle): string[] {
  const detail = "detail" in problem ? problem.detail : undefined;
  if (detail === undefined) return [];
  return detail.split("\n").map((line) => {
    const text = escapeControlCharacters(line);
    const paint = { "-": colors.red, "+": colors.green, "@": colors.cyan }[line[0] ?? ""];
    return `${margin}   ${paint === undefined ? text : paint(text)}`.trimEnd();
  });
}

/** The other places that a finding rests on, each with its own line of source. */
function renderRelated(
  problem: Problem,
  excerpt: RenderExcerpt,
  style: TextStyle,
  margin: string,
): string[] {
  const { colors } = style;
  const related = "related" in problem ? (problem.related ?? []) : [];
  return related.flatMap(({ path, span, text }) => {
    const place = span === undefined ? path : `${path}:${span.start.line}:${span.start.column}`;
    const own = " ".repeat(span === undefined ? margin.length : String(span.start.line).length);
    return [
      ...renderNote("note", text, margin, style),
      `${own}${colors.blue("-->")} ${escapeToLine(place)}`,
      ...excerpt(path, span, colors.cyan),
    ];
  });
}

function paintSeverity(severity: Severity, { colors }: TextStyle): (text: string) => string {
  const color = { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
  return (text) => colors.bold(color(text));
}

/**
 * Counts diagnostics in one line without a full stop; empty where there are none. No I/O.
 *
 * @example "2 errors and 1 warning in 2 files"
 */
export function renderDiagnosticCount(diagnostics: readonly Problem[]): string {
  const ordered = orderDiagnostics(diagnostics);
  const counts = countSeverities(ordered);
  const parts = [
    counts.error > 0 ? countNoun(counts.error, "error") : "",
    counts.warning > 0 ? countNoun(counts.warning, "warning") : "",
    counts.info > 0 ? countNoun(counts.info, "note") : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return "";
  const paths = new Set(ordered.flatMap(({ path }) => (path === undefined ? [] : [path])));
  const list =
    parts.length === 1 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return paths.size === 0 ? list : `${list} in ${countNoun(paths.size, "file")}`;
}

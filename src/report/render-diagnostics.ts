import type { Problem, Severity } from "../model/diagnostic.ts";
import { describeDiagnostic } from "./catalogue.ts";
import { countNoun } from "./count-noun.ts";
import { countSeverities, orderDiagnostics } from "./order-diagnostics.ts";
import { renderSourceExcerpt } from "./render-source-excerpt.ts";
import { escapeControlCharacters } from "./sanitise-terminal-text.ts";
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
  return orderDiagnostics(diagnostics)
    .map((diagnostic) => `${renderDiagnostic(diagnostic, sources, style).join("\n")}\n`)
    .join("\n");
}

function renderDiagnostic(
  diagnostic: Problem,
  sources: ReadonlyMap<string, string>,
  style: TextStyle,
): string[] {
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
    lines.push(`${margin}${colors.blue("-->")} ${escapeControlCharacters(place)}`);
  }
  const source = path === undefined ? undefined : sources.get(path);
  if (source !== undefined && span !== undefined) {
    lines.push(...renderSourceExcerpt(source, span, style, paint));
  }
  lines.push(...renderRelated(diagnostic, sources, style, margin));
  const help = wrapWithIndent(`${margin} = help: `, escapeControlCharacters(words.hint), columns);
  const [firstHelp = "", ...restHelp] = help;
  lines.push(
    firstHelp.replace("= help:", () => `${colors.blue("=")} ${colors.cyan("help:")}`),
    ...restHelp,
  );
  return lines;
}

/** The other places that a finding rests on, each with its own line of source. */
function renderRelated(
  problem: Problem,
  sources: ReadonlyMap<string, string>,
  style: TextStyle,
  margin: string,
): string[] {
  const { colors, columns } = style;
  const related = "related" in problem ? (problem.related ?? []) : [];
  return related.flatMap(({ path, span, text }) => {
    const note = wrapWithIndent(`${margin} = note: `, escapeControlCharacters(text), columns);
    const place = span === undefined ? path : `${path}:${span.start.line}:${span.start.column}`;
    const source = sources.get(path);
    const own = " ".repeat(span === undefined ? margin.length : String(span.start.line).length);
    return [
      ...note.map((line) =>
        line.replace("= note:", () => `${colors.blue("=")} ${colors.cyan("note:")}`),
      ),
      `${own}${colors.blue("-->")} ${escapeControlCharacters(place)}`,
      ...(source === undefined || span === undefined
        ? []
        : renderSourceExcerpt(source, span, style, colors.cyan)),
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

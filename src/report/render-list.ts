import type { Checked } from "../model/diagnostic.ts";
import type { Runbook } from "../model/runbook.ts";
import { countNoun } from "./count-noun.ts";
import { countSeverities } from "./order-diagnostics.ts";
import { escapeControlCharacters } from "./sanitise-terminal-text.ts";
import { wrapText } from "./text-layout.ts";
import { renderTable } from "./text-table.ts";
import type { TextStyle } from "./text-style.ts";

/** One runbook in a list, as `opswright list --json` gives it. */
export interface RunbookEntry {
  readonly id: string;
  readonly path: string | null;
  readonly title: string | null;
  readonly status: string | null;
  readonly owner: string | null;
  readonly procedures: readonly string[];
  readonly steps: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Sums up runbooks for a list, in the order of their ids. No I/O. */
export function listRunbooks(runbooks: ReadonlyMap<string, Checked<Runbook>>): RunbookEntry[] {
  return [...runbooks]
    .map(([id, { value, diagnostics }]) => {
      const counts = countSeverities(diagnostics);
      return {
        id,
        path: value?.path ?? diagnostics.find(({ path }) => path !== undefined)?.path ?? null,
        title: value?.title ?? null,
        status: value?.frontMatter.status ?? null,
        owner: value?.frontMatter.owner ?? null,
        procedures: value?.procedures.map(({ name }) => name) ?? [],
        steps:
          value?.steps.filter((step) => step.kind !== "command" || step.isRunnable).length ?? 0,
        errors: counts.error,
        warnings: counts.warning,
      };
    })
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/**
 * Writes the list of runbooks as a table; where the terminal is narrow, as a list. No I/O.
 *
 * @example
 * RUNBOOK     TITLE             STATUS  PROCEDURES        STEPS
 * deployment  Deploy UnionCore  active  deploy, rollback     12
 */
export function renderList(entries: readonly RunbookEntry[], style: TextStyle): string {
  const body =
    style.columns < 64 ? renderNarrowList(entries, style) : renderWideList(entries, style);
  const problems = entries.filter(({ errors, warnings }) => errors + warnings > 0).length;
  const count = countNoun(entries.length, "runbook");
  const hint =
    problems === 0 ? count : `${count}, ${problems} with problems: \`opswright check\` shows them`;
  return [...body, "", ...wrapText(`${hint}.`, style.columns), ""].join("\n");
}

function renderWideList(entries: readonly RunbookEntry[], style: TextStyle): string[] {
  const { colors } = style;
  const hasProblems = entries.some(({ errors, warnings }) => errors + warnings > 0);
  const hasProcedures = entries.some(({ procedures }) => procedures.length > 1);
  const hasStatus = entries.some(({ status }) => status !== null);
  const columns = [
    { title: "RUNBOOK" },
    { title: "TITLE", isElastic: true },
    ...(hasStatus ? [{ title: "STATUS" }] : []),
    ...(hasProcedures ? [{ title: "PROCEDURES", isElastic: true }] : []),
    { title: "STEPS", side: "right" as const },
    ...(hasProblems ? [{ title: "PROBLEMS" }] : []),
  ];
  const rows = entries.map((entry) => [
    { text: escapeControlCharacters(entry.id), paint: colors.bold },
    { text: escapeControlCharacters(entry.title ?? "").replaceAll("\n", " ") },
    ...(hasStatus ? [{ text: entry.status ?? "", paint: colors.dim }] : []),
    ...(hasProcedures ? [{ text: summariseNames(entry.procedures) }] : []),
    { text: String(entry.steps) },
    ...(hasProblems ? [{ text: describeProblems(entry), paint: paintProblems(entry, style) }] : []),
  ]);
  return renderTable(columns, rows, style);
}

function renderNarrowList(entries: readonly RunbookEntry[], style: TextStyle): string[] {
  const { colors, columns } = style;
  return entries.flatMap((entry) => {
    const title = escapeControlCharacters(entry.title ?? "");
    const facts = [entry.status ?? "", countNoun(entry.steps, "step"), describeProblems(entry)];
    const line = facts.filter((fact) => fact !== "").join(" · ");
    return [
      colors.bold(escapeControlCharacters(entry.id)),
      ...(title === "" ? [] : wrapText(title, columns - 2).map((text) => `  ${text}`)),
      ...wrapText(line, columns - 2).map((text) => `  ${colors.dim(text)}`),
    ];
  });
}

function summariseNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).map(escapeControlCharacters).join(", ");
  return names.length > 3 ? `${shown}, +${names.length - 3}` : shown;
}

function describeProblems({ errors, warnings }: RunbookEntry): string {
  const parts = [
    errors > 0 ? countNoun(errors, "error") : "",
    warnings > 0 ? countNoun(warnings, "warning") : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function paintProblems(entry: RunbookEntry, { colors }: TextStyle): (text: string) => string {
  return entry.errors > 0 ? colors.red : colors.yellow;
}

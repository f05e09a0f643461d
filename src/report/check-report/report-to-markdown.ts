import type { Severity } from "../../model/diagnostic.ts";
import type { Problem } from "../../model/problem.ts";
import type { Span } from "../../model/source.ts";
import { describeDiagnostic } from "../catalogue.ts";
import { countNoun } from "../count-noun.ts";
import {
  toMarkdownCell,
  toMarkdownCode,
  toMarkdownFence,
  toMarkdownMessage,
} from "../markdown-text.ts";
import { renderClaimCounts } from "../render-claims.ts";
import { renderDiagnosticCount } from "../render-diagnostics.ts";
import { escapeControlCharacters } from "../sanitise-terminal-text.ts";
import { toUriPath } from "../to-uri-path.ts";
import { describeHidden, type CheckReport } from "./check-report.ts";

/** GitHub takes 65,536 characters as a comment; what is beyond is counted. */
const mostRows = 80;
const mostNotes = 20;
const mostDetails = 10;
const icons = { error: "❌", warning: "⚠️", info: "ℹ️" } as const;

/**
 * Writes a check as Markdown, for a pull request or a job's summary: errors, warnings, and folded up
 * the notes and what was not judged.
 *
 * Links are relative to the root. Whatever documents hold is made harmless: no markup, link or
 * mention of theirs works. No I/O.
 */
export function reportToMarkdown(report: CheckReport): string {
  const { problems, documents, claims, hidden } = report;
  const count = renderDiagnosticCount(problems);
  const bySeverity = (wanted: Severity): readonly Problem[] =>
    problems.filter(({ severity }) => severity === wanted);
  const notes = bySeverity("info");
  const blocks = [
    `### Runbooks: ${count === "" ? (documents.length === 0 ? "nothing was checked" : "no problems") : count}`,
    [
      `Checked ${countNoun(documents.length, "runbook")}.`,
      describeHidden(hidden),
      renderClaimCounts(claims),
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
    renderTable([...bySeverity("error"), ...bySeverity("warning")], mostRows),
    ...renderDetails(problems),
    notes.length === 0 ? "" : fold(countNoun(notes.length, "note"), renderTable(notes, mostNotes)),
    renderUnjudged(report),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function renderTable(problems: readonly Problem[], mostShown: number): string {
  if (problems.length === 0) return "";
  const shown = problems.slice(0, mostShown);
  const left = problems.length - shown.length;
  const table = ["| | Where | What |", "| --- | --- | --- |", ...shown.map(renderRow)].join("\n");
  return left === 0 ? table : `${table}\n\n… and ${left} more.`;
}

/** A part that opens at a click. */
function fold(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function renderRow(problem: Problem): string {
  const { message, hint } = describeDiagnostic(problem);
  const related = "related" in problem ? (problem.related ?? []) : [];
  const cells = [
    icons[problem.severity],
    linkTo(problem.path, problem.span),
    [
      `${toMarkdownMessage(message)} ${toMarkdownCode(problem.code)}`,
      ...related.map(({ path, span, text }) => `${linkTo(path, span)}: ${toMarkdownMessage(text)}`),
      `<sub>${toMarkdownMessage(hint)}</sub>`,
    ].join("<br>"),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** The differences, each folded up: a table's cell has no lines. */
function renderDetails(problems: readonly Problem[]): string[] {
  return problems
    .flatMap((problem) => {
      const detail = "detail" in problem ? problem.detail : undefined;
      if (detail === undefined) return [];
      const place = toMarkdownCell(`${problem.path ?? ""}:${problem.span?.start.line ?? 1}`);
      const difference = toMarkdownFence("diff", escapeControlCharacters(detail));
      return [fold(`${place}: the difference`, difference)];
    })
    .slice(0, mostDetails);
}

function linkTo(path: string | undefined, span: Span | undefined): string {
  if (path === undefined) return "";
  const place = span === undefined ? "" : `#L${span.start.line}`;
  const name = span === undefined ? path : `${path}:${span.start.line}`;
  return `[${toMarkdownCell(name)}](${toUriPath(path)}${place})`;
}

function renderUnjudged({ claims }: CheckReport): string {
  if (claims.unjudged.length === 0) return "";
  const count = claims.unjudged.reduce((sum, one) => sum + one.count, 0);
  const rows = claims.unjudged
    .toSorted((one, other) => other.count - one.count)
    .map(
      ({ kind, reason, count: own }) =>
        `| ${own} | ${toMarkdownCell(kind)} | ${toMarkdownMessage(reason)} |`,
    );
  return fold(
    `${countNoun(count, "claim was", "claims were")} not judged`,
    ["| Claims | Of | Why |", "| ---: | --- | --- |", ...rows].join("\n"),
  );
}

import type { CodeDescription } from "../code-descriptions.ts";
import { kindSentences, renderExample } from "./code-words.ts";

/** Writes the page of the codes that stages tell, one heading a code, as Markdown. No I/O. */
export function renderDiagnosticsPage(descriptions: readonly CodeDescription[]): string {
  const sections = descriptions.map(renderDiagnosticSection);
  return `${[
    "# Diagnostics",
    "Every problem that Opswright reports has a stable code. `opswright explain CODE` prints these words in the terminal. What the check finds by comparing runbooks with the repository has codes with a slash and [pages of their own](rules/README.md).",
    "This page is generated from `src/report/catalogue.ts` by `npm run docs`.",
    ...sections,
  ].join("\n\n")}\n`;
}

/** Writes what that page says of one code, from its heading to its example, as Markdown. No I/O. */
export function renderDiagnosticSection(description: CodeDescription): string {
  const { code, title, severity, kind, explanation } = description;
  return [
    `## ${code}`,
    `**${title}.** Severity: ${severity}. ${kindSentences[kind]}`,
    ...explanation,
    renderExample(description),
  ].join("\n\n");
}

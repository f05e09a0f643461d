import { claimKinds } from "../../drift/claims/claim-kinds.ts";
import { factSources } from "../../drift/facts/fact-sources.ts";
import { rules } from "../../drift/rules/rules.ts";
import type { Severity } from "../../model/diagnostic.ts";
import { codeDescriptions, type CodeDescription } from "../../report/code-descriptions.ts";
import { renderDiagnosticSection } from "../../report/documentation/render-diagnostics-page.ts";
import { renderRulePage } from "../../report/documentation/render-rule-pages.ts";

/** A page of the documentation as Markdown, before it is rendered. */
export interface DocumentationText {
  /** `guide/format`, `rule/shell/bare-sleep`. */
  readonly id: string;
  /** The path of the page in the repository, from where its links lead. */
  readonly path: string;
  readonly title: string;
  /** What a rule's page says of it beside its words. */
  readonly rule?: DocumentedRule | undefined;
  /** Without the title. */
  readonly text: string;
}

/** A code of a problem, as the list of all of them shows it. */
export interface DocumentedRule {
  readonly code: CodeDescription["code"];
  readonly severity: Severity;
  readonly summary: string;
  /** The part of the code before the slash; empty for what stages tell. */
  readonly group: string;
}

/** Writes a page for each code of a problem, in the words of the repository's own pages. No I/O. */
export function listRuleTexts(): readonly DocumentationText[] {
  const byCode = new Map<string, (typeof rules)[number]>(rules.map((rule) => [rule.code, rule]));
  return [...codeDescriptions.values()].map((description) => {
    const { code, severity, title, page } = description;
    const rule = byCode.get(code);
    // The first paragraph is the title, the last tells where the page comes from.
    const text =
      rule === undefined
        ? dropParagraphs(renderDiagnosticSection(description), 1, 0)
        : dropParagraphs(renderRulePage(rule, description).trimEnd(), 1, 1);
    return {
      id: `rule/${code}`,
      path: page.replace(/#.*$/, ""),
      title: code,
      rule: {
        code,
        severity,
        summary: title,
        group: code.includes("/") ? code.slice(0, code.indexOf("/")) : "",
      },
      text,
    };
  });
}

function dropParagraphs(text: string, first: number, last: number): string {
  const paragraphs = text.split("\n\n");
  return paragraphs.slice(first, paragraphs.length - last).join("\n\n");
}

/** Writes the two lists of what the check reads and of what it knows, each on one page. No I/O. */
export function listSubjectTexts(): readonly DocumentationText[] {
  const describe = (one: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
  }): string => {
    // The heading's own id is its title's.
    const anchor = one.title === one.name ? "" : `<span id="${one.name}"></span>`;
    return `## ${one.title}\n\n${anchor}${one.description}`;
  };
  return [
    {
      id: "guide/claims",
      path: "docs/claims/README.md",
      title: "Claims",
      text: [
        "What `opswright check` reads from runbooks, to judge it by [facts](../facts/README.md).",
        ...claimKinds.map(describe),
      ].join("\n\n"),
    },
    {
      id: "guide/facts",
      path: "docs/facts/README.md",
      title: "Facts",
      text: [
        "What `opswright check` knows of a repository, and where from. Each source is read once, and only where a [claim](../claims/README.md) asks for it.",
        ...factSources.map(describe),
      ].join("\n\n"),
    },
  ];
}

/**
 * Takes a page of the repository's `docs/` apart: its first heading is its title. No I/O.
 *
 * @param slug `format` for `docs/format.md`
 */
export function readGuideText(slug: string, source: string): DocumentationText {
  const [, title = slug, text = source] = /^# (.+)\n+([\s\S]*)$/.exec(source) ?? [];
  return { id: `guide/${slug}`, path: `docs/${slug}.md`, title, text };
}

import type { Diagnostic } from "../../model/diagnostic.ts";
import type { FrontMatter } from "../../model/front-matter.ts";
import type { Runbook } from "../../model/runbook.ts";
import { parseMarkdown } from "../../parse/parse-markdown.ts";
import { describeDiagnostic } from "../../report/catalogue.ts";
import { orderDiagnostics } from "../../report/order-diagnostics.ts";
import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";
import type { SiteLibrary } from "../../model/site-library.ts";
import { buildPageParts } from "./build-page-parts.ts";
import { buildPageSteps } from "./build-page-steps.ts";
import { escapeTexts } from "./escape-texts.ts";
import { outlineProcedure, type OutlineContext } from "./outline-procedure.ts";
import { findTitleSection } from "./part-handlers.ts";
import { quoteTarget } from "./quote-target.ts";
import type { PageBody, PageProblem, PageProcedure, RunbookPage } from "./runbook-page.ts";
import type { LinkedRunbook, SiteLinks } from "./site-links.ts";

/** What every page of a library is built from. */
export interface PageContext extends OutlineContext {
  readonly links: SiteLinks;
  readonly sources: ReadonlyMap<string, string>;
}

/** Prepares what the pages of a library share; `base` ends with a slash. No I/O. */
export function createPageContext(library: SiteLibrary, base: string): PageContext {
  const linked = new Map<string, LinkedRunbook>();
  for (const [id, { value }] of library.runbooks) {
    if (value === undefined) continue;
    linked.set(value.path, {
      id,
      sections: new Set(value.sections.map((section) => section.id)),
      steps: new Set(value.steps.map((step) => step.id)),
    });
  }
  const { runbooks, sources } = library;
  return { base, runbooks, sources, links: { base, runbooks: linked } };
}

/**
 * Builds the page of one runbook from what the command line knows of it.
 *
 * A document that could not be read has a page too: its problems and its text as it stands. Nothing
 * of the document is evaluated. No I/O.
 */
export function buildRunbookPage(id: string, context: PageContext): RunbookPage {
  const checked = context.runbooks.get(id);
  const diagnostics = checked?.diagnostics ?? [];
  const runbook = checked?.value;
  const path = runbook?.path ?? diagnostics.find((one) => one.path !== undefined)?.path ?? id;
  const source = context.sources.get(path) ?? "";
  return {
    id,
    path: escapeControlCharacters(path),
    title: escapeControlCharacters(runbook?.title ?? id),
    problems: describeProblems(diagnostics),
    body: runbook === undefined ? undefined : buildBody(runbook, source, context),
    source: runbook === undefined ? escapeControlCharacters(source) : undefined,
  };
}

function buildBody(runbook: Runbook, source: string, context: PageContext): PageBody {
  const tree = parseMarkdown(source, runbook.format);
  return {
    titleAnchor: findTitleSection(runbook)?.id,
    frontMatter: shownFrontMatter(runbook.frontMatter),
    procedures: runbook.procedures.map((one) => buildProcedure(one, runbook, context)),
    steps: buildPageSteps(runbook, context),
    parts: buildPageParts(tree, runbook, { path: runbook.path, links: context.links }),
  };
}

function buildProcedure(
  procedure: Runbook["procedures"][number],
  runbook: Runbook,
  context: PageContext,
): PageProcedure {
  const { name, title, summary, isDefault } = procedure;
  const onFailure = runbook.procedures.find((one) => one.name === procedure.onFailure);
  const target = isDefault ? runbook.id : `${runbook.id}:${name}`;
  return {
    name,
    title: escapeControlCharacters(title),
    summary: summary === undefined ? undefined : escapeControlCharacters(summary),
    isDefault,
    onFailure:
      onFailure === undefined
        ? undefined
        : { name: onFailure.name, title: escapeControlCharacters(onFailure.title) },
    cli: `opswright run ${quoteTarget(target)}`,
    items: outlineProcedure(procedure, runbook, runbook, context),
  };
}

/**
 * What a page may show of the front matter: nobody's own keys, no secret's default, and each text
 * with what could deceive made visible.
 */
function shownFrontMatter({ extra: _extra, inputs, ...frontMatter }: FrontMatter): FrontMatter {
  const rest = escapeTexts(frontMatter);
  if (inputs === undefined) return rest;
  const shown = Object.entries(inputs).map(([name, input]) => {
    const { default: value, ...others } = input;
    return [name, input.type === "secret" || value === undefined ? others : input] as const;
  });
  return { ...rest, inputs: escapeTexts(Object.fromEntries(shown)) };
}

function describeProblems(diagnostics: readonly Diagnostic[]): readonly PageProblem[] {
  return orderDiagnostics(diagnostics)
    .filter(({ severity }) => severity !== "info")
    .map((diagnostic) => {
      const { message, hint } = describeDiagnostic(diagnostic);
      const { span, path = "" } = diagnostic;
      const place = span === undefined ? path : `${path}:${span.start.line}:${span.start.column}`;
      return {
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: escapeControlCharacters(message),
        hint: escapeControlCharacters(hint),
        place: escapeControlCharacters(place),
      };
    });
}

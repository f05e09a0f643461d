import type { Root } from "mdast";
import type { Problem } from "../../model/problem.ts";
import type { FrontMatter } from "../../model/front-matter.ts";
import type { Runbook } from "../../model/runbook.ts";
import { parseMarkdown } from "../../parse/parse-markdown.ts";
import { describeDiagnostic } from "../../report/catalogue.ts";
import { planFlow } from "../../plan/plan-flow.ts";
import { orderDiagnostics } from "../../report/order-diagnostics.ts";
import { escapeControlCharacters } from "../../report/sanitise-terminal-text.ts";
import type { SiteLibrary } from "../../model/site-library.ts";
import { judgeFreshness } from "../overview/build-project-overview.ts";
import { judgeSteps, judgeVerification } from "../overview/judge-verification.ts";
import type { HighlightCode } from "./build-code-tokens.ts";
import { buildPageParts } from "./build-page-parts.ts";
import { buildPageSteps, isAtStep, type StepContext } from "./build-page-steps.ts";
import { buildProcedureMap, countSteps } from "./build-procedure-map.ts";
import { escapeTexts } from "./escape-texts.ts";
import { fillAddress } from "./fill-address.ts";
import { findRollback } from "./find-rollback.ts";
import { outlineProcedure } from "./outline-procedure.ts";
import { findTitleSection } from "./part-handlers.ts";
import { quoteTarget } from "./quote-target.ts";
import type { PageBody, PageProblem, PageProcedure, RunbookPage } from "./runbook-page.ts";
import type { LinkedRunbook, SiteLinks } from "./site-links.ts";

/** What every page of a library is built from. */
export interface PageContext extends StepContext {
  readonly links: SiteLinks;
  readonly library: SiteLibrary;
}

/**
 * Prepares what the pages of a library share; `base` ends with a slash, `highlight` knows languages
 * other than shell's. No I/O.
 */
export function createPageContext(
  library: SiteLibrary,
  base: string,
  highlight: HighlightCode = () => undefined,
): PageContext {
  const linked = new Map<string, LinkedRunbook>();
  for (const [id, { value }] of library.runbooks) {
    if (value === undefined) continue;
    linked.set(value.path, {
      id,
      sections: new Set(value.sections.map((section) => section.id)),
      steps: new Set(value.steps.map((step) => step.id)),
    });
  }
  return {
    base,
    library,
    highlight,
    runbooks: library.runbooks,
    links: { base, runbooks: linked },
    verificationOf: (runbook) => judgeSteps(runbook, library.ledger),
  };
}

/** What is told of a runbook: what a check found, or at least what reading it met. No I/O. */
export function listProblems(id: string, path: string, library: SiteLibrary): readonly Problem[] {
  // Findings hold every diagnostic of the documents.
  return library.findings.length > 0
    ? library.findings.filter((one) => one.path === path)
    : (library.runbooks.get(id)?.diagnostics ?? []);
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
  const source = context.library.sources.get(path) ?? "";
  const problems = describeProblems(listProblems(id, path, context.library));
  const title = escapeControlCharacters(runbook?.title ?? id);
  const { editUrl, reportUrl } = context.library.site;
  return {
    id,
    path: escapeControlCharacters(path),
    title,
    problems: problems.filter((one) => !runbook?.steps.some((step) => isAtStep(one, step))),
    editHref: fillAddress(editUrl, { path, title }),
    reportHref: fillAddress(reportUrl, { path, title }),
    body: runbook === undefined ? undefined : buildBody(runbook, source, problems, context),
    source: runbook === undefined ? escapeControlCharacters(source) : undefined,
  };
}

function buildBody(
  runbook: Runbook,
  source: string,
  problems: readonly PageProblem[],
  context: PageContext,
): PageBody {
  const { library, links, highlight } = context;
  const read = library.trees?.get(runbook.path) as Root | undefined;
  library.trees?.delete(runbook.path);
  const tree = read ?? parseMarkdown(source, runbook.format);
  return {
    titleAnchor: findTitleSection(runbook)?.id,
    digest: runbook.digest,
    frontMatter: shownFrontMatter(runbook.frontMatter),
    verification: escapeTexts(judgeVerification(runbook, library.ledger)),
    freshness: judgeFreshness(runbook, library.today),
    rollback: findRollback(runbook),
    procedures: runbook.procedures.map((one) => buildProcedure(one, runbook, context)),
    steps: buildPageSteps(runbook, context, problems),
    parts: buildPageParts(tree, runbook, { path: runbook.path, links, highlight }),
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
  const items = outlineProcedure(procedure, runbook, runbook, context);
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
    inputs: [...(planFlow(target, context.runbooks).value?.inputs.keys() ?? [])],
    items,
    counts: countSteps(items),
    map: buildProcedureMap(items),
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

function describeProblems(diagnostics: readonly Problem[]): readonly PageProblem[] {
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
        line: span?.start.line,
      };
    });
}

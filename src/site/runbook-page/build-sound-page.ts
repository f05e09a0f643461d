import { makeDiagnostic } from "../../parse/make-diagnostic.ts";
import { buildRunbookPage, type PageContext } from "./build-runbook-page.ts";
import type { PagePart, RunbookPage } from "./runbook-page.ts";

/** So deep stand pieces of a page in each other; no person writes, or reads, more. */
const deepest = 100;

/**
 * Builds the page of one runbook, whatever its document holds: one whose pieces stand too deeply in
 * each other is shown as its text, so that it does not keep the other runbooks from having a site.
 *
 * No I/O.
 */
export function buildSoundPage(id: string, context: PageContext): RunbookPage {
  try {
    const page = buildRunbookPage(id, context);
    if (measureDepth(page.body?.parts ?? []) <= deepest) return page;
  } catch (error) {
    // The stack is exhausted; anything else is a bug.
    if (!(error instanceof RangeError)) throw error;
  }
  const { diagnostics = [], value } = context.runbooks.get(id) ?? {};
  const reason = "its blocks are nested too deeply";
  const problem = makeDiagnostic("mdx-syntax", { reason }, { path: value?.path ?? id });
  const unread = { diagnostics: [...diagnostics, problem] };
  const runbooks = new Map(context.runbooks).set(id, unread);
  return buildRunbookPage(id, {
    ...context,
    runbooks,
    library: { ...context.library, runbooks, findings: [] },
  });
}

/** Level by level, since a walk into the depth would exhaust the stack itself. */
function measureDepth(parts: readonly PagePart[]): number {
  let depth = 0;
  for (let level = parts; level.length > 0 && depth <= deepest; depth += 1) {
    level = level.flatMap((part) => ("parts" in part ? part.parts : []));
  }
  return depth;
}

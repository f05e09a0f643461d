import type {
  DocumentTestResult,
  TestedDocument,
  UpdatedDocument,
} from "../model/document-test.ts";
import { findExitCode, runDocumentTests } from "../node/run-document-tests.ts";
import { readDocumentTests, type DocumentTests } from "../node/read-document-tests.ts";
import { updateTested } from "../node/update-tested.ts";
import type { CommandContext } from "./command-context.ts";
import type { DocumentOptions } from "./document-options.ts";
import { openDocumentsView } from "./open-documents-view.ts";
import {
  readDocumentRequest,
  reportNothingToRun,
  selectTests,
  type DocumentsRequest,
} from "./read-document-request.ts";
import { takeInterruption } from "./take-interruption.ts";

/** Options of `opswright update`. */
export interface UpdateDocumentsOptions extends DocumentOptions {
  readonly dryRun?: true | undefined;
  readonly add?: true | undefined;
  readonly acceptExit?: true | undefined;
  readonly volatile: boolean;
}

type UpdateContext = CommandContext<UpdateDocumentsOptions>;

/**
 * Runs the documents below paths, rewrites what they expect their steps to print, and gives back the exit code: 0
 * also where something was rewritten, 4 where a step did not end as it must, 6 where a document cannot be written.
 *
 * Side effects: those of the documents' steps, temporary folders, the documents, signal handlers while it lasts.
 */
export async function updateDocuments(
  context: UpdateContext,
  given: readonly string[],
): Promise<number> {
  const asked = await readDocumentRequest(context, given);
  if (typeof asked === "number") return asked;
  const interruption = takeInterruption();
  try {
    const found = await readDocumentTests(asked.project, asked.request);
    const nothing = await reportNothingToRun(found, asked.request, context);
    if (nothing !== undefined) return nothing;
    const result = await runTests(found, asked, interruption.signal, context);
    const isStopped = result.exitCode === 130;
    const updated = await updateTested(result.documents, {
      root: asked.project.root,
      sources: found.sources,
      options: readUpdateOptions(context.options),
      // What was stopped on its way does not tell what a document should expect.
      isDryRun: context.options.dryRun === true || isStopped,
    });
    const exitCode = isStopped ? 130 : findUpdateExitCode(updated);
    await tell({ result, updated, exitCode, sources: found.sources }, context);
    return exitCode;
  } finally {
    interruption.release();
  }
}

function readUpdateOptions({ add, acceptExit, volatile }: UpdateDocumentsOptions) {
  return { adds: add === true, acceptsExit: acceptExit === true, proposesVolatile: volatile };
}

async function runTests(
  found: DocumentTests,
  { environment }: DocumentsRequest,
  interrupted: AbortSignal,
  { options, terminal }: UpdateContext,
): Promise<DocumentTestResult> {
  const tests = selectTests(found, options);
  // What is told of a document is known when all have been run.
  const view =
    options.json === true
      ? undefined
      : openDocumentsView(
          tests.map(({ name }) => name),
          terminal,
          () => "",
        );
  try {
    return await runDocumentTests(tests, {
      environment,
      jobs: options.jobs,
      keeps: options.keep === true,
      keepsOutput: true,
      interrupted,
      observe: (event) => view?.observe(event),
    });
  } finally {
    view?.close();
  }
}

/** As that of a test in which each step that was rewritten has passed. */
function findUpdateExitCode(updated: readonly UpdatedDocument[]): number {
  const documents = updated.flatMap((document) =>
    document.tested.map((tested): TestedDocument => {
      const isFine = tested.outcome === "failed" && isRewritten(tested, document);
      return isFine ? { ...tested, outcome: "passed" } : tested;
    }),
  );
  const exitCode = findExitCode(documents);
  const isUnwritten = updated.some(({ problem }) => problem !== undefined);
  return exitCode === 0 && isUnwritten ? 6 : exitCode;
}

function isRewritten({ reason, steps }: TestedDocument, { update }: UpdatedDocument): boolean {
  const rewritten = new Set(
    update?.steps.flatMap(({ kind, stepId }) => (kind === "rewritten" ? [stepId] : [])),
  );
  return (
    reason === undefined &&
    steps.every(
      ({ outcome, stepId }) =>
        outcome === "passed" || outcome === "skipped" || rewritten.has(stepId),
    )
  );
}

async function tell(
  {
    result,
    updated,
    exitCode,
    sources,
  }: {
    readonly result: DocumentTestResult;
    readonly updated: readonly UpdatedDocument[];
    readonly exitCode: number;
    readonly sources: ReadonlyMap<string, string>;
  },
  { options, terminal }: UpdateContext,
): Promise<void> {
  const isDryRun = options.dryRun === true;
  if (options.json === true) {
    const { stringifyHarmless } = await import("../report/stringify-harmless.ts");
    const { updatesToJson } = await import("../report/test-report/updates-to-json.ts");
    terminal.write(`${stringifyHarmless(updatesToJson(updated, { exitCode, isDryRun }), 2)}\n`);
    return;
  }
  const { renderUpdatedDocument, renderUpdateSummary } =
    await import("../report/test-report/render-updated-document.ts");
  // The difference alone stands on standard output, so that it can be piped into `git apply`.
  const style = isDryRun ? terminal.errorStyle : terminal.style;
  const verbosity =
    options.quiet === true ? "quiet" : options.verbose === true ? "verbose" : "normal";
  const documents = updated
    .map((document) => renderUpdatedDocument(document, { style, verbosity, sources }))
    .join("");
  const { durationMs } = result;
  const gap = documents === "" || documents.endsWith("\n\n") ? "" : "\n";
  const text = documents + gap + renderUpdateSummary(updated, { durationMs, exitCode, isDryRun });
  if (!isDryRun) {
    terminal.write(text);
    return;
  }
  const { renderDiff } = await import("../edit/render-diff.ts");
  for (const { file } of updated) {
    if (file !== undefined) terminal.write(renderDiff(file.path, file.before, file.after));
  }
  terminal.writeError(text);
}

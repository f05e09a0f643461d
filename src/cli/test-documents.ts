import type { DocumentTestEvent, DocumentTestResult } from "../model/document-test.ts";
import { readDocumentTests, type DocumentTests } from "../node/read-document-tests.ts";
import { runDocumentTests } from "../node/run-document-tests.ts";
import type { CommandContext } from "./command-context.ts";
import { openTestView } from "./open-test-view.ts";
import {
  readDocumentRequest,
  reportNothingToRun,
  selectTests,
  type DocumentsRequest,
} from "./read-document-request.ts";
import { takeInterruption } from "./take-interruption.ts";
import { findTestOptionConflict, type TestOptions } from "./test-options.ts";

type TestContext = CommandContext<TestOptions>;

/**
 * Tests the documents below paths, and gives back the exit code; with `--watch`, again and again, until
 * it is told to end.
 *
 * Side effects: those of the documents' steps, temporary folders, signal handlers while it lasts.
 */
export async function testDocuments(
  context: TestContext,
  given: readonly string[],
): Promise<number> {
  const { options, fail } = context;
  const conflict = findTestOptionConflict(options);
  if (conflict !== undefined) return fail(conflict);
  const asked = await readDocumentRequest(context, given);
  if (typeof asked === "number") return asked;
  const { project, request } = asked;
  const interruption = takeInterruption();
  try {
    const read = (): Promise<DocumentTests> => readDocumentTests(project, request);
    const first = await read();
    if (options.watch === true) {
      const { watchDocuments } = await import("./watch-documents.ts");
      return await watchDocuments(first, {
        paths: request.paths,
        read,
        test: (tests) => test(tests, asked, interruption.signal, context),
        interrupted: interruption.signal,
        say: (text) => context.terminal.write(`${text}\n`),
      });
    }
    return await testOnce(first, asked, interruption.signal, context);
  } finally {
    interruption.release();
  }
}

async function testOnce(
  found: DocumentTests,
  asked: DocumentsRequest,
  interrupted: AbortSignal,
  context: TestContext,
): Promise<number> {
  const nothing = await reportNothingToRun(found, asked.request, context);
  if (nothing !== undefined) return nothing;
  const tests = selectTests(found, context.options);
  const result = await test({ ...found, tests }, asked, interrupted, context);
  return writeReports(result, context);
}

async function test(
  { tests, sources }: Pick<DocumentTests, "tests" | "sources">,
  { environment }: DocumentsRequest,
  interrupted: AbortSignal,
  context: TestContext,
): Promise<DocumentTestResult> {
  const { options } = context;
  const view = await openTestView({ tests, sources }, context);
  try {
    const result = await runDocumentTests(tests, {
      environment,
      jobs: options.jobs,
      bail: options.bail === true ? 1 : options.bail,
      keeps: options.keep === true,
      rates: options.json === true || options.verbose === true,
      interrupted,
      observe: (event: DocumentTestEvent) => view.observe(event),
    });
    view.conclude(result);
    return result;
  } finally {
    view.close();
  }
}

/** Writes the reports that were asked for; where one cannot be written, tests that passed end with 6. */
async function writeReports(
  result: DocumentTestResult,
  { options, terminal }: TestContext,
): Promise<number> {
  let isWritten = true;
  for (const { format, file } of options.report ?? []) {
    const { writeFileWhole } = await import("../node/write-file-whole.ts");
    try {
      await writeFileWhole(file, await renderReport(format, result));
    } catch (error) {
      isWritten = false;
      const reason = error instanceof Error ? error.message : String(error);
      terminal.writeError(`error: The report ${file} cannot be written: ${reason}\n`);
    }
  }
  return isWritten || result.exitCode !== 0 ? result.exitCode : 6;
}

async function renderReport(format: "junit" | "tap", result: DocumentTestResult): Promise<string> {
  if (format === "tap") {
    const { testsToTap } = await import("../report/test-report/tests-to-tap.ts");
    return testsToTap(result);
  }
  const { testsToJunit } = await import("../report/test-report/tests-to-junit.ts");
  return testsToJunit(result);
}

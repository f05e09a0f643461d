import path from "node:path";
import process from "node:process";
import type { DocumentTestEvent, DocumentTestResult } from "../model/document-test.ts";
import { currentEnvironment } from "../node/current-environment.ts";
import { createTestEnvironment } from "../node/create-test-environment.ts";
import {
  readDocumentTests,
  selectShard,
  type DocumentTest,
  type DocumentTestRequest,
  type DocumentTests,
} from "../node/read-document-tests.ts";
import { readProject, type Project } from "../node/read-project.ts";
import { loadShellReader } from "../node/load-shell-reader.ts";
import { runDocumentTests } from "../node/run-document-tests.ts";
import { makeDiagnostic } from "../parse/make-diagnostic.ts";
import type { CommandContext } from "./command-context.ts";
import { readInputOptions } from "./input-options.ts";
import { openTestView } from "./open-test-view.ts";
import { reportProblems } from "./report-problems.ts";
import { findTestOptionConflict, readGivenVariables, type TestOptions } from "./test-options.ts";

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
  // Its files are compiled beside what comes next; whoever needs it is told where that fails.
  loadShellReader().catch(() => {});
  const project = await readProject({ root: options.root, configurationPath: options.config });
  if (project.diagnostics.some(({ severity }) => severity === "error")) {
    return reportProblems(context, project.diagnostics, new Map());
  }
  const paths = given.length > 0 ? given : configuredPaths(project);
  if (paths.length === 0) {
    return fail(
      "no documents are named\nName files or folders, or list them as `tests` in the configuration.",
    );
  }
  const request = await readRequest(paths, context);
  const interruption = takeInterruption();
  try {
    const read = (): Promise<DocumentTests> => readDocumentTests(project, request);
    const first = await read();
    if (options.watch === true) {
      const { watchDocuments } = await import("./watch-documents.ts");
      return await watchDocuments(first, {
        paths,
        read,
        test: (tests) => test(tests, request, interruption.signal, context),
        interrupted: interruption.signal,
        say: (text) => context.terminal.write(`${text}\n`),
      });
    }
    return await testOnce(first, request, interruption.signal, context);
  } finally {
    interruption.release();
  }
}

function configuredPaths({ root, configuration }: Project): readonly string[] {
  return configuration.tests.map((one) => path.resolve(root, one));
}

async function readRequest(
  paths: readonly string[],
  { options, fail }: TestContext,
): Promise<DocumentTestRequest> {
  const inputs = new Map<string, string>();
  if (options.inputs !== undefined) {
    const { InputsFileError, readInputsFile } = await import("../node/read-inputs-file.ts");
    try {
      for (const [name, value] of await readInputsFile(options.inputs)) inputs.set(name, value);
    } catch (error) {
      if (error instanceof InputsFileError) return fail(error.message);
      throw error;
    }
  }
  for (const [name, value] of readInputOptions(options.input)) inputs.set(name, value);
  return {
    paths,
    filter: options.filter,
    inputs,
    given: readGivenVariables(options.env, currentEnvironment()),
    allowed: new Set(options.allow),
    timeoutMs: options.timeout,
  };
}

function selectTests(
  { tests }: Pick<DocumentTests, "tests">,
  { shard }: TestOptions,
): readonly DocumentTest[] {
  return shard === undefined ? tests : selectShard(tests, shard);
}

async function testOnce(
  found: DocumentTests,
  request: DocumentTestRequest,
  interrupted: AbortSignal,
  context: TestContext,
): Promise<number> {
  const { options, terminal } = context;
  const { tests, unusedInputs } = found;
  if (tests.length === 0) {
    const which =
      options.filter === undefined ? "" : ` that --filter ${options.filter} lets through`;
    terminal.writeError(
      `error: There is no document${which} below ${request.paths.join(", ")}: nothing was tested.\n`,
    );
    return 3;
  }
  if (unusedInputs.length > 0) {
    const declared = tests.flatMap(({ planned }) => planned.plan?.inputs ?? []);
    const { findNearest } = await import("../parse/find-nearest.ts");
    const problems = unusedInputs.map((name) => {
      const nearest = findNearest(name, new Set(declared.map((input) => input.name)));
      return makeDiagnostic("undeclared-input", { name, nearest });
    });
    return reportProblems(context, problems, found.sources);
  }
  const selected = selectTests(found, options);
  if (selected.length === 0 && options.shard !== undefined) {
    const { index, count } = options.shard;
    terminal.writeError(`Shard ${index}/${count} of ${tests.length} has no document.\n`);
    return 0;
  }
  const result = await test({ ...found, tests: selected }, request, interrupted, context);
  return writeReports(result, context);
}

async function test(
  { tests, sources }: Pick<DocumentTests, "tests" | "sources">,
  { given }: DocumentTestRequest,
  interrupted: AbortSignal,
  context: TestContext,
): Promise<DocumentTestResult> {
  const { options } = context;
  const view = await openTestView({ tests, sources }, context);
  try {
    const result = await runDocumentTests(tests, {
      environment: createTestEnvironment({
        caller: currentEnvironment(),
        isPathClean: options.cleanPath === true,
        given,
      }),
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

/** Ctrl-C, TERM and HUP end the tests until released. */
function takeInterruption(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, interrupt);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, interrupt);
    },
  };
}

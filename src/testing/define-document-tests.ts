import path from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import type { RefusalKind, TestedDocument } from "../model/document-test.ts";
import type { PlannedStep } from "../model/plan.ts";
import { createTestEnvironment } from "../node/create-test-environment.ts";
import { currentEnvironment } from "../node/current-environment.ts";
import {
  readDocumentTests,
  type DocumentTest,
  type DocumentTests,
} from "../node/read-document-tests.ts";
import { ProjectError, readProject } from "../node/read-project.ts";
import { runDocumentTest } from "../node/run-document-test.ts";
import { openTestFolders } from "../node/test-folders.ts";
import { renderTestedDocument } from "../report/test-report/render-tested-document.ts";
import { createTextStyle } from "../report/text-style.ts";

/** How documents are tested; every option but `paths` can be left out. */
export interface DocumentTestOptions {
  /** Files, folders of them, `FILE#SECTION-OR-STEP`, relative to the root. */
  readonly paths: readonly string[];
  /** The repository's root; default: the nearest one from the current folder upwards. */
  readonly root?: string | undefined;
  /** The configuration's file, relative to the current folder, or `false` for none. */
  readonly configuration?: string | false | undefined;
  /** Only documents with this in their path or title, or whose path fits this pattern. */
  readonly filter?: string | undefined;
  /** Values of inputs, by name. */
  readonly inputs?: Readonly<Record<string, string>> | undefined;
  /** Variables of the documents' environment beside those that are fixed. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** What is run although a document with it is refused otherwise. */
  readonly allow?: readonly ("destructive" | "confirm" | "manual")[] | undefined;
  /** The time limit of a step that has none of its own; default: a minute. */
  readonly timeoutMs?: number | undefined;
  /** True takes the system's own folders for PATH, and not the caller's. */
  readonly isPathClean?: boolean | undefined;
}

const defaultTimeoutMs = 60_000;

/**
 * Defines Vitest tests that run documents: one `describe` a document, one test a step, as `opswright
 * test` runs and judges them.
 *
 * A document is run as a whole before its first test, so that what a step needs of those before it is
 * there whichever test is asked for. A test fails with what `opswright test` prints. Call it at the top
 * of a test file and wait for it. Throws `ProjectError` where the root or a path is not there, or no
 * document has a step. Reads the file system; the tests start processes and write to temporary folders.
 *
 * @example
 * import { defineDocumentTests } from "opswright/vitest";
 * await defineDocumentTests({ paths: ["README.md", "docs"] });
 */
export async function defineDocumentTests(options: DocumentTestOptions): Promise<void> {
  const project = await readProject({
    root: options.root,
    configurationPath: options.configuration,
  });
  const given = new Map(Object.entries(options.environment ?? {}));
  const found = await readDocumentTests(project, {
    paths: options.paths.map((one) => path.resolve(project.root, one)),
    filter: options.filter,
    inputs: new Map(Object.entries(options.inputs ?? {})),
    given,
    allowed: new Set<RefusalKind>(options.allow),
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
  });
  const defined = found.tests.filter(hasTest);
  if (defined.length === 0) {
    // Tests of nothing would pass.
    throw new ProjectError(`There is no document with a step below ${options.paths.join(", ")}.`);
  }
  if (found.unusedInputs.length > 0) {
    throw new ProjectError(`No document has the input ${found.unusedInputs.join(", ")}.`);
  }
  const environment = createTestEnvironment({
    caller: currentEnvironment(),
    isPathClean: options.isPathClean === true,
    given,
  });
  for (const document of defined) defineDocument(document, found, environment);
}

/** What was found in a folder and has no step is no test. */
function hasTest({ planned, isNamed }: DocumentTest): boolean {
  return isNamed || planned.plan?.steps.length !== 0 || planned.problems.length > 0;
}

function defineDocument(
  document: DocumentTest,
  { sources }: Pick<DocumentTests, "sources">,
  environment: Readonly<Record<string, string>>,
): void {
  describe(document.name, () => {
    const interruption = new AbortController();
    let tested: TestedDocument | undefined;
    const steps = document.planned.plan?.steps ?? [];
    // Each step has a limit of its own, so that the whole needs none that anybody would meet.
    const limitMs = defaultTimeoutMs + steps.reduce((sum, step) => sum + longestMs(step), 0);
    beforeAll(async () => {
      const folders = await openTestFolders(false);
      try {
        tested = await runDocumentTest(document, {
          environment,
          folders,
          keeps: false,
          interrupted: interruption.signal,
          observe: () => {},
        });
      } finally {
        folders.close();
      }
    }, limitMs);
    // What hangs is not to be left behind by a run of Vitest that is over.
    afterAll(() => interruption.abort());

    test("can be run", () => {
      if (tested === undefined) throw new Error(`${document.name} was not run`);
      const { outcome, reason } = tested;
      const isRun = outcome === "passed" || (outcome === "failed" && reason === undefined);
      if (!isRun) throw createFailure({ ...tested, steps: [] }, sources);
    });
    for (const { id, title, line } of steps) {
      test(`${title} (line ${line})`, (context) => {
        const step = tested?.steps.find(({ stepId }) => stepId === id);
        if (tested === undefined || step === undefined) throw new Error(`${id} was not run`);
        if (step.outcome === "passed") return;
        // Why nothing was run is told by the test before.
        if (step.outcome === "skipped" || step.outcome === "pending") context.skip(step.reason);
        throw createFailure({ ...tested, outcome: "failed", steps: [step] }, sources);
      });
    }
  });
}

/** How long a step can take with all its attempts, and with the time that it has to end. */
function longestMs(step: PlannedStep): number {
  if (step.kind === "manual") return 0;
  const { retry = 0, intervalMs = 0 } = step.attributes;
  return ((step.timeoutMs ?? 0) + intervalMs + 10_000) * (retry + 1);
}

function createFailure(document: TestedDocument, sources: ReadonlyMap<string, string>): Error {
  const style = createTextStyle({ columns: 100, hasColors: false });
  const text = renderTestedDocument(document, { style, verbosity: "normal", sources });
  const [, ...details] = text.split("\n");
  const failure = new Error(details.join("\n").trim() || (text.split("\n")[0] ?? ""));
  // Where Opswright throws it says nothing about the document.
  failure.stack = `${failure.name}: ${failure.message}`;
  return failure;
}

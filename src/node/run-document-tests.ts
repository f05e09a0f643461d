import { availableParallelism } from "node:os";
import {
  documentOutcomes,
  type DocumentCounts,
  type DocumentTestResult,
  type StepCounts,
  type TestedDocument,
} from "../model/document-test.ts";
import type { DocumentTest } from "./read-document-tests.ts";
import { runDocumentTest, type DocumentTestSettings } from "./run-document-test.ts";
import { openTestFolders } from "./test-folders.ts";

/** How documents are tested. */
export interface DocumentTestsSettings extends Omit<DocumentTestSettings, "folders"> {
  /** How many at a time; default: as many as there are cores. */
  readonly jobs?: number | undefined;
  /** After so many failures the rest is left; default: never. */
  readonly bail?: number | undefined;
}

/**
 * Tests documents, several at a time, each by itself; the result has them in the order in which they
 * were given.
 *
 * With `bail`, failed steps and documents that could not be run count as failures; what is going on then
 * is cancelled. Starts processes, writes to the file system; nothing of that is left when this returns,
 * unless kept.
 */
export async function runDocumentTests(
  tests: readonly DocumentTest[],
  settings: DocumentTestsSettings,
): Promise<DocumentTestResult> {
  const { bail = Number.POSITIVE_INFINITY, observe } = settings;
  const startedMs = performance.now();
  const enough = new AbortController();
  const interrupted = AbortSignal.any([settings.interrupted, enough.signal]);
  let failures = 0;
  const addFailures = (count: number): void => {
    failures += count;
    if (failures >= bail) enough.abort();
  };
  observe({
    type: "tests-started",
    documents: tests.map(({ name, path, title }) => ({ name, path, title })),
  });
  const folders = await openTestFolders(settings.keeps);
  const results: TestedDocument[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < tests.length; index = next++) {
      const test = tests[index];
      if (test === undefined) return;
      const document = await runDocumentTest(test, {
        ...settings,
        folders,
        interrupted,
        observe: (event) => {
          if (event.type === "step-ended" && isFailure(event.step.outcome)) addFailures(1);
          observe(event);
        },
      });
      results[index] = document;
      const isOwnFailure = ["refused", "invalid", "empty", "broken"].includes(document.outcome);
      if (isOwnFailure && !document.isHarmless) addFailures(1);
      observe({ type: "document-ended", document });
    }
  };
  try {
    const jobs = Math.min(settings.jobs ?? availableParallelism(), tests.length);
    const ends = await Promise.allSettled(
      Array.from({ length: jobs }, () =>
        work().catch((error: unknown) => {
          // The others must have ended before their folders go.
          enough.abort();
          throw error;
        }),
      ),
    );
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  } finally {
    folders.close();
  }
  return summarise(results, {
    durationMs: performance.now() - startedMs,
    isBailed: enough.signal.aborted && !settings.interrupted.aborted,
    isInterrupted: settings.interrupted.aborted,
  });
}

function isFailure(outcome: string): boolean {
  return !["passed", "skipped", "pending", "cancelled"].includes(outcome);
}

function summarise(
  documents: readonly TestedDocument[],
  end: { readonly durationMs: number; readonly isBailed: boolean; readonly isInterrupted: boolean },
): DocumentTestResult {
  const counts = Object.fromEntries(
    documentOutcomes.map((outcome) => [
      outcome,
      documents.filter((document) => document.outcome === outcome).length,
    ]),
  ) as DocumentCounts;
  const sum = (key: keyof StepCounts): number =>
    documents.reduce((total, document) => total + document.counts[key], 0);
  return {
    documents,
    durationMs: end.durationMs,
    steps: {
      passed: sum("passed"),
      failed: sum("failed"),
      skipped: sum("skipped"),
      pending: sum("pending"),
    },
    counts,
    isBailed: end.isBailed,
    exitCode: end.isInterrupted ? 130 : findExitCode(documents),
  };
}

/** A failed step says the most; that nothing was tested at all is no success. No I/O. */
export function findExitCode(documents: readonly TestedDocument[]): DocumentTestResult["exitCode"] {
  const has = (outcome: TestedDocument["outcome"]): boolean =>
    documents.some((document) => document.outcome === outcome && !document.isHarmless);
  if (has("failed")) return 4;
  if (has("invalid") || has("empty")) return 3;
  if (has("broken")) return 6;
  if (has("refused")) return 7;
  return documents.some(({ outcome }) => outcome === "passed") ? 0 : 3;
}

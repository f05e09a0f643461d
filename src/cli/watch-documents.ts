import type { DocumentTestResult } from "../model/document-test.ts";
import { ProjectError } from "../node/read-project.ts";
import type { DocumentTest, DocumentTests } from "../node/read-document-tests.ts";
import { watchPaths } from "../node/watch-paths.ts";
import { countNoun } from "../report/count-noun.ts";

/** How documents are tested again and again. */
export interface WatchSettings {
  /** Files and folders, as they were named. */
  readonly paths: readonly string[];
  /** Reads all documents anew. */
  readonly read: () => Promise<DocumentTests>;
  readonly test: (tests: Pick<DocumentTests, "tests" | "sources">) => Promise<DocumentTestResult>;
  readonly interrupted: AbortSignal;
  readonly say: (text: string) => void;
}

/**
 * Tests documents, then those that have changed, or include what has, whenever a file below the paths
 * does; ends with 130 when interrupted. Watches the file system.
 */
export async function watchDocuments(
  first: DocumentTests,
  { paths, read, test, interrupted, say }: WatchSettings,
): Promise<number> {
  const changes = watchPaths(paths.map((one) => one.replace(/#[^#/]*$/u, "")));
  try {
    let documents = first;
    let changed: readonly DocumentTest[] = first.tests;
    let isTold = false;
    while (!interrupted.aborted) {
      if (changed.length > 0) await test({ ...documents, tests: changed });
      if (interrupted.aborted) break;
      if (changed.length > 0 || !isTold) {
        isTold = true;
        say(
          `\nWaiting for a change of ${countNoun(documents.tests.length, "document")}. Ctrl-C ends.\n`,
        );
      }
      const files = await changes.next(interrupted);
      if (interrupted.aborted) break;
      try {
        const next = await read();
        changed = findChanged(documents.tests, next.tests, files);
        documents = next;
      } catch (error) {
        // Half-way through a rename a file is not there.
        if (!(error instanceof ProjectError)) throw error;
        say(error.message);
        changed = [];
      }
    }
    return 130;
  } finally {
    changes.close();
  }
}

function findChanged(
  before: readonly DocumentTest[],
  after: readonly DocumentTest[],
  files: ReadonlySet<string>,
): readonly DocumentTest[] {
  const digests = new Map(before.map((test) => [test.name, test.planned.plan?.digest]));
  return after.filter(
    ({ name, file, planned }) =>
      files.has(file) || !digests.has(name) || digests.get(name) !== planned.plan?.digest,
  );
}

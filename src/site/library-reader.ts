import type { SiteLibrary } from "../model/site-library.ts";
import { describeDiagnostic } from "../report/catalogue.ts";

/** Reads the project for all loaders of one build: once, and again where files have changed. */
export interface LibraryReader {
  /** The project as it was read last. Throws where its configuration is not valid. */
  readonly read: () => Promise<SiteLibrary>;
  /** Lets the next `read` read anew. */
  readonly forget: () => void;
}

/** Makes the reader that all loaders of a site share. No I/O until it is asked. */
export function createLibraryReader(readLibrary: () => Promise<SiteLibrary>): LibraryReader {
  let reading: Promise<SiteLibrary> | undefined;
  return {
    read: () => (reading ??= readLibrary().then(assertValid)),
    forget() {
      reading = undefined;
    },
  };
}

function assertValid(library: SiteLibrary): SiteLibrary {
  const [problem] = library.problems;
  if (problem === undefined) return library;
  const { message, hint } = describeDiagnostic(problem);
  throw new Error(`${problem.path ?? "configuration"}: ${message} ${hint}`);
}

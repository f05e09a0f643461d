import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { journalFileName } from "./read-journal.ts";

/**
 * The ids of the runs that are recorded in a folder, the newest first, damaged ones too; none where the
 * folder is missing. A run that never got as far as its first event is left out. Reads the file system.
 */
export async function listRunFolders(runsDirectory: string): Promise<string[]> {
  const names = await readdir(runsDirectory).catch(() => []);
  const begun: { readonly run: string; readonly second: string; readonly bornMs: number }[] = [];
  for (const run of names) {
    const folder = path.join(runsDirectory, run);
    const journal = await readFile(path.join(folder, journalFileName)).catch(() => undefined);
    if (journal?.includes("\n") !== true) continue;
    // Runs that began in one second have ids that say no more.
    const { birthtimeMs: bornMs } = await stat(folder);
    begun.push({ run, second: run.slice(0, "20261122-204512".length), bornMs });
  }
  return begun
    .toSorted((one, other) => {
      if (one.second !== other.second) return one.second < other.second ? 1 : -1;
      return other.bornMs - one.bornMs;
    })
    .map(({ run }) => run);
}

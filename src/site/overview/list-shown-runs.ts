import type { RunSummary } from "../../model/run-event.ts";

/** So many runs have a page; a machine that drills each night has thousands. */
const mostShown = 500;

/**
 * Lists the runs that have pages, the latest first: those whose id is fit for an address, each once.
 *
 * A journal is a file that anybody may have written: its id may be any text. No I/O.
 */
export function listShownRuns(runs: readonly RunSummary[]): readonly RunSummary[] {
  const seen = new Set<string>();
  const shown = runs.filter(({ run }) => {
    const name = run.toLowerCase();
    if (!/^[a-z0-9][a-z0-9_-]{0,199}$/.test(name) || seen.has(name)) return false;
    seen.add(name);
    return true;
  });
  return shown.slice(0, mostShown);
}

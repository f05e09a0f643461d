import type { AppliedFixes, FixedFile } from "../node/apply-fixes.ts";

/** Fixes can uncover further problems; what is not at an end by then goes in circles. */
const mostRounds = 10;

/** What was repaired, and what the last check still finds. */
export interface FixedProject<Checked> {
  readonly checked: Checked;
  readonly fixedCount: number;
  /** Sorted by path, each once: its text before all rounds and after them. */
  readonly files: readonly FixedFile[];
  /** How many fixes overlap others and were not made. */
  readonly waitingCount: number;
}

/**
 * Makes the fixes of what a check finds, and checks again until there is nothing left to fix.
 *
 * Ends after ten rounds at the latest. With `isDryRun` one round is made, and nothing is checked
 * again. Does nothing but call `check` and `apply`.
 */
export async function fixProblems<Checked>(options: {
  readonly check: () => Promise<Checked>;
  readonly apply: (checked: Checked) => Promise<AppliedFixes>;
  readonly isDryRun: boolean;
}): Promise<FixedProject<Checked>> {
  const files = new Map<string, FixedFile>();
  let fixedCount = 0;
  for (let round = 1; ; round += 1) {
    const checked = await options.check();
    const applied = await options.apply(checked);
    for (const file of applied.files) {
      files.set(file.path, { ...file, before: files.get(file.path)?.before ?? file.before });
    }
    fixedCount += applied.fixedCount;
    const hasChanged = applied.files.length > 0 && !options.isDryRun;
    if (hasChanged && round < mostRounds) continue;
    return {
      checked: hasChanged ? await options.check() : checked,
      fixedCount,
      files: [...files.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1)),
      waitingCount: applied.waitingCount,
    };
  }
}

import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take more than ten seconds each, the longest first; none needs to be here. */
const longest = [
  "world/unioncore-drills",
  "cli/resume-kills",
  "cli/resume",
  "browser/accessibility",
  "site/incremental",
  "site/plan-equality",
  "cli/site",
  "site/site",
  "browser/search",
  "cli/rules",
  "browser/offline",
  "browser/filling",
  "cli/targets",
  "browser/hostile",
  "browser/progress",
  "cli/promises",
  "site/embedding",
  "cli/test-documents",
  "cli/check",
  "browser/page-weight",
  "remote/ssh-targets",
  "browser/pages",
  "cli/fault-journals",
  "cli/fault-steps",
  "cli/diagnostics",
  "world/unioncore-mismatches",
].map((name) => path.join(import.meta.dirname, `${name}.test.ts`));

/**
 * Starts the files that take longest first, so that no worker waits for one at the end.
 *
 * Vitest's own order is by project, and within one by what it remembers of earlier runs; a fresh
 * clone remembers nothing.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the sequencer's method of that name
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.indexOf(moduleId);
      return at === -1 ? longest.length : at;
    };
    return sorted.toSorted((one, other) => rank(one) - rank(other));
  }
}

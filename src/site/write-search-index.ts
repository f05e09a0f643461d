import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { close, createIndex } from "pagefind";

/** Pagefind's own user interfaces, which the site does not use, and its reader of other languages. */
const unneeded = /^(?:pagefind-(?:ui|modular-ui|component-ui|highlight)|wasm\.unknown)\./;

/** Beyond so many pages, their texts share files: fewer to write, and to keep for offline reading. */
const mostFragments = 100;

/** Parts of a page that say nothing of their own, by what they are. */
const unsearched = [
  "nav",
  "button",
  "svg",
  ".unsearched",
  // The command line that runs a step repeats the names of the runbook and of the step.
  ".cli",
  ".badge",
  ".code-name",
  ".problems",
  // Why a step is risky and how it is run: words of the site, the same on many pages.
  ".reasons",
  ".notice",
  ".dots",
  // Pagefind sets no space between a name and what follows it.
  ".facts :is(dt, small)",
  ".needs",
  ".docs-contents",
  ".legend",
  ".on-failure",
  ".done",
  // The names of alternatives, which have headings of their own.
  ".tab",
  ".panel-name",
  // Steps by their titles, which are searched where the steps are.
  "[data-outline]",
];

/**
 * Writes the search index of a built site into its folder `pagefind`.
 *
 * Each page that has an element `data-pagefind-body` is found by its words. Throws with the reasons
 * where the index cannot be made. Reads and writes files, and runs Pagefind's program.
 *
 * @returns the paths of the files, relative to `folder`: all that a browser needs to search offline.
 */
export async function writeSearchIndex(folder: string): Promise<readonly string[]> {
  try {
    const { index, errors } = await createIndex({
      excludeSelectors: unsearched,
      forceLanguage: "en",
      maxFragments: mostFragments,
    });
    if (index === undefined) throw new Error(describeErrors(errors));
    const read = await index.addDirectory({ path: folder });
    if (read.errors.length > 0) throw new Error(describeErrors(read.errors));
    const made = await index.getFiles();
    if (made.errors.length > 0) throw new Error(describeErrors(made.errors));
    await rm(path.join(folder, "pagefind"), { recursive: true, force: true });
    const files = made.files.filter((file) => !unneeded.test(file.path));
    for (const file of files) {
      const to = path.join(folder, "pagefind", file.path);
      await mkdir(path.dirname(to), { recursive: true });
      await writeFile(to, file.content);
    }
    return files.map((file) => `pagefind/${file.path}`).toSorted();
  } finally {
    await close();
  }
}

function describeErrors(errors: readonly string[]): string {
  return `The search index could not be written: ${errors.join("; ")}`;
}

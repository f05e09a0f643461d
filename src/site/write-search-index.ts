import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
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
  // The command line that runs a step repeats its name; a procedure's tells what it is called.
  ".step .cli",
  ".badge",
  ".code-name",
  ".problems",
  // A procedure in short: its steps are found where they stand.
  ".outline",
  ".legend",
  // Why a step is risky and how it is run: words of the site, the same on many pages.
  ".warning",
  ".notice",
  ".facts-line",
  // Pagefind sets no space between a name and what follows it.
  ".facts dt",
  ".facts small",
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
    const tedious = await findTediousPages(folder);
    const read = await withoutPages(folder, [...tedious.keys()], () =>
      index.addDirectory({ path: folder }),
    );
    if (read.errors.length > 0) throw new Error(describeErrors(read.errors));
    for (const [sourcePath, content] of tedious) {
      const added = await index.addHTMLFile({ sourcePath, content });
      if (added.errors.length > 0) throw new Error(describeErrors(added.errors));
    }
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

/**
 * Nobody types so long a word, and the time that Pagefind takes for one grows with the square of its
 * length: a minute and a half for a megabyte of base64.
 */
const endlessLength = 1000;

/** Pages that hold such words, by their paths, with their HTML without them. */
async function findTediousPages(folder: string): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>();
  const files = await readdir(folder, { recursive: true });
  for (const file of files.filter((name) => name.endsWith(".html"))) {
    const html = await readFile(path.join(folder, file));
    if (!holdsEndlessWord(html)) continue;
    const pattern = new RegExp(String.raw`[^\s<>]{${endlessLength},}`, "gu");
    const shorter = html.toString("utf8").replaceAll(pattern, " ");
    pages.set(file.split(path.sep).join("/"), shorter);
  }
  return pages;
}

/** Looks at each byte once, which a pattern would not. */
function holdsEndlessWord(html: Uint8Array): boolean {
  let start = 0;
  for (let at = 0; at < html.length; at += 1) {
    const byte = html[at] ?? 0;
    // Control characters and spaces, `<` and `>`.
    if (byte <= 0x20 || byte === 0x3c || byte === 0x3e) start = at + 1;
    else if (at - start >= endlessLength) return true;
  }
  return false;
}

/** Does something while pages go by a name by which they are no pages. */
async function withoutPages<Result>(
  folder: string,
  pages: readonly string[],
  act: () => Promise<Result>,
): Promise<Result> {
  const moved: string[] = [];
  try {
    for (const page of pages) {
      await rename(path.join(folder, page), path.join(folder, `${page}.aside`));
      moved.push(page);
    }
    return await act();
  } finally {
    for (const page of moved) {
      await rename(path.join(folder, `${page}.aside`), path.join(folder, page));
    }
  }
}

function describeErrors(errors: readonly string[]): string {
  return `The search index could not be written: ${errors.join("; ")}`;
}

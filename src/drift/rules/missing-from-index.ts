import type { Runbook } from "../../model/runbook.ts";
import type { Span } from "../../model/source.ts";
import { readLink } from "../claims/read-link.ts";
import { fileTreeFacts } from "../facts/file-tree-facts.ts";
import { pageFacts, type ParsedPage } from "../facts/page-facts.ts";
import { folderOf, type FileTree } from "../file-tree.ts";
import { relativePath } from "../relative-path.ts";
import { defineProjectRule } from "../rule.ts";
import { resolveLink } from "./resolve-link.ts";

/** An index page lists some runbooks of a folder and leaves out others. */
export const missingFromIndex = defineProjectRule<{
  listed: number;
  all: number;
  missing: readonly string[];
}>({
  code: "runbooks/missing-from-index",
  severity: "warning",
  title: "A runbook that its index leaves out",
  what: "The `README` or index page of a folder of runbooks, or of the folder above it, links in one list or table to nearly all of them (two of three, three of four), and not to the rest. Drafts, deprecated runbooks and templates need not be listed.",
  why: "Whoever looks for a runbook in the index concludes that there is none.",
  remedy: "Add the runbook to the list, or set its `status` to `draft` or `deprecated`.",
  example: {
    language: "md",
    wrong: "- [Deployment](deployment.md)\n- [Backup](backup.md)\n",
    right: "- [Deployment](deployment.md)\n- [Backup](backup.md)\n- [Incident](incident.md)\n",
    file: { path: "runbooks/incident.md", text: "# Incident\n" },
  },
  async check(project, report) {
    const { root } = await project.factsOf(fileTreeFacts);
    const pages = await project.factsOf(pageFacts);
    const asked = new Set(project.documents.map(({ path }) => path));
    for (const [folder, runbooks] of groupByFolder([...project.runbooks.values()])) {
      const expected = runbooks.filter(isExpected);
      if (expected.length < leastRunbooks) continue;
      for (const path of findIndexPages(folder, root)) {
        const page = (await pages.readPage(path))?.parse();
        if (page === undefined) continue;
        if (!asked.has(path) && !expected.some((runbook) => asked.has(runbook.path))) continue;
        const places = findListed(path, page, expected, root);
        const missing = expected.filter((runbook) => !places.has(runbook.path));
        if (
          missing.length === 0 ||
          !isIndex(places.size, missing.length, folder === folderOf(path))
        )
          continue;
        const span = [...places.values()].at(-1);
        report(
          {
            listed: places.size,
            all: expected.length,
            missing: missing.map((runbook) => relativePath(folderOf(path), runbook.path)),
          },
          { path, span },
          {
            related: missing.map((runbook) => ({
              path: runbook.path,
              text: "the index does not list this runbook",
            })),
          },
        );
      }
    }
  },
  message: ({ listed, all, missing }) =>
    `The index lists ${listed} of ${all} runbooks: ${nameAll(missing)} ${missing.length === 1 ? "is" : "are"} not among them.`,
  hint: ({ missing }) => `Add ${missing.length === 1 ? "it" : "them"} to the list.`,
});

/** A page above the folder says less about each runbook, so it must list nearly all of them. */
function isIndex(listed: number, missing: number, isInFolder: boolean): boolean {
  const share = listed / (listed + missing);
  return listed >= 2 && (isInFolder ? share > 0.6 && missing <= 3 : share > 0.7 && missing <= 2);
}

/** Of two runbooks no list is complete or not. */
const leastRunbooks = 3;
const indexName = /^(?:readme|_?index|runbooks|summary)\.mdx?$/i;
const noRunbook =
  /(?:^|[-_.])(?:template|contributing|changelog|license|code_of_conduct|glossary|example)(?:[-_.]|$)/i;

function groupByFolder(runbooks: readonly Runbook[]): ReadonlyMap<string, readonly Runbook[]> {
  const groups = new Map<string, Runbook[]>();
  for (const runbook of runbooks) {
    const folder = folderOf(runbook.path);
    const known = groups.get(folder);
    if (known === undefined) groups.set(folder, [runbook]);
    else known.push(runbook);
  }
  return groups;
}

function isExpected({ path, frontMatter }: Runbook): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (indexName.test(name) || noRunbook.test(name) || name.startsWith("_")) return false;
  return frontMatter.status !== "draft" && frontMatter.status !== "deprecated";
}

function findIndexPages(folder: string, tree: FileTree): readonly string[] {
  const folders = folder === "" ? [""] : [folder, folderOf(folder)];
  return folders.flatMap((one) =>
    tree
      .namesIn(one)
      .filter((name) => indexName.test(name))
      .map((name) => (one === "" ? name : `${one}/${name}`)),
  );
}

/** The places of links to these runbooks in the longest list or table that links to them. */
function findListed(
  path: string,
  { links, lines }: ParsedPage,
  runbooks: readonly Runbook[],
  tree: FileTree,
): ReadonlyMap<string, Span> {
  const wanted = new Set(runbooks.map((runbook) => runbook.path));
  let best: ReadonlyMap<string, Span> = new Map();
  let current = new Map<string, Span>();
  let last = 0;
  for (const { target, span } of links) {
    const { line } = span.start;
    if (!/^\s*(?:[-*+|>]|\d+[.)])/.test(lines.lineText(line))) continue;
    const link = readLink(target);
    if (link === undefined || link.path === "") continue;
    const end = resolveLink(path, link.path, tree);
    if (end.kind !== "file" || !wanted.has(end.path)) continue;
    if (hasBreak(last, line, lines)) current = new Map();
    last = line;
    if (!current.has(end.path)) current.set(end.path, span);
    if (current.size > best.size) best = current;
  }
  return best;
}

/** True where a heading, or much else, stands between two lines of a list. */
function hasBreak(from: number, to: number, lines: ParsedPage["lines"]): boolean {
  if (to - from > 12) return true;
  for (let line = from + 1; line < to; line += 1) {
    if (/^#{1,6}\s/.test(lines.lineText(line))) return true;
  }
  return false;
}

function nameAll(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(" and ");
}

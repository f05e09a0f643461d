import type { Claim } from "../../model/drift.ts";
import type { Fix } from "../../model/text-edit.ts";
import { linkClaims, type LinkClaim } from "../claims/link-claims.ts";
import type { FactSource } from "../fact-source.ts";
import { fileTreeFacts, type FileTreeFacts } from "../facts/file-tree-facts.ts";
import { folderOf, joinPath, type FileTree } from "../file-tree.ts";
import type { RemovedFile } from "../ports.ts";
import { relativePath } from "../relative-path.ts";
import { agreed, defineClaimRule, differed, unjudged } from "../rule.ts";
import { describeRemoval, relateInstead } from "./describe-removal.ts";
import { findSimilarPath } from "./find-similar-path.ts";
import { isBelowFile } from "./is-below-file.ts";
import { resolveLink } from "./resolve-link.ts";

/** A relative link leads to no file or folder. */
export const deadLink = defineClaimRule<
  LinkClaim,
  { files: FactSource<FileTreeFacts> },
  { path: string; removal: RemovedFile | undefined; instead: string | undefined }
>({
  code: "links/dead-link",
  severity: "error",
  title: "A link that leads nowhere",
  what: "The target of a relative link is not in the repository. Git's history tells which commit removed it, or where it was moved. Links that a site may resolve in its own way (without an ending, from the root) are told only where history knows the file.",
  why: "Whoever follows it in an emergency finds nothing, and does not know whether the page ever was.",
  remedy:
    "Link to where the file is now, or remove the link. `check --fix` writes the new path of a file that was moved.",
  example: {
    language: "md",
    wrong: "See [how to restore](backup.md).",
    right: "See [how to restore](backups.md).",
    file: { path: "runbooks/backups.md", text: "# Backups\n" },
  },
  claims: linkClaims,
  facts: { files: fileTreeFacts },
  async judge(claim, { files }) {
    const { root } = files;
    const { path } = claim.value;
    // Some wikis name files with the escapes of addresses in them.
    if (resolveLink(claim.path, claim.text, root).kind === "file") return agreed;
    const end = resolveLink(claim.path, path, root);
    if (end.kind === "outside") return unjudged("it leads out of the repository");
    if (end.kind !== "missing") return agreed;
    if (isBelowFile(end.path, root))
      return unjudged("it lies behind a symbolic link or in a submodule");
    const removal = await findRemoval(end.path, files);
    if (removal === undefined) {
      const doubt = findDoubt(claim, end.path, files);
      if (doubt !== undefined) return unjudged(doubt);
    }
    if (await files.isIgnored(end.path))
      return unjudged("`.gitignore` keeps it out of the repository");
    const [namesake] = files.rootTraits.findByName(end.path.slice(end.path.lastIndexOf("/") + 1));
    const instead = removal?.movedTo ?? findSimilarPath(end.path, root) ?? namesake;
    return differed(
      { path, removal, instead },
      { related: relateInstead(removal, instead), fix: makeFix(claim, removal) },
    );
  },
  message: ({ path, removal }) =>
    removal === undefined
      ? `The link leads to \`${path}\`, which is not there.`
      : `The link leads to \`${path}\`, which is not there any more: ${describeRemoval(removal)}.`,
  hint: ({ removal, instead }) => {
    if (removal?.movedTo !== undefined) return `Link to \`${removal.movedTo}\`.`;
    if (instead !== undefined) return `Did you mean \`${instead}\`?`;
    return "Link to a file that is there, or remove the link.";
  },
});

/** A page can have been meant without its ending, or by its folder. */
async function findRemoval(path: string, files: FileTreeFacts): Promise<RemovedFile | undefined> {
  const isWhole = /\.[a-z][a-z0-9]{0,7}$/i.test(path);
  const meant = isWhole ? [path] : [path, `${path}.md`, `${path}.mdx`, `${path}/README.md`];
  for (const one of meant) {
    const removal = await files.traceRemoval(one);
    if (removal !== undefined) return removal;
  }
  return undefined;
}

/** What documents write where they mean whatever file there is. */
const standIn =
  /path\/to\/|(?:^|\/)(?:link|file|page|your-[\w-]+|foo|bar|example|xxx+)\.md$|NNNN|YYYY|^(?:url|link|todo|tbd|\.{3})$/i;

/** Why a link that leads to no file may be right all the same; undefined where it cannot. */
function findDoubt(
  { path: document, value: { path, others } }: Claim<LinkClaim>,
  wanted: string,
  files: FileTreeFacts,
): string | undefined {
  const { root: tree, rootTraits } = files;
  if (/template/i.test(document)) return "the document is a template";
  if (standIn.test(path)) return "it stands for any target";
  if (/^[@~]/.test(path)) return "a site's own name stands for a folder";
  if (/^(?:blob|tree|raw|edit|wiki|issues|pull|releases|-)\//.test(wanted))
    return "it leads to a page of the repository's host";
  const [, ending] = /\.([a-z][a-z0-9]{0,7})$/i.exec(wanted) ?? [];
  if (ending === undefined) return "a site can have a page of that name";
  const isPage = /^(?:mdx?|markdown)$/i.test(ending);
  if (path.startsWith("/")) {
    const [first = ""] = wanted.split("/");
    const isRooted = isPage && wanted !== first && tree.hasFolder(first);
    const namesakes = rootTraits.findByName(wanted.slice(wanted.lastIndexOf("/") + 1));
    if (!isRooted || namesakes.some((file) => file.endsWith(`/${wanted}`)))
      return "a site decides where links from its root lead";
    return undefined;
  }
  if (isPage) {
    if (isMeantFromElsewhere(document, path, others, files))
      return "all links of its document are meant from another folder, of which it may be a link";
    if (!rootTraits.holdsSite()) return undefined;
    if (isBelowAnother(document, path, tree)) return "a site can resolve it from another folder";
    return tree.hasFolder(folderOf(wanted)) ? undefined : "a site can make its folder";
  }
  if (/^html?$/i.test(ending)) return "a site can have a page of that name";
  if (!tree.hasFolder(folderOf(wanted))) return "its folder is not in the repository";
  return rootTraits.hasEnding(ending)
    ? undefined
    : `the repository has no file that ends with \`.${ending}\``;
}

/**
 * True where none of a document's links leads anywhere, and all would from the folder that holds what
 * one of them names: a symbolic link to a document is read as one of its own folder.
 */
function isMeantFromElsewhere(
  document: string,
  path: string,
  others: readonly string[],
  { root, rootTraits }: FileTreeFacts,
): boolean {
  const relative = others.filter((other) => !other.startsWith("/"));
  const [namesake] = rootTraits.findByName(path);
  // Where fifty links are dead at once, something else is wrong.
  if (relative.length < 2 || relative.length > 50 || namesake === undefined) return false;
  const leads = (from: string): number =>
    relative.filter((other) => resolveLink(from, other, root).kind === "file").length;
  return leads(document) === 0 && leads(namesake) === relative.length;
}

/** True where one of the folders above the document has the path. */
function isBelowAnother(document: string, path: string, tree: FileTree): boolean {
  for (let folder = folderOf(document); ; folder = folderOf(folder)) {
    if (tree.hasFile(joinPath(folder, path))) return true;
    if (folder === "") return false;
  }
}

function makeFix(
  { path: document, span, text, value }: Claim<LinkClaim>,
  removal: RemovedFile | undefined,
): Fix | undefined {
  const isExact = span.end.offset - span.start.offset === text.length;
  if (removal?.movedTo === undefined || !isExact) return undefined;
  const path = value.path.startsWith("/")
    ? `/${removal.movedTo}`
    : relativePath(folderOf(document), removal.movedTo);
  const prefix = value.path.startsWith("./") && !path.startsWith("../") ? "./" : "";
  return {
    title: `Link to \`${removal.movedTo}\`, where the file was moved`,
    edits: [{ path: document, span, text: prefix + encodeURI(path) }],
  };
}

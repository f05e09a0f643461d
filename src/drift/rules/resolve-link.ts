import { folderOf, joinPath, type FileTree } from "../file-tree.ts";

/** Where a link leads: to a file, to a folder without a page of its own, out of the root, or nowhere. */
export type LinkEnd =
  | { readonly kind: "file" | "folder" | "missing"; readonly path: string }
  | { readonly kind: "outside" };

/** The pages that stand for a folder, on GitHub and on sites. */
const indexNames = ["README", "index", "_index", "Readme", "readme", "INDEX"];
const endings = [".md", ".mdx", ".markdown", ".rst", ".adoc", ".html"];

/**
 * Finds the file that a link of a document means, as GitHub and sites read links.
 *
 * `from` is the document's path, `path` the link's, decoded; one that begins with a slash is meant
 * from the root. `.md`, `.mdx`, `.html` and no ending stand for each other; a folder is its `README`
 * or index; a link without an ending may be relative to the page's own address. No I/O.
 */
export function resolveLink(from: string, path: string, tree: FileTree): LinkEnd {
  const base = path.startsWith("/") ? "" : folderOf(from);
  const wanted = joinPath(base, path);
  if (wanted.startsWith("..")) return { kind: "outside" };
  const found = findPage(wanted, tree);
  if (found !== undefined) return found;
  const isPage = /(?:^|\/)[^/.]*\/?$/.test(path) || !/\.mdx?$/i.test(path);
  if (!path.startsWith("/") && isPage) {
    // `docs/a.md` is `/docs/a/` on a site, and `../b/` from there is `docs/b.md`.
    const address = from.replace(/(?:^|\/)(?:README|_?index)\.[^/]*$|\.[^/.]*$/i, "");
    const onSite = findPage(joinPath(address, path), tree);
    if (onSite !== undefined) return onSite;
  }
  return { kind: "missing", path: wanted };
}

function findPage(path: string, tree: FileTree): LinkEnd | undefined {
  if (tree.hasFile(path)) return { kind: "file", path };
  if (tree.hasFolder(path)) {
    const page = indexNames
      .flatMap((name) => endings.map((ending) => joinPath(path, name + ending)))
      .find((candidate) => tree.hasFile(candidate));
    return page === undefined ? { kind: "folder", path } : { kind: "file", path: page };
  }
  const stem = path.replace(/\.(?:mdx?|markdown|html?)$/i, "");
  const page = endings.map((ending) => stem + ending).find((file) => tree.hasFile(file));
  if (page !== undefined) return { kind: "file", path: page };
  // `a/index.html` and `a.html` are one page to many sites.
  const folder = stem.replace(/(?:^|\/)index$/, "");
  return folder === stem || folder === "" ? undefined : findPage(folder, tree);
}

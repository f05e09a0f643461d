import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import ignore, { type Ignore } from "ignore";
import { runGit } from "./run-git.ts";

/** The files of a repository, and what its `.gitignore` files keep out of it. */
export interface RepositoryFiles {
  /** Sorted; relative to the root, with forward slashes. */
  readonly files: readonly string[];
  isIgnored(path: string): Promise<boolean>;
}

/**
 * Lists what git tracks or would track below a folder; where there is no git, what `.gitignore` files
 * leave.
 *
 * Links are listed and not followed. Reads the file system, starts git.
 */
export async function listRepositoryFiles(root: string): Promise<RepositoryFiles> {
  const [known, deleted] = await Promise.all([
    runGit(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]),
    runGit(root, ["ls-files", "-z", "--deleted"]),
  ]);
  if (known === undefined) return walkRepository(root);
  const gone = new Set(splitNul(deleted ?? ""));
  return {
    files: [...new Set(splitNul(known))].filter((file) => !gone.has(file)).toSorted(),
    isIgnored: async (file) =>
      (await runGit(root, ["check-ignore", "--no-index", "--", file])) !== undefined,
  };
}

function splitNul(text: string): readonly string[] {
  return text.split("\0").filter((part) => part !== "");
}

/** `.gitignore` files by their folder; each holds below it. */
type IgnoreFiles = ReadonlyMap<string, Ignore>;

async function walkRepository(root: string): Promise<RepositoryFiles> {
  const files: string[] = [];
  const ignoreFiles = new Map<string, Ignore>();
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
    if (entries.some(({ name }) => name === ".gitignore")) {
      const text = await readFile(path.join(root, folder, ".gitignore"), "utf8").catch(() => "");
      ignoreFiles.set(folder, ignore().add(text));
    }
    for (const entry of entries) {
      if (entry.name === ".git") continue;
      const file = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const isFolder = entry.isDirectory();
      if (isKeptOut(isFolder ? `${file}/` : file, ignoreFiles)) continue;
      if (isFolder) folders.push(file);
      else files.push(file);
    }
  }
  return {
    files: files.toSorted(),
    isIgnored: (file) => Promise.resolve(isKeptOut(file, ignoreFiles)),
  };
}

/** The deepest `.gitignore` that has a word to say decides, as in git. */
function isKeptOut(file: string, ignoreFiles: IgnoreFiles): boolean {
  let isIgnored = false;
  const parts = file.split("/");
  for (let depth = 0; depth < parts.length; depth += 1) {
    const rest = parts.slice(depth).join("/");
    if (rest === "" || rest.startsWith("..")) break;
    const result = ignoreFiles.get(parts.slice(0, depth).join("/"))?.test(rest);
    if (result?.ignored === true) isIgnored = true;
    if (result?.unignored === true) isIgnored = false;
  }
  return isIgnored;
}

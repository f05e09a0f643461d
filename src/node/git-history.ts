import type { FileChange, GitState, RemovedFile } from "../drift/ports.ts";
import { runGit } from "./run-git.ts";

/**
 * Reads branches, remotes and tags; undefined where there is no git or no commit.
 *
 * A clone of one branch counts as shallow: what it does not have proves nothing. Starts git.
 */
export async function readGitState(root: string): Promise<GitState | undefined> {
  const [refs, remotes, shallow, refspecs] = await Promise.all([
    runGit(root, [
      "for-each-ref",
      "--format=%(refname)",
      "refs/heads",
      "refs/remotes",
      "refs/tags",
    ]),
    runGit(root, ["remote", "--verbose"]),
    runGit(root, ["rev-parse", "--is-shallow-repository"]),
    runGit(root, ["config", "--get-all", "remote.origin.fetch"]),
  ]);
  if (refs === undefined || refs.trim() === "") return undefined;
  const names = refs.split("\n");
  const branches = names.flatMap(
    (name) => /^refs\/(?:heads|remotes\/[^/]+)\/(?!HEAD$)(.+)$/.exec(name)?.[1] ?? [],
  );
  return {
    branches: [...new Set(branches)].toSorted(),
    remotes: readRemotes(remotes ?? ""),
    tags: names.flatMap((name) => /^refs\/tags\/(.+)$/.exec(name)?.[1] ?? []),
    isShallow:
      shallow?.trim() === "true" || (refspecs !== undefined && !refspecs.includes("refs/heads/*")),
  };
}

function readRemotes(text: string): GitState["remotes"] {
  const byName = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, name, url] = /^(\S+)\t(.*) \(fetch\)$/.exec(line) ?? [];
    if (name !== undefined && url !== undefined) byName.set(name, url);
  }
  return [...byName].map(([name, url]) => ({ name, url }));
}

/** How long git may look for what became of files. */
const historyTimeoutMs = 10_000;

/**
 * Reads from history which files were removed or moved, and the last time each was; empty where git
 * does not tell within ten seconds.
 *
 * By path relative to `root`. Starts git.
 */
export async function readRemovals(root: string): Promise<ReadonlyMap<string, RemovedFile>> {
  const log = await runGit(
    root,
    [
      "log",
      "--relative",
      "-z",
      "--diff-filter=DR",
      "--find-renames",
      "-l400",
      "--name-status",
      "--format=%x01%h %cs",
    ],
    historyTimeoutMs,
  );
  const removals = new Map<string, RemovedFile>();
  // Latest first: what is there already is what became of the file in the end.
  const add = (path: string, removed: RemovedFile): void => {
    if (!removals.has(path)) removals.set(path, removed);
  };
  for (const entry of (log ?? "").split("\u0001").slice(1)) {
    const [head = "", ...parts] = entry.split("\0").map((part) => part.replace(/^\n/, ""));
    const [commit = "", date = ""] = head.split(" ");
    for (let at = 0; at < parts.length; at += 1) {
      const status = parts[at] ?? "";
      if (status.startsWith("D")) add(parts[(at += 1)] ?? "", { commit, date });
      if (status.startsWith("R")) {
        add(parts[at + 1] ?? "", { commit, date, movedTo: parts[at + 2] });
        at += 2;
      }
    }
  }
  return removals;
}

/** Commits that changed one of some paths after a moment (ISO 8601), the latest first. Starts git. */
export async function readChanges(
  root: string,
  paths: readonly string[],
  since: string,
): Promise<readonly FileChange[]> {
  if (paths.length === 0) return [];
  const log = await runGit(root, [
    "log",
    "--relative",
    "-z",
    `--since=${since}`,
    "--name-only",
    "--format=%x01%h %cs",
    "--",
    ...paths,
  ]);
  return (log ?? "")
    .split("\u0001")
    .slice(1)
    .flatMap((entry) => {
      const [head = "", ...files] = entry.split("\0").map((part) => part.replace(/^\n/, ""));
      const [commit = "", date = ""] = head.split(" ");
      return files.filter((path) => path !== "").map((path) => ({ path, commit, date }));
    });
}

import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import type { ReadFileResult, RemovedFile, Repository } from "../drift/ports.ts";
import type { ObserverName } from "../model/configuration.ts";
import { decodeSource } from "../parse/decode-source.ts";
import { readChanges, readGitState, readRemovals } from "./git-history.ts";
import { isInside } from "./is-inside.ts";
import { isOfGit } from "./is-of-git.ts";
import { listRepositoryFiles, type RepositoryFiles } from "./list-repository-files.ts";
import { lintScripts } from "./lint-scripts.ts";
import { readHelp } from "./read-help.ts";
import { runProbe } from "./run-probe.ts";

/** Larger files hold data and no facts: nobody writes two megabytes of YAML by hand. */
const mostBytes = 2 * 1024 * 1024;
const commandTimeoutMs = 30_000;

/**
 * The repository below a folder, as the check of documents sees it.
 *
 * `root` is absolute, without symlinks. Only what `observers` names starts programs other than git;
 * `commands` are the configuration's, by name, and run in the root with `environment`. Each answer is
 * looked up once. Reads the file system, starts git.
 */
export function createFileRepository(options: {
  readonly root: string;
  readonly observers: ReadonlySet<ObserverName>;
  readonly commands: ReadonlyMap<string, string>;
  readonly environment: Readonly<Record<string, string>>;
}): Repository {
  const { root, observers, commands, environment } = options;
  let files: Promise<RepositoryFiles> | undefined;
  let removals: Promise<ReadonlyMap<string, RemovedFile>> | undefined;
  const helpTexts = new Map<string, Promise<string | undefined>>();
  const list = (): Promise<RepositoryFiles> => (files ??= listRepositoryFiles(root));
  return {
    listFiles: async () => (await list()).files,
    isIgnored: async (file) => (await list()).isIgnored(file),
    readText: (file) => readText(root, file),
    readGit: () => readGitState(root),
    async findRemoval(file) {
      removals ??= readRemovals(root);
      return (await removals).get(file);
    },
    listChanges: (paths, since) => readChanges(root, paths, since),
    async readHelp(words) {
      if (!observers.has("help")) return undefined;
      const key = words.join(" ");
      const known = helpTexts.get(key) ?? readHelp(words, { root, environment });
      helpTexts.set(key, known);
      return known;
    },
    listCommands: () => Promise.resolve([...commands.keys()]),
    async readCommand(name) {
      const command = commands.get(name);
      if (!observers.has("commands") || command === undefined) return undefined;
      const result = await runProbe("bash", ["-c", command], {
        environment,
        directory: root,
        timeoutMs: commandTimeoutMs,
      });
      if (result.kind === "failed") return result;
      return result.exitCode === 0
        ? { kind: "text", text: result.stdout }
        : { kind: "failed", reason: `it ended with exit code ${result.exitCode}` };
    },
    lintScripts: async (scripts) =>
      observers.has("shellcheck") ? lintScripts(scripts, { root, environment }) : undefined,
  };
}

const ofGit: ReadFileResult = { kind: "refused", reason: "it belongs to git" };

async function readText(root: string, relative: string): Promise<ReadFileResult> {
  const file = path.resolve(root, relative);
  if (isOfGit(file, root)) return ofGit;
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined || !isInside(file, root)) return { kind: "absent" };
  if (!isInside(real, root))
    return { kind: "refused", reason: "it is a link that leads out of the repository" };
  if (isOfGit(real, root)) return ofGit;
  try {
    const info = await stat(real);
    if (!info.isFile()) return { kind: "absent" };
    if (info.size > mostBytes) return { kind: "refused", reason: "it is larger than 2 MB" };
    const { value } = decodeSource(relative, await readFile(real));
    return value === undefined
      ? { kind: "refused", reason: "it is no UTF-8 text" }
      : { kind: "text", text: value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "refused", reason };
  }
}

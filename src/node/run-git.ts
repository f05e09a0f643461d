import process from "node:process";
import { execa } from "execa";

/**
 * Runs git for reading in a folder; undefined where it is not installed, fails or takes too long.
 *
 * Asks nothing, takes no locks, starts no file system monitor. Standard output comes whole. Starts a
 * process; never rejects.
 */
export async function runGit(
  directory: string,
  args: readonly string[],
  timeoutMs = 20_000,
): Promise<string | undefined> {
  const result = await execa(
    "git",
    ["-c", "core.fsmonitor=false", "-c", "core.quotePath=false", ...args],
    {
      cwd: directory,
      env: {
        GIT_OPTIONAL_LOCKS: "0",
        GIT_TERMINAL_PROMPT: "0",
        LC_ALL: "C",
        ...(isHookOfWorktree(process.env) ? { GIT_DIR: undefined } : {}),
      },
      stdin: "ignore",
      stderr: "ignore",
      reject: false,
      stripFinalNewline: false,
      timeout: timeoutMs,
      maxBuffer: 256 * 1024 * 1024,
    },
  );
  return result.failed ? undefined : result.stdout;
}

/**
 * In a linked worktree git tells its hooks where it keeps its own, but not where the files are: then it
 * takes whatever folder it is run in for the top of them. It finds both by itself.
 */
function isHookOfWorktree(environment: NodeJS.ProcessEnv): boolean {
  return environment["GIT_PREFIX"] !== undefined && environment["GIT_WORK_TREE"] === undefined;
}

import { findPrograms } from "./find-program.ts";
import { isInside } from "./is-inside.ts";
import { runProbe } from "./run-probe.ts";

const timeoutMs = 5000;

/**
 * Asks an installed program for its help text: `["git", "push"]` runs `git push -h`, others `--help`.
 *
 * Undefined where it is not installed, or its file lies inside `root`: what a repository brings along
 * is not started by a check of it. Starts a process.
 */
export async function readHelp(
  words: readonly string[],
  options: { readonly root: string; readonly environment: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  const [name = "", ...commands] = words;
  const path = options.environment["PATH"];
  const file = findPrograms(name, { path, directory: "/" }).find(
    (found) => !isInside(found, options.root),
  );
  if (file === undefined || name.includes("/")) return undefined;
  // `git push --help` opens a manual page, which need not be installed.
  const help = name === "git" ? "-h" : "--help";
  const result = await runProbe(file, [...commands, help], {
    environment: {
      ...options.environment,
      LC_ALL: "C",
      PAGER: "cat",
      TERM: "dumb",
      COLUMNS: "200",
    },
    directory: "/",
    timeoutMs,
  });
  return result.kind === "ended" ? `${result.stdout}\n${result.stderr}` : undefined;
}

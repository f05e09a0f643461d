import { findPrograms } from "./find-program.ts";
import { isInside } from "./is-inside.ts";
import { runProbe } from "./run-probe.ts";

const timeoutMs = 5000;

/** A sub-command as programs name them: nothing that could be an option or a path. */
const commandName = /^[A-Za-z][\w:.-]{0,60}$/u;

/**
 * Asks an installed program for its help text: `["git", "push"]` runs `git push -h`, others `--help`.
 *
 * Empty where it is not installed, or its file lies inside `root`: what a repository brings along is
 * not started by a check of it. Starts processes, in the root of the file system.
 */
export async function readHelp(
  words: readonly string[],
  options: { readonly root: string; readonly environment: Readonly<Record<string, string>> },
): Promise<string> {
  const [name = "", ...commands] = words;
  const path = options.environment["PATH"];
  const file = findPrograms(name, { path, directory: "/" }).find(
    (found) => !isInside(found, options.root),
  );
  if (file === undefined || name.includes("/")) return "";
  if (commands.some((command) => !commandName.test(command))) return "";
  const environment = {
    ...options.environment,
    LC_ALL: "C",
    PAGER: "cat",
    TERM: "dumb",
    COLUMNS: "200",
  };
  const texts = await Promise.all(
    chooseArguments(name, commands).map(async (args) => {
      const result = await runProbe(file, args, { environment, directory: "/", timeoutMs });
      return result.kind === "ended" ? `${result.stdout}\n${result.stderr}` : "";
    }),
  );
  // Its help names the most common ones alone.
  if (name === "git" && commands.length === 0) texts.push(asCommandList(texts.pop() ?? ""));
  return texts.join("\n");
}

function asCommandList(names: string): string {
  return `Commands:\n${names.replaceAll(/^(?=\S)/gmu, "  ")}`;
}

/** What to ask with: some programs tell all of their options only when asked for them. */
function chooseArguments(
  name: string,
  commands: readonly string[],
): readonly (readonly string[])[] {
  // `git push --help` opens a manual page, which need not be installed.
  if (name === "git") {
    return commands.length === 0
      ? [["--help"], ["--list-cmds=main,others,alias"]]
      : [[...commands, "-h"]];
  }
  if (name === "curl") return [["--help", "all"]];
  // Options of every sub-command.
  const isKubernetes = name === "kubectl" || name === "oc";
  if (isKubernetes && commands.length === 0) return [["--help"], ["options"]];
  return [[...commands, "--help"]];
}

/** Shells and interpreters: their operands are a script and its words. */
const interpreters = new Set(
  "bash sh dash zsh ksh fish python python2 python3 node deno bun ruby perl php lua Rscript awk gawk mawk java jshell osascript expect".split(
    " ",
  ),
);

/** Their words are an expression, or their help tells no more than where to look. */
const expressions = new Set("find ps dd test expr openssl vi vim man less ip tc".split(" "));

/** bash has them built in, whatever is installed. */
const builtins = new Set(
  "echo printf kill test true false pwd time type cd read export".split(" "),
);

const settings = new Set("npm npx pnpm yarn bun".split(" "));

/** Programs whose start or end alone does harm are not even asked for help. */
const neverAsked = new Set("shutdown reboot halt poweroff su login chroot nsenter".split(" "));

/** Sub-commands of git that list every option of theirs with `-h`; `log` and `diff` list a few. */
const wholeGitCommands = new Set(
  "add am branch checkout cherry-pick clean clone commit describe fetch init merge merge-base mv pull push rebase reset restore revert rm status switch tag ls-remote".split(
    " ",
  ),
);

/**
 * Why a program is not asked for its help at all, as the end of a sentence; undefined where it is.
 *
 * No I/O.
 */
export function findAskLimit(program: string): string | undefined {
  if (neverAsked.has(program)) return "the program is not asked for its help";
  if (interpreters.has(program)) return "what follows is another program's";
  return builtins.has(program) ? "the shell has it built in" : undefined;
}

/**
 * Why the help of a program cannot tell whether an option is one, as the end of a sentence;
 * undefined where it can.
 *
 * `path` is the program with its sub-commands. No I/O.
 *
 * @example findOptionLimit(["git", "log"]) → "its help does not list every option"
 */
export function findOptionLimit(path: readonly string[]): string | undefined {
  const [program = "", command] = path;
  if (settings.has(program)) return "it takes every setting as an option";
  const isPartialGit = program === "git" && command !== undefined && !wholeGitCommands.has(command);
  return expressions.has(program) || isPartialGit
    ? "its help does not list every option"
    : undefined;
}

/** Programs that plugins give further options. */
export const takesPlugins: ReadonlySet<string> = new Set(["pytest", "py.test", "kubectl", "helm"]);

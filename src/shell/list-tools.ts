import type { ReadCommand } from "./read-command.ts";

/** Commands that the shell itself is: bash(1), RESERVED WORDS and SHELL BUILTIN COMMANDS. */
const builtins = new Set(
  "! . : [ [[ ]] alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare dirs disown do done echo elif else enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap true type typeset ulimit umask unalias unset until wait while { }".split(
    " ",
  ),
);

/**
 * The programs that must be found on PATH here, once each, in order of first use.
 *
 * Not among them: builtins, the script's own functions and aliases, paths, names that are not
 * literal, what runs elsewhere (`ssh`, `docker exec`), and what a wrapper brings along (`npx`). No I/O.
 */
export function listTools(
  commands: readonly ReadCommand[],
  functions: ReadonlySet<string>,
): string[] {
  const tools = new Set<string>();
  for (const command of commands) {
    const first = command.values[0] ?? "";
    if (command.place !== "here" || command.isLiteral[0] !== true || command.traits.isProvided)
      continue;
    if (first.includes("/") || builtins.has(first) || functions.has(first)) continue;
    if (isProgramName(first)) tools.add(first);
  }
  return [...tools];
}

/** Output that was pasted as a command begins with headings (`NAME`), numbers and dates. */
function isProgramName(word: string): boolean {
  return (
    /^[\p{L}\p{N}_][\p{L}\p{N}_.+-]*$/u.test(word) &&
    /\p{L}/u.test(word) &&
    !/^[\p{Lu}\d_-]{3,}$/u.test(word)
  );
}

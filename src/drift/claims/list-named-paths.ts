import type { ShellCommand } from "../../model/shell-script.ts";
import { pathRows } from "./path-table.ts";

/** Programs of which it is known that the files they are given are there, or that they make none. */
const knownPrograms = new Set([
  ...pathRows.flatMap(({ programs }) => programs.split(" ")),
  ..."git echo printf podman nerdctl ssh systemctl sed awk gawk find xargs jq yq curl export sudo env".split(
    " ",
  ),
]);
const interpreters = /^(?:python\d?|node|ruby|perl)$/;
const pathInText = /[\w.@+-]+(?:\/[\w.@+-]+)*\.[A-Za-z]\w*/g;
/** `[ -f x ]`, `[[ ! -e x ]]`, `test -d x`. */
const testInText = /(?:\[\[?|\btest)\s+(?:!\s+)?-[a-zA-Z]\s+["']?([\w.@+-][\w.@+/-]*)/g;
/** Nobody writes longer ones by hand. */
const mostCharacters = 20_000;

/**
 * Paths that a command may write as far as anybody knows: those given to a program that no table
 * knows, and those in the code that an interpreter is handed.
 *
 * No I/O.
 *
 * @example for `python -c 'open("a/b.yml", "w")'`: ["a/b.yml"]
 */
export function listNamedPaths({ name, words, stdinText }: ShellCommand): readonly string[] {
  if (interpreters.test(name)) {
    const codes = words.filter((_, index) => /^-[a-zA-Z]*[ce]$/.test(words[index - 1] ?? ""));
    return [...codes, stdinText ?? ""].flatMap(
      (code) => code.slice(0, mostCharacters).match(pathInText) ?? [],
    );
  }
  if (knownPrograms.has(name)) return [];
  return words
    .slice(1)
    .map((word) => word.replace(/^-[^=]*=/, ""))
    .filter((word) => word.length <= 300 && /\/|\.[A-Za-z]\w*$/.test(word));
}

/** Paths of which a script asks whether they are there: either answer is expected. No I/O. */
export function listTestedPaths(script: string): readonly string[] {
  return [...script.slice(0, mostCharacters).matchAll(testInText)].flatMap(
    ([, path]) => path ?? [],
  );
}

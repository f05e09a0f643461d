import type { CommandStep } from "../model/runbook.ts";

/** Programs that tell nothing of how things are: they print a text, wait, or set something up. */
const silent = new Set(
  `echo printf true false : exit return logout break continue cd pushd popd export unset set shopt
  source . alias unalias read sleep clear wait trap exec local declare typeset readonly eval umask
  date sync sudo su ssh-agent ssh-add vi vim nvim nano emacs code`.split(/\s+/),
);

/**
 * True where a step has a command behind the offset `from` of its script that shows how things are.
 *
 * Of a program that is not known that is believed: it may be the project's own check. A command that
 * changes something does not look, and neither does one that only prints a text. What another
 * language than the shell does is believed as well. No I/O.
 */
export function looksAtSomething({ shell, risk }: CommandStep, from: number): boolean {
  if (shell === undefined) return from === 0;
  const changes = risk.reasons.filter(
    ({ level, rule }) => level !== "safe" && rule !== "write-file" && rule !== "tee",
  );
  return shell.commands.some(({ name, range }) => {
    if (range.start < from || silent.has(name)) return false;
    return !changes.some((one) => one.range.start < range.end && one.range.end > range.start);
  });
}

import type { CommandStep } from "../model/runbook.ts";
import type { ShellCommand } from "../model/shell-script.ts";

/** Programs that destroy what their operands name and nothing else, with the rules of their risk. */
const destroyers: Readonly<Record<string, string>> = {
  "rm-recursive": "rm",
  "rm-pattern": "rm",
  "find-delete": "find",
  truncate: "truncate",
};

/**
 * True where all that a step destroys lies below the folder in which it is done, as far as its words
 * say: `rm -rf build`, `find . -delete`.
 *
 * Each operand is written out, relative, and leads nowhere up (`..`). A step that is done as somebody
 * else (`sudo`) or elsewhere (`ssh`), or destroys by other programs, does not count. No I/O.
 */
export function destroysBelowFolder({ risk, shell }: CommandStep): boolean {
  // A level without a reason is its author's word.
  const reasons = risk.reasons.filter(({ level }) => level === "destructive");
  if (shell === undefined || reasons.length === 0) return false;
  return reasons.every(({ rule, range }) => {
    const program = destroyers[rule];
    const command = shell.commands.find(
      (one) => one.range.start <= range.start && one.range.end >= range.end && one.name === program,
    );
    return command !== undefined && isPlain(command) && listOperands(command).every(isBelow);
  });
}

/**
 * True where a step may lead a later one out of the folder that the first one began in: by `cd /`,
 * `pushd ..`, `dir=/srv`, or by what it evaluates. No I/O.
 */
export function leavesFolder({ attributes, shell }: CommandStep): boolean {
  if (attributes.dir !== undefined && !isBelow({ text: attributes.dir, isLiteral: true })) {
    return true;
  }
  if (shell === undefined) return false;
  return (
    shell.sourcesFiles ||
    shell.commands.some(
      (command) =>
        command.name === "eval" ||
        ((command.name === "cd" || command.name === "pushd") &&
          listOperands(command).some((operand) => operand.text !== "-" && !isBelow(operand))),
    )
  );
}

interface Operand {
  readonly text: string;
  readonly isLiteral: boolean;
}

/** Done here, by the user who runs the test. */
function isPlain({ wrappers, place }: ShellCommand): boolean {
  return wrappers.length === 0 && place === "here";
}

/** What is no option; of `find`, which has its places first, all before the first option. */
function listOperands({ name, words, isLiteral }: ShellCommand): readonly Operand[] {
  const rest = words
    .map((text, index) => ({ text, isLiteral: isLiteral[index] === true }))
    .slice(1);
  if (name === "find") {
    const end = rest.findIndex(({ text }) => /^[-(!\\]/u.test(text));
    return rest.slice(0, end === -1 ? rest.length : end);
  }
  const divider = rest.findIndex(({ text }) => text === "--");
  return rest.filter(
    ({ text }, index) => (divider !== -1 && index > divider) || !/^-./u.test(text),
  );
}

function isBelow({ text, isLiteral }: Operand): boolean {
  // Braces and a tilde are no expansions to the syntax tree, and lead anywhere: {a,/etc}, ~root.
  // A pattern is no literal, and leads no further than it is written.
  const isPath = isLiteral
    ? /^[^/~{}][^{}]*$/u.test(text)
    : /^[\w.*?[\]@%+,:-][\w./*?[\]@%+,:-]*$/u.test(text);
  return isPath && !text.split("/").includes("..");
}

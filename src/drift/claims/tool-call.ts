import type { ShellCommand, TextRange } from "../../model/shell-script.ts";
import { listValuedOptions } from "../../shell/command-call.ts";
import { readOptions } from "../../shell/read-options.ts";

/** A word of a command, with its place in the script. */
export interface CallWord {
  readonly text: string;
  readonly range: TextRange;
  /** False where it holds an expansion: its text is source then, and proves nothing. */
  readonly isLiteral: boolean;
}

/** A command as claims are read from it: its operands and the values of its options, with places. */
export interface ToolCall {
  readonly name: string;
  /** Words that are neither options nor their values, the program itself left out. */
  readonly operands: readonly CallWord[];
  /** Every option as written, in order; of `--file=x` no more than `--file=x`. */
  readonly options: readonly string[];
  /** The value of the first of these options that is given. */
  valueOf(...options: readonly string[]): CallWord | undefined;
}

/**
 * Reads a command by what is known of its program's options.
 *
 * `compose` as the first operand of docker is read as docker-compose's. No I/O.
 *
 * @example for `git push --force origin develop`: operands push, origin, develop; options --force
 */
export function readToolCall(command: ShellCommand): ToolCall {
  const { words, ranges, isLiteral, name } = command;
  let line = readOptions(words, 1, listValuedOptions(name), false);
  if (line.operands[0] === "compose") {
    line = readOptions(words, 1, listValuedOptions("docker-compose"), false);
  }
  const wordAt = (place: number): readonly CallWord[] => {
    const text = words[place];
    const range = ranges[place];
    if (text === undefined || range === undefined) return [];
    return [{ text, range, isLiteral: isLiteral[place] === true }];
  };
  return {
    name,
    operands: line.operandPlaces.flatMap(wordAt),
    options: line.options,
    valueOf(...options) {
      const given = options.find((option) => line.values.has(option));
      if (given === undefined) return undefined;
      const [word] = wordAt(line.valuePlaces.get(given) ?? -1);
      const text = line.values.get(given) ?? "";
      if (word === undefined || word.text === text) return word;
      // `--file=x`: the value ends where the word ends, unless quotes stand around it.
      const start = Math.max(word.range.start, word.range.end - text.length);
      return { text, range: { start, end: word.range.end }, isLiteral: word.isLiteral };
    },
  };
}

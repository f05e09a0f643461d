import type { ShellCommand } from "../../model/shell-script.ts";
import type { CallWord } from "./tool-call.ts";

/** An option as written, without its value. */
export interface WalkedOption {
  readonly name: string;
  readonly place: number;
  readonly value?: CallWord | undefined;
}

/** The options and operands of a call, for programs whose single hyphen can lead a whole word. */
export interface WalkedCall {
  readonly options: readonly WalkedOption[];
  /** Before `--`; with `stopsAtOperand`, the first and all behind it. */
  readonly operands: readonly (CallWord & { readonly place: number })[];
  /** The value of the first of these options that is given. */
  valueOf(...names: readonly string[]): CallWord | undefined;
}

/**
 * Reads a command word by word, options being compared whole: `-ws` is no `-w`.
 *
 * No I/O.
 *
 * @example for `npm --prefix app run build -s`: operands run, build; options --prefix (app), -s
 */
export function walkCall(
  command: ShellCommand,
  valued: ReadonlySet<string>,
  stopsAtOperand = false,
): WalkedCall {
  const { words, ranges, isLiteral } = command;
  const options: WalkedOption[] = [];
  const operands: (CallWord & { place: number })[] = [];
  const wordAt = (place: number): CallWord | undefined => {
    const range = ranges[place];
    const text = words[place];
    return range === undefined || text === undefined
      ? undefined
      : { text, range, isLiteral: isLiteral[place] === true };
  };
  for (let place = 1; place < words.length; place += 1) {
    const word = wordAt(place);
    if (word === undefined || word.text === "--") break;
    const areOptionsOver = stopsAtOperand && operands.length > 0;
    if (areOptionsOver || !word.text.startsWith("-") || word.text === "-") {
      operands.push({ ...word, place });
      continue;
    }
    const equals = word.text.indexOf("=");
    if (equals > 0) {
      const text = word.text.slice(equals + 1);
      const start = Math.max(word.range.start, word.range.end - text.length);
      const value = { ...word, text, range: { start, end: word.range.end } };
      options.push({ name: word.text.slice(0, equals), place, value });
    } else if (valued.has(word.text)) {
      options.push({ name: word.text, place, value: wordAt(place + 1) });
      place += 1;
    } else {
      options.push({ name: word.text, place });
    }
  }
  return {
    options,
    operands,
    valueOf: (...names) => options.find(({ name }) => names.includes(name))?.value,
  };
}

/** Options and operands of a command line, told apart by a list of options that take a value. */
export interface CommandLine {
  /** Where the first operand stands in the words, or their number. */
  readonly firstOperand: number;
  /** Words that are no options and no values of options, in order, with their places. */
  readonly operands: readonly string[];
  readonly operandPlaces: readonly number[];
  /** Values by option, as written (`-u`, `--user`); the last one counts. */
  readonly values: ReadonlyMap<string, string>;
  /** The word that holds the value of an option, by option; the last one counts. */
  readonly valuePlaces: ReadonlyMap<string, number>;
  /** Every word before `--` that begins with a hyphen. */
  readonly options: readonly string[];
}

/**
 * Reads `words` from `start` on by the common manners of options: `-u X`, `-uX`, `-xu X`,
 * `--user X`, `--user=X`, `--`.
 *
 * With `stopsAtOperand`, everything from the first operand on belongs to it (`sudo -u me cmd -x`).
 * No I/O.
 *
 * @example readOptions(["sudo","-u","me","id","-x"], 1, new Set(["-u"]), true).firstOperand === 3
 */
export function readOptions(
  words: readonly string[],
  start: number,
  valued: ReadonlySet<string>,
  stopsAtOperand: boolean,
): CommandLine {
  const operands: string[] = [];
  const operandPlaces: number[] = [];
  const values = new Map<string, string>();
  const valuePlaces = new Map<string, number>();
  const options: string[] = [];
  let firstOperand = words.length;
  let areOptionsOver = false;
  for (let at = start; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (!areOptionsOver && word === "--") {
      areOptionsOver = true;
      if (stopsAtOperand) {
        firstOperand = at + 1;
        break;
      }
    } else if (!areOptionsOver && word.startsWith("-") && word.length > 1) {
      const option = valueOption(word, valued);
      options.push(option?.written ?? word);
      if (option === undefined) continue;
      if (option.value === undefined) at += 1;
      values.set(option.name, option.value ?? words[at] ?? "");
      valuePlaces.set(option.name, at);
    } else {
      if (operands.length === 0) firstOperand = at;
      if (stopsAtOperand) break;
      operands.push(word);
      operandPlaces.push(at);
    }
  }
  return { firstOperand, operands, operandPlaces, values, valuePlaces, options };
}

/** The option that takes a value and stands in `word`; without `value`, the next word is it. */
function valueOption(
  word: string,
  valued: ReadonlySet<string>,
): { name: string; value?: string; written?: string } | undefined {
  const equals = word.indexOf("=");
  if (equals > 0 && (word.startsWith("--") || valued.has(word.slice(0, equals)))) {
    return { name: word.slice(0, equals), value: word.slice(equals + 1) };
  }
  if (valued.has(word)) return { name: word };
  if (word.startsWith("--")) return undefined;
  for (let index = 1; index < Math.min(word.length, 12); index += 1) {
    const name = `-${word.charAt(index)}`;
    if (!valued.has(name)) continue;
    const value = word.slice(index + 1);
    // the letters behind it are its value, not options of their own
    return value === "" ? { name } : { name, value, written: word.slice(0, index + 1) };
  }
  return undefined;
}

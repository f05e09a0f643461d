// ECMA-48: a string sequence with its end, a control sequence, and an escape of one final character.
const sequences =
  /\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b\[[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-Z\\^-~]?/g;

/**
 * Takes colours, cursor movements, titles and hyperlinks out of a line.
 *
 * Takes time linear in the line. No I/O.
 *
 * @example stripEscapeSequences("\u001b[32mok\u001b[0m") → "ok"
 */
export function stripEscapeSequences(line: string): string {
  return line.includes("\u001b") ? line.replaceAll(sequences, "") : line;
}

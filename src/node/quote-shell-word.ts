/**
 * A text as one word of shell source, whatever it holds.
 *
 * No I/O.
 *
 * @example quoteShellWord("it's") === `'it'\\''s'`
 */
export function quoteShellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

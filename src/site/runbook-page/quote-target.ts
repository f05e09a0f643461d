/**
 * Writes an argument of the command line so that a shell takes it as one word, as it stands.
 *
 * No I/O.
 *
 * @example quoteTarget("deployment#push") → "deployment#push"; quoteTarget("a b") → "'a b'"
 */
export function quoteTarget(text: string): string {
  return /^[\w@%+=:,./-][\w@%+=:,./#-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

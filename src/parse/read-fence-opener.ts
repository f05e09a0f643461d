/** The line that opens a fence; offsets are 0-based into the line. */
export interface FenceOpener {
  /** The back-ticks or tildes. */
  readonly marks: string;
  /** The text behind the language as written, escapes and references included. */
  readonly meta: string;
  readonly metaStart: number;
  /** The end of the line's text, white space behind it left out. */
  readonly end: number;
}

/**
 * Reads the line that opens a fence from the column at which the fence starts; `undefined` where
 * none starts there.
 *
 * The syntax tree has the text behind the language with its backslashes resolved, which would turn
 * the pattern `\d+\.\d+` into another one; so it is read from the line itself. No I/O.
 */
export function readFenceOpener(line: string, column: number): FenceOpener | undefined {
  const match = /^(`{3,}|~{3,})([ \t]*[^\s]*[ \t]*)(.*)$/.exec(line.slice(column));
  if (match === null) return undefined;
  const [, marks = "", language = "", rest = ""] = match;
  const meta = rest.trimEnd();
  const metaStart = column + marks.length + language.length;
  return { marks, meta, metaStart, end: column + match[0].trimEnd().length };
}

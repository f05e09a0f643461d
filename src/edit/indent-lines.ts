/** What begins a here-document, whose end must stand at the margin. */
const hereDocument = /(?<!<)<<(?!<)-?[ \t]*["'\\]?[A-Za-z_]/u;

/**
 * Puts an indentation in front of lines; empty ones stay empty. No I/O.
 *
 * Text with a here-document gets none, since its end would not be found any more.
 */
export function indentLines(lines: readonly string[], indent: string): readonly string[] {
  if (indent === "" || lines.some((line) => hereDocument.test(line))) return lines;
  return lines.map((line) => (line === "" ? "" : indent + line));
}

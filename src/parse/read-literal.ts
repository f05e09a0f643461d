/**
 * Reads the text of an attribute expression as a literal: `3`, `-1.5`, `true`, `"x"`, `'x'` or a
 * template without substitutions; `undefined` for anything else.
 *
 * Only the text is read; nothing is evaluated. No I/O.
 */
export function readLiteral(expression: string): string | number | boolean | undefined {
  const text = expression.trim();
  if (text === "true" || text === "false") return text === "true";
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  const quoted = /^(["'`])((?:(?!\1)[^\\\n])*)\1$/.exec(text);
  if (quoted === null || (quoted[1] === "`" && quoted[2]?.includes("${"))) return undefined;
  return quoted[2];
}

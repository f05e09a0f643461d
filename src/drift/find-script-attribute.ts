import { tokeniseAttributes } from "../compile/tokenise-attributes.ts";
import type { Span } from "../model/source.ts";
import type { LineIndex } from "../parse/line-index.ts";
import { readFenceOpener } from "../parse/read-fence-opener.ts";

/** The attribute `script=` of a fence: its value, and where it stands. */
export interface ScriptAttribute {
  readonly value: string;
  readonly span: Span;
}

/** Finds the attribute `script=` of the fence that begins at a place; undefined without one. No I/O. */
export function findScriptAttribute(
  { start }: Span,
  lines: LineIndex,
): ScriptAttribute | undefined {
  const opener = readFenceOpener(lines.lineText(start.line), start.column - 1);
  if (opener === undefined) return undefined;
  const { tokens } = tokeniseAttributes(opener.meta);
  const token = tokens.find(({ name, value = "" }) => name === "script" && value !== "");
  if (token?.value === undefined) return undefined;
  const base = lines.lineStart(start.line) + opener.metaStart;
  return { value: token.value, span: lines.spanOf(base + token.start, base + token.end) };
}

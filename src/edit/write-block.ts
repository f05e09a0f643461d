import { removeIndent } from "../drift/read-regions.ts";
import type { SourceFile, Span } from "../model/source.ts";
import { indentLines } from "./indent-lines.ts";
import { writeFence, type WrittenText } from "./write-fence.ts";

/**
 * Makes other lines of a block's code as `writeFence` does, with the block's own indentation; `lines` have no
 * common indentation. No I/O.
 */
export function writeBlock(
  source: SourceFile,
  fenceSpan: Span,
  lines: readonly string[],
): WrittenText {
  return writeFence(source, fenceSpan, (before) => indentLines(lines, removeIndent(before).indent));
}

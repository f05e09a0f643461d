import type { TextRange } from "../model/shell-script.ts";
import { scanScript } from "../shell/scan-script.ts";

/**
 * The stretches of a script that are text and no code: comments, what stands between quotes, bodies
 * of here-documents; in order, joined where they overlap.
 *
 * Substitutions within quotes count as text. No I/O.
 *
 * @example for `echo "a b" # c`: [{ start: 6, end: 9 }, { start: 11, end: 14 }]
 */
export function listLiteralRanges(script: string): readonly TextRange[] {
  const { quoted, comments } = scanScript(script);
  const joined: { start: number; end: number }[] = [];
  for (const { start, end } of [...quoted, ...comments].toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || start > last.end) joined.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return joined;
}

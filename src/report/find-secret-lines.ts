import { findSecrets } from "../drift/find-secrets.ts";
import type { Problem } from "../model/problem.ts";
import { createLineIndex } from "../parse/line-index.ts";

/**
 * Makes a test whether a 1-based line of a file holds a secret, so that it must be shown nowhere.
 *
 * Secrets are those that a check found, and all others that stand in `sources` (texts by path): nobody
 * looks for any in a script or a Compose file that a finding rests on. Each text is read once, and
 * only when it is asked for. No I/O.
 */
export function findSecretLines(
  problems: readonly Problem[],
  sources: ReadonlyMap<string, string>,
): (path: string, line: number) => boolean {
  const linesByPath = new Map<string, Set<number>>();
  const read = (path: string): Set<number> => {
    const lines = new Set<number>();
    const text = sources.get(path) ?? "";
    const index = createLineIndex(text);
    for (const { start, end } of findSecrets(text)) addLines(lines, index.spanOf(start, end));
    for (const problem of problems) {
      if (!("isSecret" in problem) || problem.path !== path) continue;
      if (problem.span !== undefined) addLines(lines, problem.span);
    }
    return lines;
  };
  return (path, line) => {
    const lines = linesByPath.get(path) ?? read(path);
    linesByPath.set(path, lines);
    return lines.has(line);
  };
}

function addLines(
  lines: Set<number>,
  { start, end }: { readonly start: { line: number }; readonly end: { line: number } },
): void {
  for (let { line } = start; line <= end.line; line += 1) lines.add(line);
}

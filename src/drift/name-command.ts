import type { TextRange } from "../model/shell-script.ts";

const mostCharacters = 60;

/**
 * A stretch of a script as a message names it: its first line, cut where it is long. No I/O.
 *
 * @example nameCommand("git push \\\n  --force", { start: 0, end: 20 }) === "git push \\"
 */
export function nameCommand(script: string, { start, end }: TextRange): string {
  const line = script.slice(start, end).split("\n")[0] ?? "";
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;
}

import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/**
 * Writes the difference between two texts of a file as a unified diff that `git apply` and `patch -p1`
 * take; empty where there is none. No I/O.
 *
 * `path` is relative to the root. The headers are those of plain diffs: git's own (`diff --git`), which
 * could say that a new file is executable, `git apply` passes over in silence where the root is below
 * the repository's. Line endings and control characters are in it as they are in the texts: sanitise
 * it before it is shown.
 */
export function renderDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const text = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  if (!path.includes(" ")) return text;
  // `patch` takes what stands behind a blank for a date, unless a tab ends the name, as git has it.
  const [from = "", to = "", ...rest] = text.split("\n");
  return [`${from}\t`, `${to}\t`, ...rest].join("\n");
}

import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/**
 * Writes the difference between two texts of a file as a unified diff that `git apply` and `patch -p1`
 * take; empty where there is none. No I/O.
 *
 * `path` is relative to the root. Line endings and control characters are in it as they are in the
 * texts: sanitise it before it is shown.
 */
export function renderDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

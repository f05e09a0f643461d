import type { Problem } from "../model/problem.ts";

/**
 * Selects the problems that a change can have made, by the paths that it touched.
 *
 * Those whose document or related file was touched; those that name a touched file, which may have
 * been removed; those without a place. `sources` holds texts by path. No I/O.
 */
export function selectChanged(
  problems: readonly Problem[],
  changed: ReadonlySet<string>,
  sources: ReadonlyMap<string, string>,
  wordsOf: (problem: Problem) => string,
): readonly Problem[] {
  const names = new Set([...changed].map((path) => path.slice(path.lastIndexOf("/") + 1)));
  return problems.filter((problem) => {
    const { path, span } = problem;
    if (path === undefined || changed.has(path)) return true;
    const related = "related" in problem ? (problem.related ?? []) : [];
    if (related.some((place) => changed.has(place.path))) return true;
    const blamed =
      span === undefined ? "" : sources.get(path)?.slice(span.start.offset, span.end.offset);
    const said = `${blamed ?? ""} ${wordsOf(problem)}`;
    return said
      .split(/[\s`'"()[\]<>,;:=/\\]+/u)
      .some((word) => names.has(word.replace(/\.$/u, "")));
  });
}

/**
 * Says how many of something there are, in the singular or plural.
 *
 * No I/O.
 *
 * @example countNoun(1, "step") → "1 step"; countNoun(3, "entry", "entries") → "3 entries"
 */
export function countNoun(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

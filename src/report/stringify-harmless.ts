/** What a terminal acts on or hides, where it stands in a string of JSON. */
const harmful =
  /[\u{7f}-\u{9f}\u{ad}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{e0000}-\u{e007f}]/gu;

/**
 * Writes a value as JSON in which every character that acts on a terminal is escaped, also those that
 * JSON lets stand: what a step printed may end up before a person. No I/O.
 *
 * @example stringifyHarmless("\u202e") → '"\\u202e"'
 */
export function stringifyHarmless(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(harmful, escapeUnits);
}

function escapeUnits(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

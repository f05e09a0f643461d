/** How many names a hint lists before it counts the rest. */
const mostNames = 8;

/**
 * The hint for a name that is not known: the nearest one, else those that there are.
 *
 * `known` are names in the order of their file. No I/O.
 *
 * @example suggestName(undefined, ["build", "test"]) === "There is: `build`, `test`."
 */
export function suggestName(nearest: string | undefined, known: readonly string[]): string {
  if (nearest !== undefined) return `Did you mean \`${nearest}\`?`;
  if (known.length === 0) return "There is none.";
  const shown = known.slice(0, mostNames).map((name) => `\`${name}\``);
  const rest = known.length - shown.length;
  return `There is: ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}

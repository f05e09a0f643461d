/** Text with its variables replaced, and the names that had no value. */
export interface Substitution {
  readonly text: string;
  readonly unknown: readonly string[];
}

/**
 * Replaces each `${NAME}` of a text by its value; `$NAME` and all else stay as they are.
 *
 * A name without a value is left in place and listed. No I/O.
 */
export function substituteVariables(
  text: string,
  values: Readonly<Record<string, string | undefined>>,
): Substitution {
  const unknown: string[] = [];
  const replaced = text.replace(/\$\{([A-Za-z_]\w*)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) unknown.push(name);
    return value ?? whole;
  });
  return { text: replaced, unknown };
}

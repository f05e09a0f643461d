/** `$NAME` and `${NAME}`, as in a shell. */
const namePattern = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/gu;

/**
 * Lists the names whose values a text asks for. No I/O.
 *
 * @example namesInText("ssh://$USER@${HOST}") → ["USER", "HOST"]
 */
export function namesInText(text: string): readonly string[] {
  return [...text.matchAll(namePattern)].map(([, braced, bare]) => braced ?? bare ?? "");
}

/**
 * Puts values in the place of the names in a text; one that has none stays. No I/O.
 *
 * @example fillNames("ssh://$HOST", new Map([["HOST", "web1"]])) → "ssh://web1"
 */
export function fillNames(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(
    namePattern,
    (all, braced?: string, bare?: string) => values.get(braced ?? bare ?? "") ?? all,
  );
}

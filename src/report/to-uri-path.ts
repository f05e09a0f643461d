/**
 * Makes a path with forward slashes a relative reference: each part percent-encoded, none taken for
 * a scheme, a query or the end of a Markdown link. No I/O.
 *
 * @example toUriPath("runbooks/a b (1).md") → "runbooks/a%20b%20%281%29.md"
 */
export function toUriPath(path: string): string {
  return path
    .toWellFormed()
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replaceAll(
        /[!'()*]/gu,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}

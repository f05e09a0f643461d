/**
 * Fills `{path}` and `{title}` in an address that a team configured; what it is filled with cannot
 * leave its place. No I/O.
 *
 * @example fillAddress("https://example.org/edit/main/{path}", { path: "runbooks/a b.md", title: "A" })
 *   → "https://example.org/edit/main/runbooks/a%20b.md"
 */
export function fillAddress(
  pattern: string | undefined,
  values: { readonly path: string; readonly title: string },
): string | undefined {
  const path = values.path.split("/").map(encodeURIComponent).join("/");
  return pattern?.replace(/\{(path|title)\}/g, (_whole, name: string) =>
    name === "path" ? path : encodeURIComponent(values.title),
  );
}

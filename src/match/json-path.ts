/** Where a value stands in a JSON document: keys and 0-based indices, from the outside in. */
export type JsonPath = readonly (string | number)[];

/** A path as jq writes it; `.` for the whole document. No I/O. @example ["checks", 2, "a b"] → `.checks[2]["a b"]` */
export function renderJsonPath(path: JsonPath): string {
  if (path.length === 0) return ".";
  const text = path
    .map((key) => {
      if (typeof key === "number") return `[${key}]`;
      return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join("");
  return text.startsWith("[") ? `.${text}` : text;
}

/**
 * Finds the 0-based line on which each value of a JSON document begins, by `renderJsonPath`.
 *
 * The document must be valid. Takes time linear in it, but for the paths' own lengths. No I/O.
 */
export function locateJsonValues(text: string): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  const open: { readonly isObject: boolean; key: string | number }[] = [];
  let row = 0;
  let isKey = false;
  const here = (): string => renderJsonPath(open.map(({ key }) => key));
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|\n|[^\s{}[\],:"]+/gu)) {
    const inner = open.at(-1);
    if (token === "\n") row += 1;
    else if (token === "}" || token === "]") {
      open.pop();
      isKey = false;
    } else if (token === "," && inner !== undefined) {
      isKey = inner.isObject;
      if (typeof inner.key === "number") inner.key += 1;
    } else if (token === ":") isKey = false;
    else if (isKey && inner !== undefined) inner.key = JSON.parse(token) as string;
    else {
      rows.set(here(), row);
      if (token === "{" || token === "[") {
        isKey = token === "{";
        open.push({ isObject: isKey, key: isKey ? "" : 0 });
      }
    }
  }
  return rows;
}

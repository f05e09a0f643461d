/** How a JSON document is laid out. */
export interface JsonLayout {
  /** Writes a value so; its further lines stand behind `indent`. */
  render(value: unknown, indent: string): string;
}

/**
 * Reads how a JSON document is laid out: on one line, with blanks or without, or over several lines, and then
 * by how much they are indented.
 *
 * Whole numbers can be bigints. No I/O.
 *
 * @example readJsonLayout('{"a": 1}').render({ b: [2, 3] }, "") → '{"b": [2, 3]}'
 */
export function readJsonLayout(text: string): JsonLayout {
  const body = text.trim();
  if (body.includes("\n")) {
    const step = /\n([ \t]+)\S/u.exec(body)?.[1] ?? "  ";
    return {
      render: (value, indent) => stringify(value, step).replaceAll("\n", `\n${indent}`),
    };
  }
  const hasBlanks = !/^[{[]/u.test(body) || /[:,] /u.test(body) || !/[:,]/u.test(body);
  return {
    render: (value) => {
      if (!hasBlanks) return stringify(value, "");
      // Line ends inside of strings are escaped: those that are there are the layout's.
      return stringify(value, " ")
        .replaceAll(/([{[])\n */gu, "$1")
        .replaceAll(/\n *([}\]])/gu, "$1")
        .replaceAll(/,\n */gu, ", ");
    },
  };
}

/** TypeScript does not know it yet. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

function stringify(value: unknown, step: string): string {
  const write = (_key: string, part: unknown): unknown =>
    typeof part === "bigint" ? rawJSON(String(part)) : part;
  return JSON.stringify(value, write, step);
}

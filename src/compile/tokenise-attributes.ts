/** One attribute as written; offsets are 0-based into the meta text. */
export interface AttributeToken {
  readonly name: string;
  /** Absent for a flag. */
  readonly value: string | undefined;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Text between attributes that is none, with why. */
export interface AttributeRemainder {
  readonly text: string;
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

const tokenPattern =
  /([A-Za-z][\w.-]*)(?:=(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s"']\S*|(?=\s|$))))?(?=\s|$)/y;

/** A group in braces, a value whose quote is not closed (all that follows is in it), or a word. */
const remainderPattern =
  /^\{[^}]*\}?\S*|^[^\s="']+=(?:"(?:[^"\\]|\\.)*|'[^']*)$|^[^\s="']+=(?:"(?:[^"\\]|\\.)*"|'[^']*')\S+|^\S+/;

/**
 * Splits the text behind a fence's language into attributes: `key=value`, `key="a value"`, `flag`.
 *
 * In double quotes `\"` and `\\` are escapes, and any other backslash stands for itself; in single
 * quotes nothing is. All that is no attribute is given back with a reason; what other tools write in
 * braces (`{linenos=true}`) is one piece. No I/O.
 */
export function tokeniseAttributes(meta: string): {
  readonly tokens: readonly AttributeToken[];
  readonly rest: readonly AttributeRemainder[];
} {
  const tokens: AttributeToken[] = [];
  const rest: AttributeRemainder[] = [];
  let at = 0;
  while (at < meta.length) {
    if (/\s/.test(meta[at] ?? "")) {
      at += 1;
      continue;
    }
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(meta);
    if (match === null) {
      const text = remainderPattern.exec(meta.slice(at))?.[0] ?? meta.slice(at);
      rest.push({ text, reason: explain(text), start: at, end: at + text.length });
      at += text.length;
      continue;
    }
    const [text, name = "", double, single, bare] = match;
    const value = double?.replace(/\\(["\\])/g, "$1") ?? single ?? bare;
    tokens.push({ name, value, text, start: at, end: at + text.length });
    at += text.length;
  }
  return { tokens, rest };
}

function explain(text: string): string {
  if (/^[^\s="']+=(?:"(?:[^"\\]|\\.)*"|'[^']*')\S/.test(text))
    return "a blank is missing behind the quote";
  if (/=["']/.test(text)) return "the quote is not closed";
  if (text.startsWith("{")) return "attributes are written without braces";
  return 'an attribute is `name`, `name=value` or `name="a value"`';
}
